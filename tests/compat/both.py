"""An environment that has both flytekit and wingbeat, as an image has: the commands of both lie in one folder."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import wingbeat
from tests.runtime.peer import INTERPRETER
from tests.runtime.process import Result, collect, environment

SCRIPTS = Path(__file__).parent.parent.parent / "wingbeat.data" / "scripts"
COMMANDS = ("execute", "map-execute", "fast-execute")


class Both:
    """The environment.

    Args:
        root: An empty folder for what it is made of: `bin` with the commands, `site` where wingbeat is imported from.
        interpreter: The interpreter; by default the one that flytekit is installed for.
    """

    def __init__(self, root: Path, interpreter: Path = INTERPRETER) -> None:
        self.bin = root / "bin"
        self.site = root / "site"
        self.interpreter = interpreter
        self.bin.mkdir(parents=True)
        self.site.mkdir()
        self.site.joinpath("wingbeat").symlink_to(Path(wingbeat.__file__).resolve().parent)
        for name in COMMANDS:
            self._add(SCRIPTS / f"wingbeat-{name}")
            if interpreter.with_name(f"pyflyte-{name}").exists():
                self._add(interpreter.with_name(f"pyflyte-{name}"))

    def _add(self, script: Path) -> None:
        _, _, program = script.read_text("utf-8").partition("\n")
        target = self.bin / script.name
        target.write_text(f"#!{self.interpreter}\n{program}", "utf-8")
        target.chmod(0o755)

    def variables(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """The environment variables of a command; `PYTHONPATH` in `more` comes before what is needed here."""
        found = {name: value for name, value in environment(more).items() if not name.startswith("COV")}
        path = (more or {}).get("PYTHONPATH")
        found["PYTHONPATH"] = f"{path}{os.pathsep}{self.site}" if path else str(self.site)
        found["PATH"] = f"{self.bin}{os.pathsep}{os.environ['PATH']}"
        return found

    def command(self, program: str) -> str:
        """The path of a command such as `wingbeat-execute` or `pyflyte-execute`."""
        return str(self.bin / program)

    def run(
        self, folder: Path, command: list[str], env: Mapping[str, str] | None = None, timeout: float = 120
    ) -> Result:
        """Run a command in a folder; its output prefix there is `out`, which is emptied before."""
        shutil.rmtree(folder / "out", ignore_errors=True)
        done = subprocess.run(
            command,
            cwd=folder,
            env=self.variables(env),
            capture_output=True,
            text=True,
            check=False,
            timeout=timeout,
        )
        result = Result(done.returncode, done.stdout, done.stderr)
        collect(result, folder / "out")
        return result

    def wingbeat(
        self, folder: Path, arguments: list[str], env: Mapping[str, str] | None = None, program: str = "execute"
    ) -> Result:
        """Run one of wingbeat's commands."""
        return self.run(folder, [self.command(f"wingbeat-{program}"), *arguments], env)

    def flytekit(
        self, folder: Path, arguments: list[str], env: Mapping[str, str] | None = None, program: str = "execute"
    ) -> Result:
        """Run one of flytekit's."""
        return self.run(folder, [self.command(f"pyflyte-{program}"), *arguments], env)
