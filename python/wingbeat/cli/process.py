"""What the commands of a container have in common: signals, and how they end (runtime contract 1.4 and 1.6)."""

from __future__ import annotations

import os
import sys

from wingbeat.runtime.start import Start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any


#: The start of the command that this process runs.
start: Start | None = None


def carry_out(name: str, arguments: Sequence[str], run: Callable[[Any], int], request: Any) -> int:
    """Run a command; the result is its exit status.

    Args:
        name: The command.
        arguments: Its arguments.
        run: What it does, given the request.
        request: What the arguments ask for.
    """
    begin(name, arguments)
    prepare()
    return status(run, request)


def begin_child() -> None:
    """Let a process that a task has started find what the task has found under flytekit's name."""
    from wingbeat.runtime import loading

    loading.hook_flytekit()


def begin(name: str, arguments: Sequence[str]) -> None:
    """Note how a command begins."""
    global start
    start = Start(name, arguments)


def leave_to_flytekit(output_prefix: str | None) -> int:
    """Have flytekit run the command; where there is none, say so below that prefix, or on stderr."""
    from wingbeat.flytekit_compat import fallback, takeover

    assert start is not None
    if fallback.installed():
        takeover.take_over(start)
    error = fallback.FlytekitNeededError(f"WINGBEAT_FLYTEKIT=flytekit asks for flytekit; {fallback.NOT_INSTALLED}")
    if output_prefix is None:
        say(str(error))
        return 1
    from wingbeat.runtime import failure

    return failure.report(error, "load", None, output_prefix)


def prepare() -> None:
    """Have signals do what Flyte expects: SIGTERM ends the task at once, SIGUSR1 shows what its threads are doing.

    So does SIGTERM, in its last moment.
    """
    if os.getpid() == 1:
        from wingbeat.runtime import init

        init.step_aside()
    import faulthandler
    from _signal import SIGUSR1  # type: ignore[import-not-found] # `signal` would load `enum`

    if sys.__stderr__ is not None:
        faulthandler.register(SIGUSR1, file=sys.__stderr__)
    from wingbeat.runtime import termination

    termination.show_stacks()


def status(run: Callable[[Any], int], invocation: Any) -> int:
    """The exit status of a run. What is no `Exception` (`sys.exit` in a task) leaves it as it is.

    Nothing is written then, as in flytekit: of a pod that fails, and of one that leaves no outputs, the engine shows
    the end of the log.
    """
    try:
        return run(invocation)
    except KeyboardInterrupt:
        say("Aborted!")
        return 1
    except SystemExit as end:
        from wingbeat.runtime import log

        code: object = end.code
        said = "" if code is None else f"{code!r:.200}" if isinstance(code, (int, str)) else type(code).__name__
        log.error(f"sys.exit({said}) ends the process; neither outputs nor an error are written")
        raise
    except BaseException as error:
        from wingbeat.exceptions import NotCovered

        if not isinstance(error, NotCovered) or start is None:
            raise
        from wingbeat.flytekit_compat import takeover

        takeover.announce(error)
        takeover.take_over(start)
    finally:
        settle()


def say(text: str) -> None:
    """A line on stderr, if it takes one: the exit status must not depend on that."""
    try:
        print(text, file=sys.stderr)
    except (OSError, ValueError):
        return


def settle() -> None:
    """Have what was printed written, or thrown away where nobody takes it any more.

    Otherwise the interpreter tries once more at its end, and exits with 120: the engine would run a task again that has
    left its outputs.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            continue
        try:
            stream.flush()
        except OSError as error:
            throw_away(stream)
            say(f"what was printed to {name} is lost: {error.strerror or error}")
        except ValueError:  # closed
            continue


def throw_away(stream: Any) -> None:
    """Let what a stream still holds go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, stream.fileno())
    except OSError:  # not a file, so it is the user's
        return
    finally:
        os.close(nowhere)
