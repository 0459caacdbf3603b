"""flytekit in the place of this process: with the arguments, environment, folder and signals that it began with."""

from __future__ import annotations

import os
import sys

from wingbeat.runtime import log

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

    from wingbeat.exceptions import NotCovered
    from wingbeat.runtime.start import Start

#: Command -> the function of `flytekit.bin.entrypoint` that does what it does.
FUNCTIONS = {
    "execute": "execute_task_cmd",
    "map-execute": "map_execute_task_cmd",
    "fast-execute": "fast_execute_task_cmd",
}
#: The script that a Spark job runs, with the command as its first argument (runtime contract 1.1), and its function.
SCRIPT, GROUP = "entrypoint.py", "_pass_through"
PROGRAM = os.path.join(os.path.dirname(os.path.abspath(__file__)), "handover.py")
#: Options of the interpreter that are followed by a value of their own.
_WITH_VALUE = ("-W", "-X", "--check-hash-based-pycs")


def announce(missing: NotCovered) -> None:
    """The one line that says why."""
    place = f", used at {missing.file}:{missing.line}," if missing.file else ""
    reason = f" ({missing.reason})" if missing.reason else ""
    log.warning(f"{missing.name}{place} is not covered by wingbeat{reason}: flytekit takes over, from the start")


def take_over(start: Start) -> NoReturn:
    """Become flytekit's command. All threads of this process end, and its temporary folders are removed.

    Raises:
        OSError: the interpreter cannot be run.
    """
    command = [sys.executable, *interpreter_options(sys.orig_argv), PROGRAM, *arguments(start)]
    tidy_up()
    if start.folder is not None:
        os.chdir(start.folder)
    restore_signals(start)
    os.execve(sys.executable, command, start.environment)  # noqa: S606 the words are the engine's own


def arguments(start: Start) -> list[str]:
    """What `handover.py` is told: the function, what `sys.path` begins with, and `sys.argv`."""
    if os.path.basename(start.program) == SCRIPT:
        return [GROUP, start.path, start.program, f"pyflyte-{start.name}", *start.arguments]
    program = os.path.join(os.path.dirname(start.program), f"pyflyte-{start.name}")
    return [FUNCTIONS[start.name], start.path, program, *todays_spelling(start)]


def todays_spelling(start: Start) -> Sequence[str]:
    """The arguments; with the older spelling of its tail, which flytekit does not know any more, in today's."""
    before_tail = start.arguments[: start.arguments.index("--")] if "--" in start.arguments else start.arguments
    if start.name != "execute" or not any(word.startswith("--task-") for word in before_tail):
        return start.arguments
    from wingbeat.runtime.invocation import OPTIONS, rewrite_old_spelling, split

    options, positionals = split(start.arguments, OPTIONS)
    rewrite_old_spelling(options, positionals)
    given = [f"{name}={value}" if OPTIONS[name] else name for name, value in options.items()]
    return [*given, "--", *positionals]


def interpreter_options(original: Sequence[str]) -> list[str]:
    """The options of the interpreter in a command line of it: what stands before the script, `-c` or `-m`."""
    found: list[str] = []
    words = iter(original[1:])
    for word in words:
        if len(word) < 2 or word[0] != "-" or (word[1] != "-" and ("c" in word or "m" in word) and word[1] not in "WX"):
            break
        found.append(word)
        if word in _WITH_VALUE:
            found.append(next(words, ""))
    return found


def tidy_up() -> None:
    """What a process does at its end, without what user code has registered for that: it begins anew."""
    modules = sys.modules
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        try:
            stream.flush()
        except (AttributeError, OSError, ValueError):  # None, nobody reads it, closed
            continue
    if (workspace := modules.get("wingbeat.runtime.workspace")) is not None:
        workspace.remove_all()


def restore_signals(start: Start) -> None:
    """The signals that are ignored, and those that are blocked, as when this process began.

    Handlers go with the program. What is ignored stays so in the next one, and so does what is blocked.
    """
    import _signal  # type: ignore[import-not-found] # `signal` would load `enum`

    for number in range(1, _signal.NSIG):
        if _signal.getsignal(number) == _signal.SIG_IGN and number not in start.ignored:
            _signal.signal(number, _signal.SIG_DFL)
    _signal.pthread_sigmask(_signal.SIG_SETMASK, start.blocked)
