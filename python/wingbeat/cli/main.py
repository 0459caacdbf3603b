"""`wingbeat`: a command with subcommands, each loaded when chosen."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

#: Subcommand -> what it does. Each is the module of that name here, dashes turned to underscores, with
#: `main(arguments, program) -> exit status`.
COMMANDS = {
    "execute": "Run one task, as its container does (the same as wingbeat-execute).",
    "map-execute": "Run elements of a map task (the same as wingbeat-map-execute).",
    "fast-execute": "Fetch and unpack a code bundle, then run a task (the same as wingbeat-fast-execute).",
    "enable": "Have wingbeat answer flytekit's commands in this environment.",
    "disable": "Put flytekit's commands back.",
    "status": "Say who answers flytekit's commands, and what undid `wingbeat enable`.",
    "check": "Say which tasks of a module run on wingbeat, and which need flytekit for what.",
    "doctor": "Say what slows or breaks the tasks of this image, and what mends it.",
    "show": "Print a file of literals, or an error.pb, readably.",
    "completion": "Print the completion script for a shell.",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a subcommand. The result is the exit status: 2 when the command line is wrong."""
    arguments = sys.argv[1:] if arguments is None else arguments
    first = arguments[0] if arguments else ""
    if first in ("", "--help", "-h"):
        print(usage(), end="", file=sys.stdout if first else sys.stderr)
        return 0 if first else 2
    if first == "--version":
        from wingbeat import __version__

        print(f"wingbeat {__version__}")
        return 0
    if first not in COMMANDS:
        word = "option" if first.startswith("-") else "command"
        print("Usage: wingbeat COMMAND [ARGS]...\nTry 'wingbeat --help' for help.\n", file=sys.stderr)
        print(f"Error: No such {word} '{first}'.", file=sys.stderr)
        return 2
    module = __import__(f"wingbeat.cli.{first.replace('-', '_')}", fromlist=("main",))
    try:
        status: int = module.main(arguments[1:], f"wingbeat {first}")
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has seen enough (`wingbeat show f | head`); the interpreter must not flush again at exit.
        import os

        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status


def usage() -> str:
    """The help text."""
    lines = [f"  {name:<14}{what}" for name, what in COMMANDS.items()]
    return "\n".join(
        [
            "Usage: wingbeat COMMAND [ARGS]...",
            "",
            "  The fast way to run Flyte tasks written in Python.",
            "",
            "Options:",
            "  --version     Show the version and exit.",
            "  --help        Show this message and exit.",
            "",
            "Commands:",
            *lines,
            "",
            "`wingbeat COMMAND --help` says more.",
            "",
        ]
    )
