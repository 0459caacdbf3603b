"""Any type, any value, any bytes: Rust and reference agree with each other and with what went in."""

from __future__ import annotations

from typing import Any, Dict

import pydantic
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from tests import literals as l
from tests.conftest import REFERENCE, RUST, Codecs
from tests.types_and_values import DOCUMENTS, LITERALS, packed_types, typed_values, types
from wingbeat.errors import MalformedLiteralError, TypeTransformerFailedError

ERRORS = (MalformedLiteralError, TypeTransformerFailedError)


def same(left: Any, right: Any) -> bool:
    """Equal, and of the same types all the way: `1`, `1.0` and `True` differ here, and NaN equals itself."""
    return repr_of(left) == repr_of(right)


def repr_of(value: Any) -> str:
    """Protobuf maps have no order, so that neither have dicts."""
    if isinstance(value, dict):
        return "{" + ", ".join(sorted(f"{repr_of(k)}: {repr_of(v)}" for k, v in value.items())) + "}"
    if isinstance(value, (list, tuple)):
        return f"{type(value).__name__}({', '.join(map(repr_of, value))})"
    if isinstance(value, (set, frozenset)):
        return f"{type(value).__name__}{sorted(map(repr_of, value))}"
    if isinstance(value, pydantic.BaseModel):
        return f"{type(value).__qualname__}({repr_of(dict(value))})"
    if hasattr(value, "__dataclass_fields__"):
        return (
            f"{type(value).__qualname__}({', '.join(repr_of(getattr(value, f)) for f in value.__dataclass_fields__)})"
        )
    return repr(value)


@given(typed_values())
def test_round_trip(pair):
    hint, value = pair
    for codecs in (RUST, REFERENCE):
        codec = codecs.Codec(hint)
        assert same(codec.decode(codec.encode(value)), value), codecs.name


@given(typed_values())
def test_the_same_literal_is_written(pair):
    hint, value = pair
    written = [l.Literal.FromString(codecs.encode(hint, value)) for codecs in (RUST, REFERENCE)]
    assert written[0] == written[1]


@given(typed_values())
def test_the_older_form_round_trips_alike(pair):
    """Not losslessly: every number is a double. But both read the same from the same literal."""
    hint, value = pair
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FLYTE_USE_OLD_DC_FORMAT", "1")
        outcomes = [attempt(lambda codecs=codecs: codecs.encode(hint, value)) for codecs in (RUST, REFERENCE)]
        if isinstance(outcomes[0], bytes) and isinstance(outcomes[1], bytes):
            assert l.Literal.FromString(outcomes[0]) == l.Literal.FromString(outcomes[1])
            decoded = [attempt(lambda codecs=codecs: codecs.decode(hint, outcomes[0])) for codecs in (RUST, REFERENCE)]
            assert agree(*decoded)
        else:
            assert agree(*outcomes)


@given(typed_values(), typed_values())
def test_a_value_of_one_type_read_as_another(written, read):
    """Mostly errors, and coercions: both implementations decide alike."""
    data = REFERENCE.encode(*written)
    assert agree(*(attempt(lambda codecs=codecs: codecs.decode(read[0], data)) for codecs in (RUST, REFERENCE)))


@given(types(), st.lists(LITERALS, min_size=1, max_size=5))
def test_any_literal_for_any_type(typed, literals):
    for literal in literals:
        data = literal.SerializeToString()
        outcomes = [
            attempt(lambda codecs=codecs, data=data: codecs.decode(typed.hint, data)) for codecs in (RUST, REFERENCE)
        ]
        assert agree(*outcomes), outcomes


@given(packed_types(3), st.lists(DOCUMENTS, min_size=1, max_size=5))
def test_any_document_for_any_type(typed, documents):
    hint = Dict[int, typed.hint]
    for document in documents:
        data = l.binary({1: document}).SerializeToString()
        outcomes = [attempt(lambda codecs=codecs, data=data: codecs.decode(hint, data)) for codecs in (RUST, REFERENCE)]
        assert agree(*outcomes), outcomes


