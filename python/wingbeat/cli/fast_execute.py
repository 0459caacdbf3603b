"""`wingbeat-fast-execute`, the command of a container whose code comes as a bundle; also `wingbeat fast-execute`.

The task runs in this process, so that a second interpreter need not start. What cannot be had that way is left to a new
program in the place of this one: no process stays behind that would have to pass on signals.
"""

from __future__ import annotations

import os
import sys

from wingbeat.cli import process
from wingbeat.runtime import environment, phases
from wingbeat.runtime.bundle import command as commands
from wingbeat.runtime.bundle import fetch, search_path
from wingbeat.runtime.bundle.errors import BundleError
from wingbeat.runtime.invocation import Question, UsageError, parse, parse_fast, parse_map
from wingbeat.storage import StorageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from wingbeat.runtime.invocation import BundleInvocation, Invocation

PARSERS = {"execute": parse, "map-execute": parse_map}


def main(arguments: Sequence[str] | None = None, program: str = "wingbeat-fast-execute") -> int:
    """Fetch the bundle and run the command. The result is the command's exit status, 1 when it could not be run."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        request = parse_fast(arguments)
    except (UsageError, Question) as instead:
        from wingbeat.cli.usage import explain

        return explain("fast-execute", program, instead)
    return process.carry_out("fast-execute", arguments, run, request)


def run(request: BundleInvocation) -> int:
    """The command; if it is one of wingbeat's, its arguments are looked at before the bundle is fetched."""
    inner = invocation = None
    try:
        command = commands.complete(request)
        inner = commands.own(command)
        if inner is not None:
            invocation = PARSERS[inner.name](inner.arguments)
        if environment.flytekit() == "flytekit":
            return process.leave_to_flytekit(None if invocation is None else invocation.output_prefix)
        phases.begin("bundle")
        folder = unpack(request)
        phases.begin("set up")
    except (UsageError, Question) as instead:
        assert inner is not None
        from wingbeat.cli.usage import explain

        return explain(inner.name, inner.program, instead)
    except (BundleError, StorageError) as error:
        return report(error, invocation)
    if folder is not None:
        search_path.extend_environment(folder)
    if inner is None or invocation is None:
        return replace_process(command)
    if folder is not None and search_path.needs_new_interpreter(folder):
        return replace_process([beside(f"wingbeat-{inner.name}"), *inner.arguments])
    if folder is not None:
        search_path.extend(folder)
    if inner.folder is not None and not search_path.starts_without_script():
        sys.path[0] = inner.folder
    sys.argv = [beside(inner.program), *inner.arguments]
    process.begin(inner.name, inner.arguments)
    if inner.name == "map-execute":
        from wingbeat.cli import map_execute

        return map_execute.run(invocation)
    from wingbeat.cli import execute

    return execute.run(invocation)


def unpack(request: BundleInvocation) -> str | None:
    """Have the bundle in its folder, which is the result; None if nobody named one."""
    uri = request.additional_distribution
    name = request.dest_dir if uri is None else request.dest_dir or os.getcwd()
    if name is None:
        return None
    folder = os.path.realpath(os.path.expanduser(name))
    if uri is not None:
        fetch.fetch(uri, folder)
    return folder


def report(error: Exception, invocation: Invocation | None) -> int:
    """Say why the command did not run: where it would have said so itself, or at least on stderr."""
    if invocation is None:
        process.say(f"wingbeat-fast-execute: {error}")
        return 1
    from wingbeat.runtime import failure

    return failure.report(error, "set up", None, invocation.output_prefix)


def beside(program: str) -> str:
    """The path of a program that lies where this one does; its name if there is none."""
    path = os.path.join(os.path.dirname(sys.argv[0]), program)
    return path if os.path.isfile(path) else program


def replace_process(command: Sequence[str]) -> int:
    """Make this process that program. The result is the exit status if there is no such program."""
    from _signal import SIG_DFL, SIGPIPE, SIGXFSZ, signal  # type: ignore[import-not-found] # `signal` would load `enum`

    process.settle()
    for number in (SIGPIPE, SIGXFSZ):
        signal(number, SIG_DFL)  # Python ignores them, and what is ignored stays so in the program
    try:
        os.execvp(command[0], list(command))  # noqa: S606 the words are the engine's, and none goes through a shell
    except OSError as error:
        process.say(f"wingbeat-fast-execute: {command[0]!r} cannot be run: {error.strerror}")
        return 1
