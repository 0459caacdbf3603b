"""`current_context().stats` outside of a task: metrics are remembered, for tests to look at, and never sent."""

from __future__ import annotations

from datetime import timedelta

from wingbeat.runtime.stats import TaggableStats
from wingbeat.runtime.statsd import Sink

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class LocalStats(TaggableStats):
    """Metrics of this process: `current_value` and `current_tags` say what was recorded last."""

    def __init__(self) -> None:
        super().__init__(Memory(self), "")
        self._values: dict[str, Any] = {}
        self._tags_of: dict[str, dict[str, Any]] = {}

    def current_value(self, metric: str) -> Any:
        """The counter, the gauge, the last duration as a `timedelta` or the set of a metric; None if there is none."""
        return self._values.get(metric)

    def current_tags(self, metric: str) -> dict[str, Any] | None:
        """The tags it was last recorded with."""
        return self._tags_of.get(metric)

    def remember(self, metric: str, value: Any, tags: dict[str, Any] | None = None, per_host: bool = False) -> None:
        """Make this the value of a metric."""
        self._values[metric] = value
        self._tags_of[metric] = {**(tags or {}), **({"_f": "i"} if per_host else {})}

    def incr(self, stat: str, count: float = 1, rate: float = 1, **how: Any) -> None:
        """Add to a counter."""
        self.remember(stat, self._values.get(stat, 0) + count, **how)

    def timing(self, stat: str, delta: float | timedelta, rate: float = 1, **how: Any) -> None:
        """Record how long something took: milliseconds or a `timedelta`."""
        self.remember(stat, delta if isinstance(delta, timedelta) else timedelta(milliseconds=delta), **how)

    def gauge(self, stat: str, value: float, rate: float = 1, delta: bool = False, **how: Any) -> None:
        """Set a value; with `delta`, add to it."""
        self.remember(stat, self._values.get(stat, 0) + value if delta else value, **how)

    def set(self, stat: str, value: Any, rate: float = 1, **how: Any) -> None:
        """Add a value to a set."""
        self.remember(stat, {*self._values.get(stat, ()), value}, **how)

    def _name(self, stat: str, tags: dict[str, Any] | None = None, per_host: bool = False) -> str:
        self.remember(stat, self._values.get(stat), tags, per_host)  # a timer's: its duration follows
        return stat


class Memory(Sink):
    """Where timers leave their durations; whatever else is sent there is nobody's."""

    def __init__(self, stats: LocalStats) -> None:
        self._stats = stats

    def emit(self, line: str) -> None:
        """Drop a line."""

    def timing(self, name: str, delta: float | timedelta, rate: float = 1) -> None:
        """A timer's duration."""
        self._stats.timing(name, delta, tags=self._stats.current_tags(name))
