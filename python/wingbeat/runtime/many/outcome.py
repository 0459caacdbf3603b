"""What has become of the elements of a run, and what that makes of the run."""

from __future__ import annotations

from math import ceil

TYPE_CHECKING = False
if TYPE_CHECKING:
    from wingbeat.runtime.many.result import Result


class Outcome:
    """Counts results. An element that raised `IgnoreOutputs` has not failed: alone, it would have ended with 0 too.

    Args:
        total: How many elements are asked for.
        min_success_ratio: The share of them that must not fail, from 0 to 1.
        max_failures: How many may fail; with one more, no other is begun.

    With neither, none may fail, yet all are run. With both, both must hold.
    """

    def __init__(self, total: int, min_success_ratio: float | None = None, max_failures: int | None = None) -> None:
        self.total = total
        self.succeeded = self.failed = self.ignored = self.skipped = 0
        #: The number of the signal that ended the run before its time.
        self.signal: int | None = None
        #: What else has failed, in words.
        self.problems: list[str] = []
        self._limit = max_failures
        allowed = []
        if min_success_ratio is not None:
            # As the engine rounds (runtime contract 6.4), without what binary fractions add: 0.07 * 100 is above 7.
            allowed.append(total - ceil(round(min_success_ratio * total, 6)))
        if max_failures is not None:
            allowed.append(max_failures)
        #: How many may fail without making a failure of the run.
        self.allowed = min(allowed, default=0)

    def take(self, result: Result) -> None:
        """Count what has become of an element."""
        if result.ignored:
            self.ignored += 1
        elif result.ok:
            self.succeeded += 1
        else:
            self.failed += 1

    @property
    def run(self) -> int:
        """How many elements this run has run."""
        return self.succeeded + self.failed + self.ignored

    @property
    def done(self) -> int:
        """How many need not be run any more, those included that an earlier run has left."""
        return self.run + self.skipped

    @property
    def hopeless(self) -> bool:
        """Whether more have failed than `max_failures` allows, so that the rest need not be begun."""
        return self._limit is not None and self.failed > self._limit

    @property
    def word(self) -> str:
        """`succeeded`, `failed`, or `terminated` if a signal has left elements undone."""
        if self.signal is not None and self.done < self.total:
            return "terminated"
        well = self.done == self.total and self.failed <= self.allowed and not self.problems
        return "succeeded" if well else "failed"

    @property
    def exit_status(self) -> int:
        """Of the process: 0, 1, or as shells call the end by a signal, 128 and its number."""
        word = self.word
        if word == "terminated":
            return 128 + (self.signal or 0)
        return 0 if word == "succeeded" else 1
