"""Percentiles of any number of durations, in bounded memory."""

from __future__ import annotations

from math import exp, log

#: Buckets for each factor of e: neighbours differ by 2 %.
_FINENESS = 50
_SMALLEST = 1e-7


class Distribution:
    """Durations in seconds. Percentiles are right to 1 %, or to 0.1 µs; the greatest and the sum are exact."""

    __slots__ = ("_buckets", "count", "greatest", "total")

    def __init__(self) -> None:
        self._buckets: dict[int, int] = {}
        self.count = 0
        self.total = 0.0
        self.greatest = 0.0

    def add(self, seconds: float) -> None:
        """One more."""
        bucket = int(log(seconds / _SMALLEST) * _FINENESS) if seconds > _SMALLEST else 0
        buckets = self._buckets
        buckets[bucket] = buckets.get(bucket, 0) + 1
        self.count += 1
        self.total += seconds
        self.greatest = max(self.greatest, seconds)

    def percentile(self, share: float) -> float:
        """What `share` (0 to 1) of the durations do not exceed; 0 if there are none."""
        wanted = share * self.count
        for bucket in sorted(self._buckets):
            wanted -= self._buckets[bucket]
            if wanted <= 0:
                return min(self.greatest, _SMALLEST * exp((bucket + 0.5) / _FINENESS))
        return self.greatest

    def as_json(self) -> dict[str, float]:
        """In seconds: the mean, what half, nine tenths and 99 of 100 do not exceed, and the greatest."""
        figures = {
            "mean": self.total / self.count if self.count else 0.0,
            "p50": self.percentile(0.5),
            "p90": self.percentile(0.9),
            "p99": self.percentile(0.99),
            "max": self.greatest,
        }
        return {name: round(seconds, 7) for name, seconds in figures.items()}
