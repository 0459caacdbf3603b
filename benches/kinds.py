"""Lists of nested dataclasses, unions, enums, moments and dicts. The standard library only, as `data`."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import Enum
from typing import Any, Optional, Union

from benches.case import Case
from benches.data import integer, text

VALUES = 100_000
START = datetime(2020, 1, 1, tzinfo=timezone.utc)
UNTYPED = list[dict]  # type: ignore[type-arg]


@dataclass
class Address:
    """The innermost."""

    street: str
    zip: int


@dataclass
class Customer:
    """The one between."""

    name: str
    address: Address


@dataclass
class Order:
    """Three levels, six scalars."""

    number: int
    amount: float
    open: bool
    customer: Customer


@dataclass
class Card:
    """One way to pay."""

    number: str
    month: int
    year: int


@dataclass
class Transfer:
    """Another way."""

    account: str
    amount: float


class State(Enum):
    """As many members as an ordinary enum has."""

    NEW = "new"
    PAID = "paid"
    PACKED = "packed"
    SENT = "sent"
    RETURNED = "returned"


def order(rng: random.Random) -> Order:
    """One nested dataclass."""
    customer = Customer(text(rng), Address(text(rng), rng.randrange(1000, 100_000)))
    return Order(integer(rng), rng.gauss(0, 1e4), rng.random() < 0.5, customer)


def payment(rng: random.Random) -> Union[Card, Transfer]:
    """Each of both as often."""
    if rng.random() < 0.5:
        return Card(text(rng), rng.randrange(1, 13), rng.randrange(2026, 2036))
    return Transfer(text(rng), rng.gauss(0, 1e4))


def moment(rng: random.Random) -> datetime:
    """Within ten years, to the microsecond."""
    return START + timedelta(microseconds=rng.randrange(10 * 365 * 86_400 * 1_000_000))


def note(rng: random.Random) -> Optional[str]:
    """One in four is missing."""
    return None if rng.random() < 0.25 else text(rng)


def document(rng: random.Random) -> dict[str, Any]:
    """Ten keys: what a JSON service returns for one row."""
    return {
        "id": integer(rng),
        "name": text(rng),
        "email": text(rng),
        "amount": rng.gauss(0, 1e4),
        "rate": rng.random(),
        "open": rng.random() < 0.5,
        "note": None,
        "count": rng.randrange(100),
        "created": rng.randrange(1_500_000_000_000, 1_800_000_000_000),
        "tags": [text(rng), text(rng)],
    }


CASES = (
    Case("list[nested dataclass]", list[Order], lambda rng, n: [order(rng) for _ in range(n)], VALUES, 150),
    Case(
        "list[Union[dataclass, dataclass]]",
        list[Union[Card, Transfer]],
        lambda rng, n: [payment(rng) for _ in range(n)],
        VALUES,
        150,
    ),
    Case("list[Enum]", list[State], lambda rng, n: [rng.choice(tuple(State)) for _ in range(n)], VALUES, 400),
    Case("list[datetime]", list[datetime], lambda rng, n: [moment(rng) for _ in range(n)], VALUES, 300),
    Case("list[Optional[str]]", list[Optional[str]], lambda rng, n: [note(rng) for _ in range(n)], VALUES, 400),
    Case("list[dict], 10 keys", UNTYPED, lambda rng, n: [document(rng) for _ in range(n)], VALUES, 20),
)
