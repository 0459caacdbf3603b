"""Repeated measurements of two sides, compared pair by pair."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PYTHON = sys.executable
PEER = ROOT / ".peers" / "flytekit" / "bin"


class Sample(NamedTuple):
    """One run: wall seconds for so many values, and bytes of memory."""

    seconds: float
    values: int
    memory: int

    @property
    def nanoseconds(self) -> float:
        """Time for one value."""
        return self.seconds / self.values * 1e9


def time(samples: list[Sample]) -> float:
    """Nanoseconds for one value, median."""
    return median(sample.nanoseconds for sample in samples)


def memory(samples: list[Sample]) -> float:
    """Bytes, median."""
    return median(sample.memory for sample in samples)


def ratio(numerator: list[Sample], denominator: list[Sample]) -> float:
    """The time of one side in units of the other: median over the runs that stood side by side."""
    return median(a.nanoseconds / b.nanoseconds for a, b in zip(numerator, denominator, strict=True))


def environment() -> dict[str, str]:
    """What every measured process gets: bytecode caches, the sources of this folder, nothing of the caller's paths."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "FLYTE", "_F_"))}
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "python")]),
        "FLYTE_INTERNAL_EXECUTION_ID": "bench",
    }
