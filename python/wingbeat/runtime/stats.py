"""Metrics of user code: `current_context().stats` (runtime contract 10.2).

Names and tags are flytekit's, byte for byte. Nothing is looked up or opened before the first metric.
"""

from __future__ import annotations

import re

from wingbeat import configuration
from wingbeat.runtime import environment
from wingbeat.runtime.statsd import Client, Sink, Timer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import timedelta
    from typing import Any

    from wingbeat.runtime.identifiers import Identifier

#: The flytekit whose interface this is; the tag `api_version`.
API_VERSION = "1.16.31"

_FORBIDDEN = re.compile("[|.:]")


class TaggableStats:
    """Counts, times and gauges under names that end in tags.

    Every method takes `tags`, more tags for this metric (the object's own win), and `per_host`, which adds the tag
    `_f=i`; `rate` is the share of calls that are sent, from 0 to 1.

    Args:
        sink: Where lines go.
        full_prefix: What every name begins with; may be empty.
        tags: Tags of every metric. Characters that statsd gives a meaning become `_`, empty ones are left out.
        with_tags: Whether tags are written at all.
    """

    def __init__(
        self, sink: Sink, full_prefix: str, tags: dict[str, str] | None = None, with_tags: bool = True
    ) -> None:
        self._sink = sink
        self._full_prefix = full_prefix
        self._tags = dict(tags or {})
        self._with_tags = with_tags

    @property
    def full_prefix(self) -> str:
        """What every name begins with."""
        return self._full_prefix

    def incr(self, stat: str, count: float = 1, rate: float = 1, **how: Any) -> None:
        """Add to a counter."""
        self._sink.send(self._name(stat, **how), f"{count}|c", rate)

    def decr(self, stat: str, count: float = 1, rate: float = 1, **how: Any) -> None:
        """Take from a counter."""
        self.incr(stat, -count, rate, **how)

    def timing(self, stat: str, delta: float | timedelta, rate: float = 1, **how: Any) -> None:
        """Record how long something took: milliseconds or a `timedelta`."""
        self._sink.timing(self._name(stat, **how), delta, rate)

    def timer(self, stat: str, rate: float = 1, **how: Any) -> Timer:
        """A context manager and decorator that records how long its body takes."""
        return Timer(self._sink, self._name(stat, **how), rate)

    def gauge(self, stat: str, value: float, rate: float = 1, delta: bool = False, **how: Any) -> None:
        """Set a value; with `delta`, add to it."""
        name = self._name(stat, **how)
        if value >= 0 or delta:
            self._sink.send(name, f"{'+' if delta and value >= 0 else ''}{value}|g", rate)
            return
        # statsd takes a sign for a change, so a negative value is a change of zero.
        if self._sink.chosen(rate):
            with self._sink.pipeline() as pipe:
                pipe.send(name, "0|g", 1)
                pipe.send(name, f"{value}|g", 1)

    def set(self, stat: str, value: Any, rate: float = 1, **how: Any) -> None:
        """Add a value to a set."""
        self._sink.send(self._name(stat, **how), f"{value}|s", rate)

    def extend_tags(self, tags: dict[str, str]) -> None:
        """Tag every metric with these too."""
        self._tags.update(tags)

    def clear_tags(self) -> None:
        """Forget the tags."""
        self._tags = {}

    def get_stats(self, name: str, copy_tags: bool = True) -> TaggableStats:
        """The same with `name` before every name, and with these tags or none."""
        prefix = f"{self._full_prefix}.{name}" if self._full_prefix else name
        return TaggableStats(self._sink, prefix, self._tags if copy_tags else None, self._with_tags)

    def pipeline(self) -> Pipeline:
        """The same, but what is recorded is sent together: at the end of a `with`, or by `send`."""
        return Pipeline(self._sink.pipeline(), self._full_prefix, self._tags, self._with_tags)

    def _name(self, stat: str, tags: dict[str, Any] | None = None, per_host: bool = False) -> str:
        name = f"{self._full_prefix}.{stat}" if self._full_prefix else stat
        if not self._with_tags:
            return name
        found = {**(tags or {}), **self._tags, **({"_f": "i"} if per_host else {})}
        if not all(str(key).isascii() for key in found):  # as flytekit: no tag then
            return name
        texts = ((key, _FORBIDDEN.sub("_", str(found[key]))) for key in sorted(found))
        return name + "".join(f".__{key}={text}" for key, text in texts if text)


class Pipeline(TaggableStats):
    """Metrics that are sent together."""

    def send(self) -> None:
        """Send what was recorded, in as few datagrams as it fits into."""
        self._sink.flush()

    def __enter__(self) -> Pipeline:
        return self

    def __exit__(self, *error: object) -> None:
        self.send()


def stats_of(task: Identifier) -> TaggableStats:
    """The metrics of a task, with settings and tags from the environment."""
    execution = environment.identifier(environment.EXECUTION)
    tags = {
        "exec_project": execution["project"],
        "exec_domain": execution["domain"],
        "exec_workflow": environment.first_of(environment.WORKFLOW),
        "exec_launchplan": environment.first_of(environment.LAUNCH_PLAN),
        "api_version": API_VERSION,
    }
    prefix = f"{task.project}.{task.domain}.{task.name}.user_stats".lower()
    client = Client(setting("host") or "localhost", setting("port") or "8125", disabled=configured("disabled"))
    return TaggableStats(client, prefix, tags, with_tags=not configured("disable_tags"))


def setting(option: str) -> str | None:
    """A setting of statsd. flytekit reads it under `FLYTE_SECRETS_`; the name that one would expect counts after it."""
    return configuration.text("secrets", option) or configuration.text("statsd", option)


def configured(option: str) -> bool:
    """The same for yes and no."""
    return configuration.flag("secrets", option, configuration.flag("statsd", option, False))
