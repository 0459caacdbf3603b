"""The exceptions that unchanged code raises and catches are flytekit's in all that can be seen of them."""

from __future__ import annotations

import pytest

from tests.compat import exception_cases
from tests.compat.cases import ours, theirs


@pytest.mark.parametrize(
    "name", [f"{module}.{name}" for module, names in exception_cases.CASES.items() for name in names]
)
def test_an_exception_is_flytekits(name: str) -> None:
    expected, got = theirs("exception_cases")[name], ours(exception_cases)[name]
    for own, other in zip(got["calls"], expected["calls"], strict=True):
        if other["text"] == "TypeError":  # an argument that is no text; wingbeat shows it
            assert own.pop("text").startswith(f"{expected['code']}: error=<function")
            del other["text"]
    assert got == expected


def test_every_exception_is_compared() -> None:
    from wingbeat.flytekit_compat.names import recorded

    for module, names in exception_cases.CASES.items():
        made = {name for name, target in recorded(module).items() if isinstance(target, type)}
        assert made == set(names)
