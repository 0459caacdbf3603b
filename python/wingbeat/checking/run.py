"""Modules are checked, each in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from wingbeat.checking import report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

PROGRAM = "from wingbeat.checking.probe import main; main()"


def check_all(modules: Iterable[str], *, recursive: bool = False) -> Iterator[dict[str, Any]]:
    """The reports, each module once, packages before what is below them if that is asked for."""
    waiting, seen = [module_name(module) for module in modules], set()
    while waiting:
        module = waiting.pop(0)
        if module in seen:
            continue
        seen.add(module)
        found = check(module)
        below = found.pop("submodules", [])
        if recursive:
            waiting = below + waiting
        yield found


def check(module: str) -> dict[str, Any]:
    """The report on one module; its own output goes to stderr."""
    from tempfile import TemporaryFile

    with TemporaryFile() as file:
        number = str(file.fileno())
        done = subprocess.run(  # noqa: S603 this interpreter, without a shell
            [sys.executable, "-c", PROGRAM, number, module],
            pass_fds=[file.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr.fileno(),
            check=False,
        )
        file.seek(0)
        answer = file.read()
    if answer:
        found: dict[str, Any] = json.loads(answer)
        return found
    found = {"module": module, "reasons": [], "error": None, "obstacle": None, "tasks": []}
    report.fail(found, f"importing it ended the process (exit status {done.returncode})")
    return found


def module_name(word: str) -> str:
    """The module that a word of the command line means: its name, or the path of its file from here."""
    if not word.endswith(".py") or not os.path.isfile(word):
        return word
    path = os.path.relpath(word)[: -len(".py")]
    return path.removesuffix(f"{os.sep}__init__").replace(os.sep, ".")
