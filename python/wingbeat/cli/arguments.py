"""The command lines of the commands that people type."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from typing import NoReturn


class Answered(Exception):  # noqa: N818
    """The command line asked for help, or was wrong; that has been said, and `status` is the exit status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Line:
    """A command line: which flags were given, what values options have, and the rest."""

    __slots__ = ("flags", "names", "values")

    def __init__(self) -> None:
        self.flags: set[str] = set()
        self.values: dict[str, str] = {}
        self.names: list[str] = []


class Syntax:
    """What a command takes. `help` is its help text, whose first line is its usage, with `{program}` in it."""

    __slots__ = ("flags", "help", "operand", "options")

    def __init__(
        self, text: str, *, flags: Collection[str] = (), options: Collection[str] = (), operand: str | None = None
    ) -> None:
        self.help = text
        self.flags = {"--help", *flags}
        self.options = set(options)
        self.operand = operand

    def read(self, arguments: Sequence[str], program: str) -> Line:
        """The line in parts.

        Raises:
            Answered: it asks for `--help`, or is wrong.
        """
        line = Line()
        rest = iter(arguments)
        for argument in rest:
            if argument == "--":
                line.names += rest
            elif not argument.startswith("-"):
                line.names.append(argument)
            elif argument in self.flags:
                line.flags.add(argument)
            else:
                name, separator, value = argument.partition("=")
                if name not in self.options:
                    self.refuse(program, f"No such option '{name}'.")
                given = value if separator else next(rest, None)
                if given is None:
                    self.refuse(program, f"Option '{name}' requires an argument.")
                line.values[name] = given
        if "--help" in line.flags:
            print(self.help.format(program=program), end="")
            raise Answered(0)
        if self.operand is None and line.names:
            self.refuse(program, f"Got unexpected extra argument ({line.names[0]})")
        if self.operand is not None and not line.names and not self.operand.startswith("["):
            self.refuse(program, f"Missing argument '{self.operand}'.")
        return line

    def refuse(self, program: str, problem: str) -> NoReturn:
        """Say what is wrong with the line."""
        usage = self.help.format(program=program).partition("\n")[0]
        print(f"{usage}\nTry '{program} --help' for help.\n\nError: {problem}", file=sys.stderr)
        raise Answered(2)
