"""One of flytekit's commands: its file, what stands in it, and what wingbeat puts there."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    State = Literal["wingbeat", "outdated", "flytekit", "other", "missing"]

#: File -> the module of `wingbeat.cli` that answers it, and flytekit's function for it (runtime contract 1.1).
COMMANDS = {
    "pyflyte-execute": ("execute", "execute_task_cmd"),
    "pyflyte-map-execute": ("map_execute", "map_execute_task_cmd"),
    "pyflyte-fast-execute": ("fast_execute", "fast_execute_task_cmd"),
    "entrypoint.py": ("entrypoint", "_pass_through"),
}
KEPT = ".flytekit"
MARK = "# Put here by `wingbeat enable`"

# `main` and click's commands take the same two arguments. An environment that wingbeat has been uninstalled from goes
# on with flytekit.
SOURCE = """\
{head}
{mark}; `wingbeat disable` puts back what was here before.
import sys

try:
    from wingbeat.cli.{module} import main
except ModuleNotFoundError as error:
    if str(error.name).partition(".")[0] != "wingbeat":
        raise
    from flytekit.bin.entrypoint import {function} as main

    said = "{name}: wingbeat is not installed any more, flytekit runs; `{mend}` puts its own command here"
    print(said, file=sys.stderr)

if __name__ == "__main__":
    sys.exit(main(None, "{name}"))
elif "wingbeat.cli.process" in sys.modules:  # in a process that `multiprocessing` starts for a task
    sys.modules["wingbeat.cli.process"].begin_child()
"""
MEND = "pip install --force-reinstall --no-deps flytekit"
#: No script is longer by far; what is need not be read whole to know that it is none.
LIMIT = 1 << 20
#: What every kernel takes as the first line of a script (127 bytes and the end of the line).
LONGEST_LINE = 127


class Script:
    """A command in a folder, as it is now.

    `state` is `wingbeat`, `outdated` (an older wingbeat's, or another interpreter's), `flytekit`, `other` or `missing`;
    `kept` is the path that flytekit's file has while wingbeat's is in its place, `has_kept` whether there is one.
    """

    __slots__ = ("has_kept", "kept", "name", "path", "state")

    def __init__(self, folder: str, name: str) -> None:
        self.name = name
        self.path = os.path.join(folder, name)
        self.kept = self.path + KEPT
        self.has_kept = os.path.lexists(self.kept)
        self.state: State = self.look()

    def look(self) -> State:
        """What stands in the file."""
        if not os.path.lexists(self.path):
            return "missing"
        content = read(self.path)
        if content is None:
            return "other"
        if MARK.encode() in content:
            return "wingbeat" if content == self.source().encode() else "outdated"
        return "flytekit" if b"flytekit" in content else "other"

    def source(self) -> str:
        """What wingbeat puts there. It begins as flytekit's does, if that starts this environment's interpreter."""
        module, function = COMMANDS[self.name]
        head = interpreter_lines(read(self.kept if self.has_kept else self.path) or b"")
        return SOURCE.format(head=head, mark=MARK, module=module, function=function, name=self.name, mend=MEND)


def scripts(folder: str) -> list[Script]:
    """All of them, in the order of the table."""
    return [Script(folder, name) for name in COMMANDS]


def read(path: str) -> bytes | None:
    """The content of a file; None if it is none, or cannot be read."""
    try:
        with open(path, "rb") as file:
            return file.read(LIMIT)
    except OSError:
        return None


def interpreter_lines(script: bytes) -> str:
    """The lines by which a script names its interpreter, or such lines for this interpreter.

    Those of an installer are kept because of what they may say besides: flags, or where an environment is that may be
    moved. They are kept only if they lead to this environment.
    """
    lines = script[:4096].decode("utf-8", "replace").splitlines()
    if lines[:1] == ["#!/bin/sh"] and lines[2:3] == ["' '''"]:  # how installers write what is too long for one line
        word = lines[1].removeprefix("'''exec' ").removesuffix(' "$0" "$@"')
        if "$(dirname" in word or is_this_interpreter(word.strip('"')):
            return "\n".join(lines[:3])
    elif lines and lines[0].startswith("#!") and is_this_interpreter(lines[0][2:].strip().split(" ")[0]):
        return lines[0]
    line = f"#!{sys.executable}"
    if " " in line or len(line.encode()) > LONGEST_LINE:
        return f"#!/bin/sh\n'''exec' \"{sys.executable}\" \"$0\" \"$@\"\n' '''"
    return line


def is_this_interpreter(program: str) -> bool:
    """Whether a program is the interpreter of this environment, under one of its names."""
    same_folder = os.path.dirname(program) == os.path.dirname(sys.executable)
    return same_folder and os.path.realpath(program) == os.path.realpath(sys.executable)
