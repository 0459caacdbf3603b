"""Which cases there are, and which sides take part in them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benches.case import Case


class Family(NamedTuple):
    """Cases that stand in one table.

    The slow sides convert at most `few` values; what is compared is the time of one.
    """

    name: str
    modules: tuple[str, ...]
    sides: tuple[str, ...]
    few: int

    def cases(self) -> Iterator[Case]:
        """All cases, module by module, each loaded when it is reached."""
        for module in self.modules:
            yield from import_module(f"benches.{module}").CASES


SLOW = ("reference", "flytekit")
VALUES = Family("values", ("data",), ("wingbeat", "msgspec", "reference", "flytekit"), 20_000)
TYPES = Family("types", ("kinds", "models"), ("wingbeat", "flytekit"), 5_000)
FAMILIES = (VALUES, TYPES)


def find(name: str) -> tuple[Family, Case]:
    """The case of that name and its family."""
    return next((family, case) for family in FAMILIES for case in family.cases() if case.name == name)
