"""What the commands of a container say about themselves."""

from __future__ import annotations

import sys

from wingbeat.runtime.invocation import Question

COMMON_OPTIONS = """\
  --inputs TEXT                  The LiteralMap file with the inputs.  [required]
  --output-prefix TEXT           Where outputs.pb or error.pb goes.  [required]
  --raw-output-data-prefix TEXT  Where files, data frames and the like go.
  --checkpoint-path TEXT         Where this attempt puts its checkpoints.
  --prev-checkpoint TEXT         Where the previous attempt put them.
  --test                         Check the command and the resolver, then stop.
  --dynamic-addl-distro TEXT     The code archive for tasks that this task generates.
  --dynamic-dest-dir TEXT        Where those tasks unpack it.
"""
LAST_OPTIONS = """\
  --version                      Show the version and exit.
  --help                         Show this message and exit.
"""
EXIT_STATUS = """\
Exit status: 0 when outputs.pb or error.pb was written (the engine reads error.pb only then); 1 when the task could not
be set up, its result could not be written, or it failed and FLYTE_FAIL_ON_ERROR is true; 2 when the command line is
wrong; what the task says if it calls sys.exit.
"""

#: Command -> what its positionals are called.
TAILS = {"execute": "RESOLVER_ARGS", "map-execute": "RESOLVER_ARGS", "fast-execute": "TASK_EXECUTE_CMD"}

HELP = {
    "execute": f"""\

  Run one Flyte task: read its inputs, call it, write outputs.pb or error.pb.

  This is the command of a task's container, with the flags of pyflyte-execute. A location is a local path or any URL
  that fsspec knows.

  Example:

    {{program}} --inputs s3://b/inputs.pb --output-prefix s3://b/0 --raw-output-data-prefix s3://b/raw \\
      --resolver flytekit.core.python_auto_container.default_task_resolver -- task-module shop task-name close_day

Options:
{COMMON_OPTIONS}\
  --resolver TEXT                The dotted location of the object that finds the task.
  --task-module TEXT             With --task-name, an older way to name the task; the resolver may then be left out.
  --task-name TEXT               See --task-module.
{LAST_OPTIONS}
{EXIT_STATUS}""",
    "map-execute": f"""\

  Run elements of a Flyte map task: read the inputs, call the task, write outputs.pb or error.pb.

  This is the command of a map task's container, with the flags of pyflyte-map-execute. Which element is its, the
  variable says that BATCH_JOB_ARRAY_INDEX_VAR_NAME names, plus BATCH_JOB_ARRAY_INDEX_OFFSET. With --elements it runs as
  many as asked for, and leaves of each, in a folder of its own under the prefix, what a process of its own would have.

  Examples:

    {{program}} --inputs s3://b/inputs.pb --output-prefix s3://b/0 --raw-output-data-prefix s3://b/raw \\
      --resolver flytekit.core.array_node_map_task.ArrayNodeMapTaskResolver -- vars "" resolver \\
      flytekit.core.python_auto_container.default_task_resolver task-module shop task-name close_day

    {{program}} --elements 0:10000 --jobs 4 --inputs s3://b/inputs.pb --output-prefix s3://b/out \\
      --raw-output-data-prefix s3://b/raw --collect outputs.pb --resolver …

Options:
{COMMON_OPTIONS}\
  --resolver TEXT                The dotted location of the class that finds the map task.  [required]
  --max-concurrency INTEGER      Handed to the resolver.
{LAST_OPTIONS}
Options for many elements:
  --elements TEXT                Which ones: 0:10000, 3,7,9:12 or @FILE with such lines. A range ends before its end.
  --jobs INTEGER                 So many worker processes.  [default: 1]
  --concurrency INTEGER          In each worker, so many elements of an async task at a time.  [default: 1]
  --isolate                      A process for each element, forked from one that has imported the task's module.
  --element-timeout SECONDS      An element that takes longer fails, recoverably.
  --min-success-ratio NUMBER     0 to 1: the share of the elements that must not fail.
  --max-failures INTEGER         So many may fail; with one more, no other is begun.
  --resume                       Keep outputs that are under the prefix already and whole; run the other elements.
  --collect NAME                 Also write all outputs, as one literal map of lists, to this file under the prefix.
  --grace SECONDS                How long running elements may go on after SIGTERM or SIGINT.  [default: 20]
  --progress TEXT                On stderr: auto, bar, lines, json or off.  [default: auto]

{EXIT_STATUS}\
With --elements: 0 when all were run and no more failed than allowed; 143 when SIGTERM left some undone, 130 when SIGINT
did; 1 otherwise, also when nothing could be run, because the module cannot be imported or the prefix holds other
outputs. summary.json under the prefix says what became of which.
""",
    "fast-execute": """\

  Fetch and unpack a code bundle, then run the command of a task with it, in the same process.

  This is the command of a container whose code was registered by itself, with the flags of pyflyte-fast-execute. The
  command after -- may be one of wingbeat's, one of flytekit's names for them, or any other program. It finds the
  bundle's folder at the end of PYTHONPATH.

  Example:

    {program} --additional-distribution s3://b/fast0123.tar.gz --dest-dir . -- \\
      wingbeat-execute --inputs s3://b/inputs.pb --output-prefix s3://b/0 --raw-output-data-prefix s3://b/raw \\
      --resolver flytekit.core.python_auto_container.default_task_resolver -- task-module shop task-name close_day

Options:
  --additional-distribution TEXT  The bundle: a .tar.gz, or a pkl.gz, which stays packed.
  --dest-dir TEXT                 The folder to unpack it in, which exists.  [default: the working directory]
  --version                       Show the version and exit.
  --help                          Show this message and exit.

Environment:
  WINGBEAT_BUNDLE_MAX_BYTES    Unpacked, a bundle may take so many bytes.  [default: 21474836480, 20 GiB]
  WINGBEAT_BUNDLE_MAX_MEMBERS  It may hold so many files, folders and links.  [default: 1000000]
  WINGBEAT_BUNDLE_MAX_RATIO    It may be so many times as long as packed, from 256 MiB on.  [default: 200]

Exit status: that of the command; 1 when the bundle could not be fetched or unpacked, or there is no such command; 2
when the command line is wrong.
""",
}


def explain(command: str, program: str, instead: Exception) -> int:
    """Answer a question on stdout, or word a usage error as click does, on stderr. The result is the exit status."""
    usage = f"Usage: {program} [OPTIONS] [{TAILS[command]}]..."
    if not isinstance(instead, Question):
        print(f"{usage}\nTry '{program} --help' for help.\n\nError: {instead}", file=sys.stderr)
        return 2
    if str(instead) == "--version":
        from wingbeat import __version__

        print(f"wingbeat {__version__}")
    else:
        print(usage + "\n" + HELP[command].format(program=program), end="")
    return 0
