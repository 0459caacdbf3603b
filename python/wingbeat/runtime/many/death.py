"""Elements that have ended without an outcome: what error.pb says of them.

The engine would judge a pod that ends so, and try again (runtime contract 1.4, 5.7). So may whoever reads error.pb.
"""

from __future__ import annotations

import time
from _signal import SIGKILL  # type: ignore[import-not-found] # `signal` would load `enum`

from wingbeat.runtime import failure
from wingbeat.runtime.failure import SYSTEM, USER, Judgement, Verdict
from wingbeat.runtime.message import TRACE_LIMIT, describe, indent, printable, shorten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: The task has ended its process.
LEFT = Verdict(USER, recoverable=True)
#: Somebody or something else has.
KILLED = Verdict(SYSTEM, recoverable=True)
#: What the engine calls a task that takes longer than it may.
TIME_EXPIRED = "TimeExpired"
#: The exit status of a worker that could not go on.
BROKEN = 70
_MEBIBYTE = 2**20
#: The end of a thread's stack that is ours: from the call of the task's function on.
_OURS = (
    r'(  File "[^"\n]*/wingbeat/[^"\n]*", line \d+ in (async_)?execute\n)*'
    r'  File "[^"\n]*/wingbeat/runtime/many/\w+\.py"(.+\n)*'
)


class Death:
    """How the process of an element has ended.

    Args:
        status: The exit status; of a process that was killed, the signal below 0.
        stacks: Where its threads were, as far as they could still be asked.
        peak: The most memory that it had, in bytes.
        timeout: The seconds that the element was given, if it was ended because they were over.
        starved: Whether the kernel has killed processes meanwhile, for want of memory.
    """

    __slots__ = ("peak", "stacks", "starved", "status", "timeout")

    def __init__(
        self, status: int, stacks: str = "", peak: int = 0, timeout: float | None = None, starved: bool = False
    ) -> None:
        self.status = status
        self.stacks = without_ours(stacks)
        self.peak = peak
        self.timeout = timeout
        self.starved = starved

    def judge(self, index: int, task: Any) -> tuple[Judgement, str]:
        """What it means for the element, and that in one line; it is logged, too."""
        reason = self.what()
        verdict, code = (KILLED, "SYSTEM") if self.timeout is None and self.status < 0 else (LEFT, self._code())
        trace = f"Element {index} of the map task\n\n{self.stacks}"
        text = indent(printable(f"{reason}{self._advice()}"))
        message = f"Trace:\n\n{shorten(indent(printable(trace)), TRACE_LIMIT)}\nMessage:\n\n{text}"
        failure.announce_as(reason, message, verdict, True, failure.what("execute", task))
        return Judgement(verdict, code, message, True, divmod(time.time_ns(), 1_000_000_000)), reason

    def what(self) -> str:
        """What has happened."""
        if self.timeout is not None:
            return f"The element took longer than --element-timeout allows, {self.timeout:g} s"
        if self.status == BROKEN:
            return f"The worker could not go on, exit status {BROKEN}: has the task closed files that are not its own?"
        if self.status >= 0:
            return f"The task ended its process with {self.how()}"
        return f"The process of the task was {self.how()}"

    def how(self) -> str:
        """The same of the process alone."""
        return f"exit status {self.status}" if self.status >= 0 else f"killed by {name_of(-self.status)}"

    def _code(self) -> str:
        return failure.DEFAULT_USER_CODE if self.timeout is None else TIME_EXPIRED

    def _advice(self) -> str:
        if self.timeout is not None or self.status >= 0:
            return ""
        memory = f"It had {self.peak / _MEBIBYTE:.0f} MiB of memory at most."
        if -self.status != SIGKILL:
            return f". {memory}"
        if self.starved:
            return f". The kernel has killed processes for want of memory meanwhile. {memory}"
        return f". Unless somebody did that by hand, memory was short. {memory}"


def without_ours(stacks: str) -> str:
    """What `faulthandler` has written, without the frames that led to the task."""
    if not stacks:
        return stacks
    import re

    return re.sub(_OURS, "", stacks)


def left(error: BaseException, step: str, task: Any) -> Judgement:
    """What `sys.exit`, or whatever else is no `Exception`, means: the end of the element, but not of its process."""
    message = describe(error)
    failure.announce(error, message, LEFT, True, failure.what(step, task))
    return Judgement(LEFT, failure.DEFAULT_USER_CODE, message, True, failure.timestamp_of(error))


def name_of(number: int) -> str:
    """A signal, as people call it."""
    import signal

    try:
        return f"{signal.Signals(number).name} ({signal.strsignal(number)})"
    except ValueError:
        return f"signal {number}"
