"""Random numbers that `random.seed` does not change: `flytekit.interfaces.random`."""

from __future__ import annotations

import random as library

__all__ = ["random", "seed_flyte_random"]

random = library.Random()  # noqa: S311  # for names, not for secrets


def seed_flyte_random(seed: float | str | bytes | bytearray | None) -> None:
    """Begin again, from this seed."""
    random.seed(seed)
