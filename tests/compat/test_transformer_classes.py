"""flytekit's classes of transformers convert, answer and can be extended as flytekit's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.compat import transformer_cases
from tests.compat.cases import ours, theirs
from wingbeat.types import registry


@pytest.fixture(scope="module", autouse=True)
def nothing_is_left() -> Iterator[None]:
    yield
    registry.remove(transformer_cases.Own)


@pytest.mark.parametrize("name", transformer_cases.CONVERSIONS)
def test_conversions(name: str) -> None:
    assert ours(transformer_cases)["conversions"][name] == theirs("transformer_cases")["conversions"][name]


def test_a_subclass_may_call_what_it_overrides() -> None:
    assert ours(transformer_cases)["extended"] == theirs("transformer_cases")["extended"]


@pytest.mark.parametrize(
    "name",
    [
        *("get_sub_type", "get_sub_type_or_none", "is_optional_type", "extract_types", "is_pickle", "get_batch_size"),
        *("get_underlying_type", "is_annotated", "get_sub_type_in_optional", "get_base_type"),
    ],
)
def test_questions(name: str) -> None:
    assert ours(transformer_cases)["questions"][name] == theirs("transformer_cases")["questions"][name]
