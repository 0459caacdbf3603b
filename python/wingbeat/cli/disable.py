"""`wingbeat disable`: what `wingbeat enable` did is undone."""

from __future__ import annotations

from wingbeat.cli.arguments import Syntax
from wingbeat.cli.enable import FLAGS, OPTIONS, switch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

HELP = """\
Usage: {program} [OPTIONS]

  Put flytekit's commands back where `wingbeat enable` put wingbeat's: the same files, with their times and modes. Those
  that were not there before are removed.

Options:
  --folder PATH  The folder of the commands.  [default: where wingbeat's own are]
  --json         Say what was done as one JSON document.
  --help         Show this message and exit.

Exit status: 0 when no command is wingbeat's now, 1 when that cannot be, and everything is as it was; 2 when the command
line is wrong.
"""
SYNTAX = Syntax(HELP, flags=FLAGS, options=OPTIONS)


def main(arguments: Sequence[str], program: str) -> int:
    """Switch the commands back. The result is the exit status."""
    from wingbeat.installation.switch import disable

    return switch(arguments, program, SYNTAX, disable)
