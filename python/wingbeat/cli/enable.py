"""`wingbeat enable`: flytekit's commands become wingbeat's."""

from __future__ import annotations

import sys

from wingbeat.cli.arguments import Answered, Syntax

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wingbeat.installation.switch import Change

FLAGS = ("--json",)
OPTIONS = ("--folder",)
HELP = """\
Usage: {program} [OPTIONS]

  Have wingbeat answer pyflyte-execute, pyflyte-map-execute, pyflyte-fast-execute and entrypoint.py in this environment.
  flytekit's own are kept beside them as NAME.flytekit; `wingbeat disable` puts them back.

  It is safe to do this again, or at the same time twice. In a Dockerfile it is one line, after wingbeat and flytekit
  are installed and before USER. flytekit need not be installed.

Options:
  --folder PATH  The folder of the commands.  [default: where wingbeat's own are]
  --json         Say what was done as one JSON document.
  --help         Show this message and exit.

Exit status: 0 when all commands are wingbeat's now, 1 when that cannot be, and everything is as it was; 2 when the
command line is wrong.
"""
SYNTAX = Syntax(HELP, flags=FLAGS, options=OPTIONS)


def main(arguments: Sequence[str], program: str) -> int:
    """Switch the commands. The result is the exit status."""
    from wingbeat.installation.switch import enable

    return switch(arguments, program, SYNTAX, enable)


def switch(arguments: Sequence[str], program: str, syntax: Syntax, how: Callable[[str], list[Change]]) -> int:
    """Do it, and say what was done; what keeps it from having an effect goes to stderr."""
    try:
        line = syntax.read(arguments, program)
    except Answered as answered:
        return answered.status
    from wingbeat.installation.folder import scripts_folder
    from wingbeat.installation.report import Report, hindrances
    from wingbeat.installation.switch import SwitchError

    folder = line.values.get("--folder") or scripts_folder()
    try:
        changes = how(folder)
    except SwitchError as error:
        print(f"{program}: {error}", file=sys.stderr)
        return 1
    warnings = hindrances(Report(folder))
    if "--json" in line.flags:
        import json

        done = [
            {"name": change.name, "path": change.path, "changed": change.changed, "what": change.what}
            for change in changes
        ]
        print(
            json.dumps({"folder": folder, "commands": done, "problems": [warning.document() for warning in warnings]})
        )
        return 0
    for change in changes:
        print(f"{change.path}: {change.what}")
    for warning in warnings:
        print(f"Warning: {warning.what}. Do: {warning.mend}", file=sys.stderr)
    return 0
