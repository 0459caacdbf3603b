"""`make record`: what flytekit makes of every case, into `recorded/`, with the versions of what took part."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.conformance.cases import CASES
from tests.conformance.folders import kept, result
from tests.conformance.servers import PLUGINS, Servers
from tests.peers import client

RECORDED = Path(__file__).parent / "recorded"
#: What decides what is recorded.
PACKAGES = (
    "flytekit", "flyteidl", "protobuf", "msgpack", "mashumaro", "pydantic", "cloudpickle",
    "numpy", "pandas", "pyarrow", "polars", "scikit-learn", "joblib", "pillow", "onnx",
    "flytekitplugins-pandera", "flytekitplugins-papermill", "flytekitplugins-kfpytorch",
)  # fmt: skip
VERSIONS = f"""
import json, platform, sys
from importlib.metadata import version
sys.path.append({str(PLUGINS)!r})
print(json.dumps({{"python": platform.python_version(), **{{name: version(name) for name in {PACKAGES!r}}}}}))
"""


def main(modules: list[str]) -> None:
    """Record the cases of some modules, or of all."""
    interpreter = client.python()
    assert interpreter is not None, "flytekit's environment is absent: make peers"
    servers = Servers()
    for module in modules or CASES:
        records = {}
        for case in CASES[module].values():
            with tempfile.TemporaryDirectory() as folder:
                seen = result(servers, "flytekit", Path(folder), case)
                records[case.name] = {**kept(Path(folder), case), "seen": seen}
                error = seen.get("error")
                print(case.id, seen["status"], f"{error['code']}: {error['message'][-1]}" if error else "", flush=True)
        write(module, records)
    servers.close()
    for path in RECORDED.glob("*.json"):
        if path.stem not in CASES:
            path.unlink()
    versions = subprocess.run([interpreter, "-c", VERSIONS], check=True, capture_output=True, text=True).stdout
    write("versions", json.loads(versions))


def write(name: str, content: object) -> None:
    """One entry a line: short, and a change shows where it is."""
    assert isinstance(content, dict)
    lines = (f"{json.dumps(key)}: {json.dumps(value, sort_keys=True)}" for key, value in content.items())
    RECORDED.mkdir(exist_ok=True)
    RECORDED.joinpath(f"{name}.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
