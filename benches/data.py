"""Large flat values and dataclasses. Loaded by every side, so the standard library only."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Optional

from benches.case import Case


@dataclass
class Record:
    """Four mixed fields."""

    number: int
    amount: float
    name: str
    open: bool


def integer(rng: random.Random) -> int:
    """Counters, identifiers, byte sizes and milliseconds since 1970, in the mixture of an ordinary table."""
    share = rng.random()
    if share < 0.4:
        return rng.randrange(0, 1 << 7)
    if share < 0.7:
        return rng.randrange(0, 1 << 16)
    if share < 0.88:
        return rng.randrange(0, 1 << 31)
    if share < 0.98:
        return rng.randrange(1_500_000_000_000, 1_800_000_000_000)
    return -rng.randrange(1, 1 << 20)


def text(rng: random.Random) -> str:
    """4 to 40 characters, one in twenty texts not ASCII."""
    letters = "abcdefghijklmnopqrstuvwxyz0123456789-_ " if rng.random() < 0.95 else "aéßøłж中文 ñü"
    return "".join(rng.choices(letters, k=rng.randint(4, 40)))


def record(rng: random.Random) -> Record:
    """One row of an ordinary table."""
    return Record(integer(rng), rng.gauss(0, 1e4), text(rng), rng.random() < 0.5)


def optional(rng: random.Random) -> Optional[int]:
    """One in four is missing."""
    return None if rng.random() < 0.25 else integer(rng)


def users(rng: random.Random, values: int) -> dict[str, int]:
    """A number for each key."""
    return {f"user-{i:07}": integer(rng) for i in range(values)}


def nested(rng: random.Random, values: int) -> list[list[int]]:
    """As many lists as each has values."""
    side = max(1, round(values**0.5))
    return [[integer(rng) for _ in range(side)] for _ in range(side)]


CASES = (
    Case("list[int]", list[int], lambda rng, n: [integer(rng) for _ in range(n)], 1_000_000, 400),
    Case("list[float]", list[float], lambda rng, n: [rng.gauss(0, 1e6) for _ in range(n)], 1_000_000, 400),
    Case("list[str]", list[str], lambda rng, n: [text(rng) for _ in range(n)], 1_000_000, 400),
    Case("dict[str, int]", dict[str, int], users, 1_000_000, 400),
    Case("list[Optional[int]]", list[Optional[int]], lambda rng, n: [optional(rng) for _ in range(n)], 1_000_000, 400),
    Case("list[list[int]]", list[list[int]], nested, 1_000_000, None),
    Case("list[dataclass]", list[Record], lambda rng, n: [record(rng) for _ in range(n)], 100_000, 150),
)
