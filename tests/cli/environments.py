"""Virtual environments to throw away, with wingbeat in them and what stands for flytekit."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import wingbeat

ROOT = Path(__file__).parent.parent.parent
NAMES = ("pyflyte-execute", "pyflyte-map-execute", "pyflyte-fast-execute", "entrypoint.py")
FUNCTIONS = ("execute_task_cmd", "map_execute_task_cmd", "fast_execute_task_cmd", "_pass_through")
#: How variables of the machine begin that the commands would speak of.
OTHERS = ("PYTHON", "FLYTE", "_F_", "WINGBEAT", "AWS_", "GOOGLE_", "AZURE_", "OMP_")
#: What pip makes of flytekit's commands.
COMMAND = """\
#!{python}
# -*- coding: utf-8 -*-
import re
import sys
from flytekit.bin.entrypoint import {function}
if __name__ == '__main__':
    sys.argv[0] = re.sub(r'(-script\\.pyw|\\.exe)?$', '', sys.argv[0])
    sys.exit({function}())
"""
#: Stands for flytekit's module: each of its functions says that it was called.
ENTRYPOINT = "import sys\n\n\n" + "\n\n\n".join(
    f"def {name}(args=None, prog_name=None):\n    print('flytekit', {name!r}, prog_name, *sys.argv[1:])\n    return 7"
    for name in FUNCTIONS
)


@dataclass
class Done:
    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


@dataclass
class Environment:
    """A virtual environment."""

    root: Path

    @property
    def bin(self) -> Path:
        return self.root / "bin"

    @property
    def packages(self) -> Path:
        return self.root / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"

    def run(
        self, name: str | Path, *arguments: str, folder: Path | None = None, env: Mapping[str, str] | None = None
    ) -> Done:
        """Run a command of the environment as if it had been activated."""
        variables = {key: value for key, value in os.environ.items() if not key.startswith(OTHERS)}
        variables["PATH"] = f"{self.bin}{os.pathsep}{os.defpath}"
        done = subprocess.run(
            [self.bin / name, *arguments],
            cwd=folder or self.root,
            env={**variables, **(env or {})},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def wingbeat(self, *arguments: str, env: Mapping[str, str] | None = None) -> Done:
        return self.run("wingbeat", *arguments, env=env)

    def pip(self, *arguments: str) -> None:
        """Have the tests' pip work on this environment, which has none."""
        command = [sys.executable, "-m", "pip", "--python", str(self.bin / "python"), "--disable-pip-version-check"]
        subprocess.run([*command, *arguments], check=True, capture_output=True, timeout=60)

    def files(self) -> dict[str, tuple[bytes, int, int, int]]:
        """The content, mode, time and inode of every file in the folder of commands."""
        found = {}
        for path in self.bin.iterdir():
            if path.is_file():
                said = path.lstat()
                found[path.name] = (path.read_bytes(), said.st_mode, said.st_mtime_ns, said.st_ino)
        return found


def make(root: Path) -> Environment:
    """An environment with wingbeat, as after `pip install`; what it needs, a path leads to."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", root], check=True, capture_output=True, timeout=60)
    environment = Environment(root)
    paths = [Path(wingbeat.__file__).parent.parent, sysconfig.get_path("purelib")]
    environment.packages.joinpath("wingbeat_and_more.pth").write_text("".join(f"{path}\n" for path in paths), "utf-8")
    python = environment.bin / "python"
    scripts = {path.name: path.read_text("utf-8") for path in ROOT.glob("wingbeat.data/scripts/*")}
    scripts["wingbeat"] = "#!python\nimport sys\n\nfrom wingbeat.cli.main import main\n\nsys.exit(main())\n"
    for name, source in scripts.items():
        script = environment.bin / name
        script.write_text(source.replace("#!python", f"#!{python}", 1), "utf-8")
        script.chmod(0o755)
    return environment


def put_commands(environment: Environment, python: str | None = None) -> None:
    """flytekit's commands as an installer writes them, without flytekit."""
    for name, function in zip(NAMES, FUNCTIONS):
        script = environment.bin / name
        head = COMMAND.format(python=python or environment.bin / "python3", function=function)
        script.write_text(head if name != "entrypoint.py" else "from flytekit.bin import entrypoint\n", "utf-8")
        script.chmod(0o755)
        os.utime(script, (1_700_000_000, 1_700_000_000))


def wheel(folder: Path, version: str) -> Path:
    """A wheel that stands for flytekit's, with its commands."""
    info = f"flytekit-{version}.dist-info"
    points = [f"{name} = flytekit.bin.entrypoint:{function}\n" for name, function in zip(NAMES[:3], FUNCTIONS)]
    files = {
        "flytekit/__init__.py": f"__version__ = {version!r}\n",
        "flytekit/bin/__init__.py": "",
        "flytekit/bin/entrypoint.py": ENTRYPOINT,
        f"flytekit-{version}.data/scripts/entrypoint.py": f"# flytekit {version}\n{ENTRYPOINT}",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: flytekit\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": f"[console_scripts]\n{''.join(points)}",
    }
    record = [f"{info}/RECORD,,"]
    for name, content in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content.encode()).digest()).rstrip(b"=").decode()
        record.append(f"{name},sha256={digest},{len(content.encode())}")
    path = folder / f"flytekit-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in {**files, f"{info}/RECORD": "\n".join(record) + "\n"}.items():
            archive.writestr(name, content)
    return path
