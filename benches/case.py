"""What one measurement is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import random
    from collections.abc import Callable


class Case(NamedTuple):
    """One type. `make(random, n)` gives n values of it, `values` is the n that is measured.

    `goal` is how many times faster than flytekit it must be, in both directions.
    """

    name: str
    hint: Any
    make: Callable[[random.Random, int], Any]
    values: int
    goal: float | None
