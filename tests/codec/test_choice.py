"""typing.Literal (type-system spec 2.9, rows 73-74 of 8.2). Membership is checked, which flytekit does not do."""

from __future__ import annotations

from typing import Literal, Optional

import pytest

from tests import literals as l
from wingbeat.errors import TypeTransformerFailedError


@pytest.mark.parametrize(
    ("hint", "value"),
    [
        (Literal["a", "b"], "a"),
        (Literal[1, 2], 2),
        (Literal[True], True),
        (list[Literal["a", "b"]], ["b", "a"]),
        (dict[str, Literal[1, 2]], {"x": 1}),
        (Optional[Literal["a"]], "a"),
        (Optional[Literal["a"]], None),
    ],
    ids=repr,
)
def test_round_trip(codecs, hint, value):
    decoded = codecs.decode(hint, codecs.encode(hint, value))
    assert decoded == value
    assert type(decoded) is type(value)


def test_the_literal_is_that_of_the_base_type(codecs):
    assert l.Literal.FromString(codecs.encode(Literal["a", "b"], "a")) == l.string("a")
    assert l.Literal.FromString(codecs.encode(Literal[1, 2], 2)) == l.integer(2)


@pytest.mark.parametrize(
    ("hint", "value"),
    [
        (Literal["a", "b"], "zzz"),
        (Literal["a", "b"], 1),
        (Literal["a", "b"], None),
        (Literal[1, 2], 3),
        (Literal[1, 2], True),
        (Literal[1, 2], 1.0),
        (Literal[True], False),
        (Literal[True], 1),
    ],
    ids=repr,
)
def test_not_written(codecs, hint, value):
    with pytest.raises(TypeTransformerFailedError):
        codecs.encode(hint, value)


@pytest.mark.parametrize(
    ("hint", "literal"),
    [
        (Literal["a", "b"], l.string("zzz")),
        (Literal["a", "b"], l.integer(1)),
        (Literal["a", "b"], l.none()),
        (Literal["a", "b"], l.binary("c")),
        (Literal[1, 2], l.integer(3)),
        (Literal[1, 2], l.boolean(True)),
        (Literal[1, 2], l.floating(1.5)),
    ],
    ids=lambda part: " ".join(str(part).split()),
)
def test_not_read(codecs, hint, literal):
    with pytest.raises(TypeTransformerFailedError):
        codecs.decode(hint, literal)


def test_coercions_of_the_base_type(codecs):
    value = codecs.decode(Literal[1, 2], l.floating(2.0))
    assert value == 2
    assert type(value) is int
    assert codecs.decode(Literal["a"], l.binary("a")) == "a"


def test_values_of_several_types_are_refused(codecs):
    with pytest.raises(TypeTransformerFailedError, match="All values must be of the same type"):
        codecs.Codec(Literal["a", 1])
