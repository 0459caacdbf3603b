"""`entrypoint.py COMMAND …`, a third way to start flytekit's commands, of Spark jobs for one (runtime contract 1.1)."""

from __future__ import annotations

import sys

# For the script: the processes that `multiprocessing` starts for a task load this module and run nothing of it.
from wingbeat.cli import process

__all__ = ["main", "process"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

#: Subcommand -> module.
COMMANDS = {
    "pyflyte-execute": "execute",
    "pyflyte-fast-execute": "fast_execute",
    "pyflyte-map-execute": "map_execute",
}


def main(arguments: Sequence[str] | None = None, program: str = "entrypoint.py") -> int:
    """Run one of the commands. The result is the exit status: 2 when the command line is wrong."""
    arguments = sys.argv[1:] if arguments is None else arguments
    first = arguments[0] if arguments else ""
    module = COMMANDS.get(first)
    if module is not None:
        status: int = __import__(f"wingbeat.cli.{module}", fromlist=("main",)).main(arguments[1:], f"{program} {first}")
        return status
    usage = f"Usage: {program} [OPTIONS] COMMAND [ARGS]..."
    if first in ("", "--help"):
        lines = "".join(f"  {name}\n" for name in COMMANDS)
        text = f"{usage}\n\nOptions:\n  --help  Show this message and exit.\n\nCommands:\n{lines}"
        print(text, end="", file=sys.stdout if first else sys.stderr)
        return 0 if first else 2
    problem = f"No such {'option' if first.startswith('-') else 'command'} '{first}'."
    print(f"{usage}\nTry '{program} --help' for help.\n\nError: {problem}", file=sys.stderr)
    return 2
