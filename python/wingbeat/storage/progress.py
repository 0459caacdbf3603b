"""One line on a terminal for a transfer that takes long; nothing anywhere else."""

from __future__ import annotations

import os
import sys
import time

#: Seconds before the first line, and between two.
PATIENCE = 2.0
INTERVAL = 0.2


class Progress:
    """How far a transfer has come. Several threads may report.

    Args:
        what: What is on its way.
        total: Its bytes, where that is known.
    """

    __slots__ = ("_begun", "_done", "_next", "_shown", "_total", "_what")

    def __init__(self, what: str, total: int | None = None) -> None:
        self._what = what
        self._total = total
        self._done = 0
        self._shown = False
        self._begun = time.monotonic()
        self._next = self._begun + PATIENCE if wanted() else None

    def expect(self, total: int | None) -> None:
        """Say how many bytes there are in all."""
        self._total = total

    @property
    def done(self) -> int:
        """How many bytes have arrived, those of attempts that failed among them."""
        return self._done

    def add(self, count: int) -> None:
        """Say that so many more bytes have arrived."""
        self._done += count
        if self._next is not None:
            now = time.monotonic()
            if now >= self._next:
                self._next = now + INTERVAL
                self._shown = True
                write(f"\r\x1b[2K{self.line(now - self._begun)}")

    def line(self, seconds: float) -> str:
        """What is shown after so many seconds."""
        rate = self._done / seconds
        text = f"{self._what}: {megabytes(self._done)}"
        if self._total is not None:
            text += f" of {megabytes(self._total)}"
        text += f", {megabytes(rate)}/s"
        if self._total is not None and rate > 0:
            text += f", {max(self._total - self._done, 0) / rate:.0f} s left"
        return text

    def close(self) -> None:
        """Remove the line."""
        if self._shown:
            write("\r\x1b[2K")
        self._next = None


def wanted() -> bool:
    """Whether there is a terminal, and `WINGBEAT_PROGRESS` is not `off`."""
    return os.environ.get("WINGBEAT_PROGRESS") != "off" and sys.stderr is not None and sys.stderr.isatty()


def megabytes(count: float) -> str:
    """A number of bytes for people."""
    return f"{count / 1e6:.1f} MB"


def write(text: str) -> None:
    """Show it at once."""
    sys.stderr.write(text)
    sys.stderr.flush()
