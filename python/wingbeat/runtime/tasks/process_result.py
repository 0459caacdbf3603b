"""Programs that a task runs, and what became of them."""

from __future__ import annotations

import subprocess

from wingbeat.authoring.record import Record
from wingbeat.runtime import log

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class ProcessResult(Record):
    """The exit status of a process, and what it wrote to stdout and stderr."""

    returncode: int
    output: str
    error: str

    def __init__(self, returncode: int, output: str, error: str) -> None:
        self.returncode = returncode
        self.output = output
        self.error = error


def subproc_execute(command: list[str] | str, **kwargs: Any) -> ProcessResult:
    """Run a program to its end.

    Args:
        command: The program and its arguments; with `shell=True`, a text.
        kwargs: For `subprocess.run`.

    Raises:
        RuntimeError: it has failed, or there is no such program.
    """
    if kwargs.get("shell"):
        if "|" in command:
            log.warning("There is a pipe in the command: the shell does not see failures in front of it.")
        if isinstance(command, list):
            log.warning(
                "The command is a list, and shell=True: only its first item is run, the rest goes to the shell."
            )
    settings = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "check": True, **kwargs}
    try:
        result = subprocess.run(command, **settings)  # noqa: PLW1510, S603 what is asked for; `check` is among the settings
        result.check_returncode()
    except subprocess.CalledProcessError as error:
        raise RuntimeError(
            f"Command: {error.cmd}\nFailed with return code {error.returncode}:\n{error.stderr}"
        ) from error
    except FileNotFoundError as error:
        raise RuntimeError(
            "Process failed because the executable could not be found. Does the task's container_image have it?\n"
            f"{error}"
        ) from error
    return ProcessResult(result.returncode, result.stdout, result.stderr)


def run_script(script: str, shell: str) -> ProcessResult:
    """Run a shell script; the lines that it writes to stdout are printed, and joined in the result."""
    done = subprocess.run(script, capture_output=True, check=False, shell=True, text=True, executable=shell)  # noqa: S602
    lines = done.stdout.splitlines()
    for line in lines:
        print(line)  # noqa: T201 what the script prints is the task's
    return ProcessResult(done.returncode, "".join(lines), done.stderr)
