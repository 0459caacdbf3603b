"""Pydantic models. A module of its own: pydantic would be loaded in the processes of all other cases."""

from __future__ import annotations

import random

from pydantic import BaseModel

from benches.case import Case
from benches.data import integer, text


class Model(BaseModel):
    """The fields of `data.Record`."""

    number: int
    amount: float
    name: str
    open: bool


def model(rng: random.Random) -> Model:
    """One valid model."""
    return Model(number=integer(rng), amount=rng.gauss(0, 1e4), name=text(rng), open=rng.random() < 0.5)


CASES = (Case("list[pydantic model]", list[Model], lambda rng, n: [model(rng) for _ in range(n)], 100_000, 20),)
