"""Where wingbeat is meant to differ from flytekit, of all that is recorded.

Each row begins like the row of docs/differences.md that says why. The parts are those of an observation (observe.py); a case that
differs in anything else fails, and so does one that is listed here and does not differ.
"""

from __future__ import annotations

#: The first column of a row of docs/differences.md, or how it begins -> the case -> the parts that differ.
DIFFERENCES: dict[str, dict[str, tuple[str, ...]]] = {}


def listed(case: str) -> set[str]:
    """The parts in which a case differs."""
    return {part for cases in DIFFERENCES.values() for part in cases.get(case, ())}