@given(typed_values(), typed_values())
def test_a_value_of_another_type_written(one, other):
    hint, value = one[0], other[1]
    outcomes = [attempt(lambda codecs=codecs: codecs.encode(hint, value)) for codecs in (RUST, REFERENCE)]
    if all(isinstance(outcome, bytes) for outcome in outcomes):
        assert l.Literal.FromString(outcomes[0]) == l.Literal.FromString(outcomes[1])
    else:
        assert agree(*outcomes)


@given(typed_values(), st.data())
def test_elements_of_a_map_task(pair, data):
    hint, value = pair
    size = data.draw(st.integers(1, 4))
    index = data.draw(st.integers(0, size - 1))
    whole = RUST.InterfaceCodec({"x": list[hint], "y": hint}).encode({"x": [value] * size, "y": value})
    for codecs in (RUST, REFERENCE):
        decoded = codecs.InterfaceCodec({"x": hint, "y": hint}).decode(whole, element=index, bound=["y"])
        assert same(decoded, {"x": value, "y": value}), codecs.name


@given(typed_values(), st.binary(max_size=200))
@example((int, 0), b"\x0a\x02\x0a\x00")
def test_arbitrary_bytes(pair, data):
    outcomes = [attempt(lambda codecs=codecs: codecs.decode(pair[0], data)) for codecs in (RUST, REFERENCE)]
    assert agree(*outcomes) or accepted(data, *outcomes)


@st.composite
def mutated(draw: st.DrawFn) -> tuple[Any, bytes]:
    hint, value = draw(typed_values())
    data = bytearray(REFERENCE.encode(hint, value))
    assume(data)
    for _ in range(draw(st.integers(1, 3))):
        position = draw(st.integers(0, len(data)))
        kind = draw(st.sampled_from(["flip", "insert", "delete", "cut", "repeat"]))
        if kind == "flip" and position < len(data):
            data[position] ^= 1 << draw(st.integers(0, 7))
        elif kind == "insert":
            data[position:position] = draw(st.binary(min_size=1, max_size=4))
        elif kind == "delete":
            del data[position : position + draw(st.integers(1, 4))]
        elif kind == "cut":
            del data[position:]
        else:
            data[position:position] = data[draw(st.integers(0, position)) : position]
    return hint, bytes(data)


@given(mutated())
@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
def test_mutated_literals(pair):
    hint, data = pair
    outcomes = [attempt(lambda codecs=codecs: codecs.decode(hint, data)) for codecs in (RUST, REFERENCE)]
    assert agree(*outcomes) or accepted(data, *outcomes), (outcomes, data.hex())


def attempt(work: Any) -> Any:
    """The result, or one of the two errors. Anything else is a failure of the test."""
    try:
        return work()
    except ERRORS as error:
        assert str(error)
        assert error.path.startswith("value")
        assert len(str(error)) < 2000
        return error


def agree(rust: Any, reference: Any) -> bool:
    failed = [isinstance(outcome, Exception) for outcome in (rust, reference)]
    return all(failed) if any(failed) else same(rust, reference)


#: Where the two may differ, and why.
ACCEPTED = {
    "The protobuf library checks a whole message, Rust only what it reads: what is ignored may be malformed.": (
        lambda data, rust, reference: isinstance(reference, MalformedLiteralError)
    ),
    "The protobuf library drops map entries that hold unknown fields; the specification says to skip those.": (
        lambda data, rust, reference: has_unknown_fields(data)
    ),
    "A key that occurs twice: Rust reads the first value, too, and so finds what is wrong with it.": (
        lambda data, rust, reference: (
            isinstance(rust, Exception)
            and not isinstance(reference, Exception)
            and len(l.Literal.FromString(data).SerializeToString()) != len(data)
        )
    ),
}


def accepted(data: bytes, rust: Any, reference: Any) -> bool:
    return any(applies(data, rust, reference) for applies in ACCEPTED.values())


def has_unknown_fields(data: bytes) -> bool:
    literal = l.Literal.FromString(data)
    before = literal.ByteSize()
    literal.DiscardUnknownFields()
    return literal.ByteSize() != before


def test_both_implementations_take_part():
    assert [codecs.name for codecs in (RUST, REFERENCE)] == ["rust", "reference"]
    assert isinstance(RUST, Codecs)
