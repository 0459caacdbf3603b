"""The small functions and classes of `flytekit.core` and its neighbours do what flytekit's do."""

from __future__ import annotations

import pytest

from tests.compat import core_cases
from tests.compat.cases import ours, theirs

PARTS = {
    "interfaces": (
        *("read", "refused", "untyped", "typed", "parameters", "variables", "lists", "types", "returned", "names"),
        *("texts", "shared"),
    ),
    "small": ("names", "bool", "return", "lazy", "imported", "folders", "proto", "nested", "wrapped", "tests"),
    "others": ("loggers", "coroutines", "states", "branches", "columns", "flat", "pickle", "renderable"),
}


@pytest.mark.parametrize(("part", "answer"), [(part, answer) for part, answers in PARTS.items() for answer in answers])
def test_equals_flytekit(part: str, answer: str) -> None:
    assert ours(core_cases)[part][answer] == theirs("core_cases")[part][answer]


def test_nothing_is_left_out() -> None:
    assert {part: set(answers) for part, answers in PARTS.items()} == {
        part: set(answers) for part, answers in ours(core_cases).items()
    }
