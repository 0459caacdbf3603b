"""enum.Enum (type-system spec 2.8, rows 69-72 of 8.2)."""

from __future__ import annotations

import enum
from typing import Optional

import pytest

from tests import literals as l
from wingbeat.errors import TypeTransformerFailedError


class Color(enum.Enum):
    RED = "red"
    CRIMSON = "red"  # an alias
    BLUE = "blue"


class Mood(str, enum.Enum):
    HAPPY = "happy"


class Level(enum.IntEnum):
    LOW = 1


class Lenient(enum.Enum):
    A = "a"
    UNKNOWN = "?"

    @classmethod
    def _missing_(cls, value):
        return cls.UNKNOWN if value == "odd" else None


@pytest.mark.parametrize("member", [Color.RED, Color.CRIMSON, Color.BLUE, Mood.HAPPY])
def test_round_trip(codecs, member):
    data = codecs.encode(type(member), member)
    assert l.Literal.FromString(data) == l.string(member.value)
    assert codecs.decode(type(member), data) is member


def test_a_raw_value_is_written(codecs):
    assert l.Literal.FromString(codecs.encode(Color, "red")) == l.string("red")
    assert l.Literal.FromString(codecs.encode(Mood, "happy")) == l.string("happy")


@pytest.mark.parametrize("value", ["RED", "", 1, None, Mood.HAPPY, b"red", ["red"], Color], ids=repr)
def test_anything_else_is_refused(codecs, value):
    with pytest.raises(TypeTransformerFailedError):
        codecs.encode(Color, value)


@pytest.mark.parametrize(
    "literal",
    [l.string("zzz"), l.string(""), l.string("RED"), l.integer(1), l.none(), l.nothing(), l.binary(1), l.collection()],
    ids=lambda part: " ".join(str(part).split()) or "nothing",
)
def test_not_read(codecs, literal):
    with pytest.raises(TypeTransformerFailedError):
        codecs.decode(Color, literal)


def test_an_unknown_value_lists_the_allowed(codecs):
    with pytest.raises(TypeTransformerFailedError, match=r"(?s)zzz.*red.*blue"):
        codecs.decode(Color, l.string("zzz"))


def test_binary_is_read(codecs):
    assert codecs.decode(Color, l.binary("blue")) is Color.BLUE


def test_the_hook_for_missing_values_is_asked(codecs):
    """Calling the class, as flytekit does, asks it."""
    assert codecs.decode(Lenient, l.string("odd")) is Lenient.UNKNOWN
    with pytest.raises(TypeTransformerFailedError):
        codecs.decode(Lenient, l.string("odder"))


def test_nested(codecs):
    value = {"a": [Color.RED, Color.BLUE], "b": []}
    assert codecs.decode(dict[str, list[Color]], codecs.encode(dict[str, list[Color]], value)) == value
    assert codecs.decode(Optional[Color], codecs.encode(Optional[Color], Color.BLUE)) is Color.BLUE


def test_only_string_values(codecs):
    with pytest.raises(TypeTransformerFailedError, match="Only EnumTypes with value of string are supported"):
        codecs.Codec(Level)
