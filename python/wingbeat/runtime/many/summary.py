"""`summary.json`: what became of a run of many elements, under its output prefix, for people and programs."""

from __future__ import annotations

import os
import sys
import time

from wingbeat import storage
from wingbeat._core import __version__
from wingbeat.runtime.many.distribution import Distribution
from wingbeat.runtime.many.failures import Failures
from wingbeat.runtime.many.result import PHASES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from wingbeat.runtime.many.outcome import Outcome
    from wingbeat.runtime.many.result import Result

FILE = "summary.json"


class Summary:
    """Takes results one by one, in bounded memory, and makes the document of them.

    Args:
        outcome: What counts the elements.
        facts: What else the document says: `task`, `elements` as they were asked for, `jobs` …
    """

    def __init__(self, outcome: Outcome, **facts: Any) -> None:
        self.failures = Failures()
        #: The file under the prefix that has the outputs of all elements.
        self.collected: str | None = None
        self._outcome = outcome
        self._facts = facts
        self._seconds = Distribution()
        self._phases: dict[str, Distribution] = {}
        self._began = time.time()
        self._clock = time.monotonic()

    def take(self, result: Result) -> None:
        """One more element is through."""
        self._seconds.add(result.seconds)
        phases = self._phases
        for name, seconds in result.phases.items():
            known = phases.get(name)
            if known is None:
                known = phases[name] = Distribution()
            known.add(seconds)
        if not result.ok and not result.ignored:
            self.failures.add(result)

    def document(self, all_failures: str | None = None) -> dict[str, Any]:
        """The document. Times are seconds, `started` since the epoch; memory is bytes."""
        outcome = self._outcome
        wall = time.monotonic() - self._clock
        return {
            "outcome": outcome.word,
            "exit_status": outcome.exit_status,
            "signal": outcome.signal,
            **self._facts,
            "counts": {
                "total": outcome.total,
                "succeeded": outcome.succeeded,
                "failed": outcome.failed,
                "ignored": outcome.ignored,
                "skipped": outcome.skipped,
                "not_run": outcome.total - outcome.done,
            },
            "collected": self.collected,
            "problems": outcome.problems,
            "failures_allowed": outcome.allowed,
            "failures": sorted(self.failures.first, key=lambda failure: failure["index"]),
            "all_failures": all_failures,
            "started": round(self._began, 3),
            "seconds": round(wall, 6),
            "elements_per_second": round(outcome.run / wall, 3) if wall else None,
            "element_seconds": self._seconds.as_json(),
            "phases": {name: self._phases[name].as_json() for name in PHASES if name in self._phases},
            "peak_memory": peak_memory(),
            "versions": {"wingbeat": __version__, "python": sys.version.split()[0]},
        }

    def write(self, output_prefix: str) -> None:
        """Put it under the prefix, last of all: whoever finds it finds everything that it speaks of.

        Raises:
            StorageError: it could not be written.
        """
        try:
            all_failures = self.failures.publish(output_prefix)
        finally:
            self.failures.close()
        import json

        text = json.dumps(self.document(all_failures), indent=2)
        storage.write(storage.join(output_prefix, FILE), f"{text}\n".encode())


def peak_memory() -> dict[str, int]:
    """The most bytes of memory that this process had, and the worker that had most of those that have ended."""
    import resource

    unit = 1 if os.uname().sysname == "Darwin" else 1024  # getrusage(2) there counts bytes
    who = {"process": resource.RUSAGE_SELF, "largest_worker": resource.RUSAGE_CHILDREN}
    return {name: resource.getrusage(number).ru_maxrss * unit for name, number in who.items()}
