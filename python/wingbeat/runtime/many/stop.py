"""The end of a run before its time: SIGTERM, as the engine sends it, and SIGINT, as a person does."""

from __future__ import annotations

import os
import time
from _signal import SIGINT, SIGTERM, signal  # type: ignore[import-not-found] # `signal` would load `enum`

from wingbeat.runtime import termination

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType

_SIGNALS = (SIGTERM, SIGINT)


class Stop:
    """From the first signal on no element is begun, and those that are running have until `deadline`.

    A second signal ends the grace. It is a context, for the main thread of the process that waits for workers.

    Args:
        grace: Seconds that elements may go on after the first signal.
    """

    def __init__(self, grace: float) -> None:
        self._grace = grace
        #: The number of the signal that came; None if there was none.
        self.signal: int | None = None
        #: When what still runs is to be abandoned, on the scale of `time.monotonic`.
        self.deadline = float("inf")
        self._before: dict[int, object] = {}
        self._wakeup = -1
        #: Becomes readable when a signal arrives, for whoever waits for other things too; `seen` ends that.
        self.arrived = -1

    def __enter__(self) -> Stop:
        termination.forget()  # it is no longer the end, and the stacks of this process tell nothing
        self.arrived, self._wakeup = os.pipe()
        for descriptor in (self.arrived, self._wakeup):
            os.set_blocking(descriptor, False)
        for number in _SIGNALS:
            self._before[number] = signal(number, self._take)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal(number, handler)
        os.close(self.arrived)
        os.close(self._wakeup)
        self.arrived = self._wakeup = -1

    def _take(self, number: int, _: FrameType | None) -> None:
        now = time.monotonic()
        self.deadline = now + self._grace if self.signal is None else now
        self.signal = self.signal or number
        try:
            os.write(self._wakeup, b"\0")
        except OSError:  # it is full, so whoever waits is awake
            return

    def seen(self) -> None:
        """Wait for the next signal."""
        try:
            os.read(self.arrived, 64)
        except BlockingIOError:
            return

    @property
    def overdue(self) -> bool:
        """Whether the grace is over."""
        return time.monotonic() >= self.deadline
