"""The command that a code bundle is for (runtime contract 1.1 and 11)."""

from __future__ import annotations

import os
import sys

from wingbeat.runtime.bundle.errors import BundleError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wingbeat.runtime.invocation import BundleInvocation

_FLYTEKIT = {"pyflyte-execute": "execute", "pyflyte-map-execute": "map-execute"}
_WINGBEAT = {"execute": "execute", "map-execute": "map-execute"}
#: Program -> the command of wingbeat's that does what it does.
PROGRAMS = {**_FLYTEKIT, **{f"wingbeat-{name}": name for name in _WINGBEAT}}
#: Module that `python -m` runs -> its subcommands.
MODULES = {"flytekit.bin.entrypoint": _FLYTEKIT, "wingbeat": _WINGBEAT}


class Inner:
    """A command of wingbeat's own: its name, how it was called, its arguments, and what `sys.path` would begin with.

    `folder` is None where that is the folder of this program.
    """

    __slots__ = ("arguments", "folder", "name", "program")

    def __init__(self, name: str, program: str, arguments: Sequence[str], folder: str | None) -> None:
        self.name = name
        self.program = program
        self.arguments = list(arguments)
        self.folder = folder


def complete(request: BundleInvocation) -> list[str]:
    """The command, which is told of the bundle before every `--resolver`: tasks that it generates need it too.

    Raises:
        BundleError: there is no command, or no bundle to tell it of.
    """
    if not request.command:
        raise BundleError("there is no command to run with the code bundle: expected `-- wingbeat-execute ...`")
    told: list[str] = []
    for argument in request.command:
        if argument == "--resolver":
            if request.additional_distribution is None:
                raise BundleError("--additional-distribution is missing: expected the location of a code bundle")
            folder = request.dest_dir or os.getcwd()
            told += ["--dynamic-addl-distro", request.additional_distribution, "--dynamic-dest-dir", folder]
        told.append(argument)
    return told


def own(command: Sequence[str]) -> Inner | None:
    """The command of wingbeat's that a command line stands for, or None if it is another program.

    A program that lies elsewhere than this one and its interpreter belongs to another installation, and counts as
    another.
    """
    program, rest = os.path.basename(command[0]), list(command[1:])
    if not is_here(command[0]):
        return None
    folder = None
    names: Mapping[str, str] = PROGRAMS
    if program == "wingbeat":
        names = _WINGBEAT
    elif program.rstrip(".0123456789") == "python":
        if rest[:1] == ["-m"]:
            names, rest, folder = MODULES.get("".join(rest[1:2]), {}), rest[2:], os.getcwd()
        else:
            script = "".join(rest[:1])
            names = _FLYTEKIT if os.path.basename(script) == "entrypoint.py" else {}
            rest, folder = rest[1:], os.path.dirname(os.path.realpath(script))
    else:
        rest = [program, *rest]
    name = names.get("".join(rest[:1]))
    if name is None:
        return None
    return Inner(name, f"wingbeat-{name}" if names is _WINGBEAT else rest[0], rest[1:], folder)


def is_here(program: str) -> bool:
    """Whether a program lies with this one or its interpreter. One that is nowhere does too: there is no other."""
    path = program if "/" in program else find(program)
    if path is None:
        return True
    folder = os.path.realpath(os.path.dirname(path))
    return folder in [os.path.realpath(os.path.dirname(here)) for here in (sys.executable, sys.argv[0])]


def find(program: str) -> str | None:
    """The path of a program that the shell would find. What Python has for that is expensive to import."""
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        path = os.path.join(folder, program)
        if os.path.isfile(path) and os.access(path, os.X_OK):
            return path
    return None
