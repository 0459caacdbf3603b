"""How far a run is, on stderr: a bar for people, lines for logs, JSON for programs."""

from __future__ import annotations

import os
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

    from wingbeat.runtime.many.outcome import Outcome

KINDS = ("auto", "bar", "lines", "json", "off")
#: Seconds between two of a kind.
EVERY = {"bar": 0.2, "lines": 5.0, "json": 1.0, "off": float("inf")}
_ERASE = "\r\x1b[K"
_BAR = 30
_WIDTH = 80


class Progress:
    """Says how far a run is, not more often than is good to read.

    Args:
        kind: One of `KINDS`; `auto` is a bar on a terminal and lines elsewhere.
        outcome: What counts the elements.
        stream: Where to; by default stderr.
    """

    def __init__(self, kind: str, outcome: Outcome, stream: TextIO | None = None) -> None:
        self._outcome = outcome
        self._stream = sys.stderr if stream is None else stream
        self.kind = kind if kind != "auto" else "bar" if is_terminal(self._stream) else "lines"
        self._every = EVERY[self.kind]
        self._began = time.monotonic()
        #: When something is to be said again, on the scale of `time.monotonic`.
        self.due = self._began + self._every

    def tick(self) -> None:
        """Say it, if it is time. Cheap enough to be called for every element, and to be called without one."""
        now = time.monotonic()
        if now >= self.due:
            self.due = now + self._every
            self._say(now, last=False)

    def end(self) -> None:
        """Say it for the last time."""
        if self.kind != "off":
            self._say(time.monotonic(), last=True)
        self.due = float("inf")

    def _say(self, now: float, *, last: bool) -> None:
        seconds = now - self._began
        if self.kind == "json":
            import json

            text = f"{json.dumps(self._facts(seconds, last))}\n"
        elif self.kind == "bar":
            text = f"{_ERASE}{self._bar(seconds)}" + ("\n" if last else "")
        else:
            text = f"[wingbeat] {self._sentence(seconds)}\n"
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):  # nobody reads it any more, or it was closed: no reason to stop
            self.kind, self._every, self.due = "off", EVERY["off"], EVERY["off"]

    def _rate(self, seconds: float) -> float:
        return self._outcome.run / seconds if seconds > 0 else 0.0

    def _left(self, seconds: float) -> float | None:
        """How many seconds it will take, as far as one can know."""
        rate = self._rate(seconds)
        return (self._outcome.total - self._outcome.done) / rate if rate else None

    def _facts(self, seconds: float, last: bool) -> dict[str, object]:
        outcome, left = self._outcome, self._left(seconds)
        return {
            "event": "end" if last else "progress",
            "total": outcome.total,
            "done": outcome.done,
            "succeeded": outcome.succeeded,
            "failed": outcome.failed,
            "ignored": outcome.ignored,
            "skipped": outcome.skipped,
            "seconds": round(seconds, 3),
            "elements_per_second": round(self._rate(seconds), 3),
            "seconds_left": None if left is None else round(left, 3),
        }

    def _sentence(self, seconds: float) -> str:
        outcome = self._outcome
        parts = [f"{outcome.done} of {outcome.total} elements done"]
        parts += [
            f"{count} {word}"
            for word, count in (("failed", outcome.failed), ("ignored", outcome.ignored), ("skipped", outcome.skipped))
            if count
        ]
        parts.append(f"{self._rate(seconds):,.1f}/s")
        left = self._left(seconds)
        if outcome.done == outcome.total:
            parts.append(f"took {clock(seconds)}")
        elif left is not None:
            parts.append(f"{clock(left)} left")
        return ", ".join(parts)

    def _bar(self, seconds: float) -> str:
        outcome = self._outcome
        full = _BAR * outcome.done // outcome.total if outcome.total else _BAR
        text = f"[{'#' * full}{' ' * (_BAR - full)}] {self._sentence(seconds)}"
        return text[: columns(self._stream) - 1]  # what is longer than a line cannot be erased


def is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody looks at it who can see a bar."""
    try:
        return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"
    except ValueError:  # it was closed
        return False


def columns(stream: TextIO) -> int:
    """How wide the terminal is."""
    try:
        return os.get_terminal_size(stream.fileno()).columns or _WIDTH
    except (OSError, ValueError, AttributeError):  # it has no descriptor, or that is no terminal
        return _WIDTH


def clock(seconds: float) -> str:
    """`1:02:03`, or `0:07`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
