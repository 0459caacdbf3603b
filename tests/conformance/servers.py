"""The processes that run cases, and the folder of one case."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import wingbeat
from tests.conformance.case import ENVIRONMENT, Case
from tests.peers import client

HERE = Path(__file__).parent
MODULES = HERE / "modules"
PLUGINS = HERE.parent.parent / ".peers" / "plugins"
#: What a process for modules that exchange tables, arrays and models has imported before.
HEAVY = ("numpy", "pandas", "pyarrow", "pyarrow.parquet", "sklearn.linear_model", "joblib", "polars")
#: The modules of `modules/` that do.
WITH_TABLES = ("tables", "learning", "arrays", "star", "extensions", "plugin_pandera")
WITH_PLUGINS = ("plugin_",)


class Server:
    """`server.py` in a process of its own."""

    def __init__(self, library: str, interpreter: Path, imported: Sequence[str], plugins: bool) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("FLYTE", "_F_", "WINGBEAT"))}
        path = [str(MODULES)]
        if library != "flytekit":
            path.append(str(Path(wingbeat.__file__).parent.parent))
        if plugins:
            path.append(str(PLUGINS))
            kept["JUPYTER_PATH"] = str(PLUGINS / "share" / "jupyter")
        fixed = {"PYTHONPATH": os.pathsep.join(path), "PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1", "TZ": "UTC"}
        environment = {**kept, **ENVIRONMENT, **fixed}
        if library == "wingbeat" and interpreter == Path(sys.executable):
            environment["WINGBEAT_FLYTEKIT"] = "wingbeat"
        if library == "accelerated":
            environment["WINGBEAT_ACCELERATE"] = "compare"
        self._process = subprocess.Popen(
            [interpreter, HERE / "server.py", library, *imported],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )

    def ask(self, folder: Path, command: str, environment: dict[str, str], **request: object) -> int:
        """Have a command run in a folder; its exit status."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        whole = {"folder": str(folder), "command": command, "environment": environment, **request}
        self._process.stdin.write(json.dumps(whole) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"the process ended with {self._process.wait()}")
        return int(answer)

    def close(self) -> None:
        self._process.stdin.close()  # type: ignore[union-attr]
        self._process.wait(10)
        self._process.stdout.close()  # type: ignore[union-attr]


class Servers:
    """Started when a case asks for one, and kept."""

    def __init__(self) -> None:
        self._servers: dict[tuple[str, Path, bool, bool], Server] = {}

    def of(self, library: str, case: Case) -> Server:
        """The process that runs a case by a library: `flytekit`, `wingbeat` or `accelerated`."""
        peers = client.python()
        alone = library == "wingbeat" and not case.uncovered
        assert alone or peers is not None
        interpreter = Path(sys.executable) if alone or peers is None else peers
        plugins = not alone and case.module.startswith(WITH_PLUGINS)
        heavy = case.module in WITH_TABLES
        key = (library, interpreter, heavy, plugins)
        if key not in self._servers:
            self._servers[key] = Server(library, interpreter, HEAVY if heavy else (), plugins)
        return self._servers[key]

    def run(self, library: str, case: Case, folder: Path, suffix: str = "") -> int:
        """Run a case whose inputs and files lie in a folder; the suffix is that of the folders it writes to."""
        arguments = [word + suffix if word in ("out", "raw") else word for word in case.arguments]
        return self.of(library, case).ask(folder, case.program, case.environment, arguments=arguments)

    def close(self) -> None:
        for server in self._servers.values():
            server.close()
