"""What `wingbeat-execute` says about itself."""

from __future__ import annotations

import sys

USAGE = "Usage: {program} [OPTIONS] [RESOLVER_ARGS]..."

HELP = """\

  Run one Flyte task: read its inputs, call it, write outputs.pb or error.pb.

  This is the command of a task's container, with the flags of pyflyte-execute. A location is a local path or any URL
  that fsspec knows.

  Example:

    {program} --inputs s3://b/inputs.pb --output-prefix s3://b/0 --raw-output-data-prefix s3://b/raw \\
      --resolver flytekit.core.python_auto_container.default_task_resolver -- task-module shop task-name close_day

Options:
  --inputs TEXT                  The LiteralMap file with the inputs.  [required]
  --output-prefix TEXT           Where outputs.pb or error.pb goes.  [required]
  --raw-output-data-prefix TEXT  Where files, data frames and the like go.
  --checkpoint-path TEXT         Where this attempt puts its checkpoints.
  --prev-checkpoint TEXT         Where the previous attempt put them.
  --test                         Check the command and the resolver, then stop.
  --dynamic-addl-distro TEXT     The code archive for tasks that this task generates.
  --dynamic-dest-dir TEXT        Where those tasks unpack it.
  --resolver TEXT                The dotted location of the object that finds the task.
  --task-module TEXT             With --task-name, an older way to name the task; the resolver may then be left out.
  --task-name TEXT               See --task-module.
  --version                      Show the version and exit.
  --help                         Show this message and exit.

Exit status: 0 when outputs.pb or error.pb was written (the engine reads error.pb only then); 1 when the task could not
be set up, its result could not be written, or it failed and FLYTE_FAIL_ON_ERROR is true; 2 when the command line is
wrong; what the task says if it calls sys.exit.
"""


def answer(program: str, question: str) -> int:
    """`--help` or `--version`, on stdout."""
    if question == "--version":
        from wingbeat import __version__

        print(f"wingbeat {__version__}")
    else:
        print((USAGE + "\n" + HELP).format(program=program), end="")
    return 0


def refuse(program: str, message: str) -> int:
    """A usage error, on stderr as click words it."""
    print(f"{USAGE.format(program=program)}\nTry '{program} --help' for help.\n\nError: {message}", file=sys.stderr)
    return 2
