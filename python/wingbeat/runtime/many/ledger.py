"""Where the results of elements go."""

from __future__ import annotations

from wingbeat.runtime import log

TYPE_CHECKING = False
if TYPE_CHECKING:
    from wingbeat.runtime.many.collect import Collector
    from wingbeat.runtime.many.outcome import Outcome
    from wingbeat.runtime.many.progress import Progress
    from wingbeat.runtime.many.result import Result
    from wingbeat.runtime.many.summary import Summary


class Ledger:
    """Takes each result once, in the process that waits for all.

    Args:
        outcome: Counts them.
        summary: Remembers them.
        progress: Shows how many there are.
        collector: Knows which outputs are to be collected; None if nobody wants that.
    """

    def __init__(self, outcome: Outcome, summary: Summary, progress: Progress, collector: Collector | None) -> None:
        self.outcome = outcome
        self.summary = summary
        self.progress = progress
        self._collector = collector

    def take(self, result: Result) -> None:
        """One more element is through."""
        self.outcome.take(result)
        self.summary.take(result)
        if result.ok and self._collector is not None:
            self._collector.wanted.add(result.index)
        self.progress.tick()

    def skip(self, index: int, document: bytes) -> None:
        """An earlier run has left the outputs of this element."""
        self.outcome.skipped += 1
        if self._collector is not None:
            self._collector.keep(index, document)
            self._collector.wanted.add(index)
        self.progress.tick()

    def problem(self, text: str) -> None:
        """Something else than an element has failed, and with it the run."""
        log.error(text)
        self.outcome.problems.append(text)
