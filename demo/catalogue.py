"""The types of the demo, used by the task and by the script that wrote its inputs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional


@dataclass
class Line:
    """So many pieces of one article."""

    article: str
    pieces: int


@dataclass
class Order:
    """What one customer ordered."""

    number: int
    customer: str
    lines: list[Line]
    express: bool = False
    note: Optional[str] = None


@dataclass
class Invoice:
    """What one customer has to pay."""

    order: int
    total: float
    remark: Optional[str] = None
