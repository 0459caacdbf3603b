"""Types that go through Python: what goes wrong, how it is told, and where wingbeat does better than flytekit."""

from __future__ import annotations

import collections
import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Dict, List, Optional, Union

import pytest
from google.protobuf.message import Message

from tests.types.files import Files, context
from tests.types.test_values import cases  # after its packages
from wingbeat import (
    Codec,
    FlyteError,
    InterfaceCodec,
    MalformedLiteralError,
    TypeEngine,
    TypeTransformerFailedError,
)
from wingbeat.idl import Literal, LiteralCollection, LiteralOffloadedMetadata, LiteralType
from wingbeat.types import context as contexts
from wingbeat.types import schema as s
from wingbeat.types.describe import describe
from wingbeat.types.iterator import JSON, FlyteIterator
from wingbeat.types.packed import describe_packed


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> Iterator[Files]:
    files = Files(tmp_path)
    contexts.provide(lambda: context(files))
    yield files
    contexts.provide(None)


def scalar(data: bytes) -> Any:
    return Literal.from_bytes(data).scalar


# --- pydantic -------------------------------------------------------------------------------------------------------


def test_the_class_chooses_among_models() -> None:
    codec: Codec[Any] = Codec(Union[cases.Small, cases.Other])
    for value in (cases.Small(x=1), cases.Other(z=2.5)):
        data = codec.encode(value)
        assert scalar(data).union.stored_type.metadata["title"] == type(value).__name__
        assert codec.decode(data) == value


def test_another_model_is_no_variant() -> None:
    with pytest.raises(TypeTransformerFailedError):
        Codec(Union[cases.Small, int]).encode(cases.Other())


@pytest.mark.parametrize("value", [{"x": 1}, 5, "text", None])
def test_only_a_model_is_written(value: Any) -> None:
    with pytest.raises(TypeTransformerFailedError):
        Codec(cases.Small).encode(value)


def test_what_a_model_refuses_is_told() -> None:
    data = Codec(dict).encode({"x": "one"})
    message = r"^inputs.a.x: Input should be a valid integer.*got str 'one' \(ValidationError of Small\)$"
    with pytest.raises(TypeTransformerFailedError, match=message) as raised:
        InterfaceCodec({"a": cases.Small}).decode(
            b"\n" + bytes((len(data) + 5,)) + b"\n\x01a\x12" + bytes((len(data),)) + data
        )
    assert raised.value.path == "inputs.a.x"


def test_fields_with_aliases_are_read_by_name_too() -> None:
    """They are written by name: a default would take the place of the value without a word."""
    pydantic = cases.pydantic
    aliased = pydantic.create_model(
        "Aliased", a=(int, pydantic.Field(alias="A")), b=(int, pydantic.Field(1, alias="B"))
    )
    codec: Codec[Any] = Codec(aliased)
    value = aliased(A=1, B=2)
    assert codec.encode(value) == Codec(dict).encode({"a": 1, "b": 2})
    assert codec.decode(codec.encode(value)) == value
    assert codec.decode(Codec(dict).encode({"A": 1, "B": 2})) == value
    assert Codec(List[aliased]).decode(Codec(List[aliased]).encode([value])) == [value]


def test_numbers_from_other_clients() -> None:
    assert Codec(cases.Small).decode(Codec(dict).encode({"x": 1.0})) == cases.Small(x=1)
    with pytest.raises(TypeTransformerFailedError):
        Codec(cases.Small).decode(Codec(dict).encode({"x": 1.5}))


def test_a_model_in_a_dataclass() -> None:
    holder = cases.dataclasses.make_dataclass("Holder", [("model", cases.Small), ("many", List[cases.Small])])
    codec = Codec(holder)
    value = holder(cases.Small(x=1), [cases.Small(x=2)])
    assert codec.decode(codec.encode(value)) == value


def test_a_list_of_models_from_one_document() -> None:
    document = Codec(dict).encode({"content": [{"x": 1}, {"x": 2, "y": "z"}]})
    found = Codec(cases.Box[List[cases.Small]]).decode(document)
    assert found.content == [cases.Small(x=1), cases.Small(x=2, y="z")]
    assert describe_packed(List[cases.Small]).item.kind == "json"  # type: ignore[attr-defined]


# --- mashumaro ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cls", "kind"),
    [
        (cases.Plain, "dataclass"),
        (cases.WithBytes, "json"),
        (cases.HookedJson, "json"),
        (cases.HoldsMixin, "dataclass"),
        (cases.ByAlias, "document"),
        (cases.Mixed, "dataclass"),
        (cases.Decorated, "dataclass"),
        (cases.WithOldMixin, "dataclass"),
        (cases.Checked, "dataclass"),
    ],
)
def test_paths(cls: type, kind: str) -> None:
    node = describe(cls)
    assert isinstance(node, s.Packed)
    assert node.target.kind == kind


def test_a_dict_for_a_class_is_written_as_it_is() -> None:
    codec: Codec[Any] = Codec(cases.WithBytes)
    assert codec.decode(codec.encode({"a": {"1": "x"}, "b": "YQ==\n"})) == cases.WithBytes({1: "x"}, b"a")
    codec = Codec(cases.ByAlias)
    assert codec.decode(codec.encode({"A": 1})) == cases.ByAlias(1)


def test_what_mashumaro_refuses_is_told() -> None:
    with pytest.raises(TypeTransformerFailedError, match=r"missing field 'a' of ByAlias \(MissingField"):
        Codec(cases.ByAlias).decode(Codec(dict).encode({"b": "x"}))


# --- fields ---------------------------------------------------------------------------------------------------------


def test_a_missing_key_is_named() -> None:
    at = datetime.date(2020, 1, 2)
    with pytest.raises(TypeTransformerFailedError, match=r"^value\.a: .*missing key 'at' of Record"):
        Codec(cases.Records).encode(cases.Records({"a": 1}, {"b": "x"}))
    with pytest.raises(TypeTransformerFailedError, match=r"^value\.b: .*missing key 'b' of Partial"):
        Codec(cases.Records).decode(Codec(dict).encode({"a": {"a": 1, "at": at.isoformat()}, "b": {}}))


def test_more_keys_are_left_out() -> None:
    at = datetime.date(2020, 1, 2)
    codec = Codec(cases.Records)
    value = cases.Records({"a": 1, "at": at, "more": object()}, {"b": "x"})
    assert codec.decode(codec.encode(value)) == cases.Records({"a": 1, "at": at}, {"b": "x"})


def test_a_bad_value_inside_is_told_with_its_place() -> None:
    with pytest.raises(TypeTransformerFailedError, match=r"^value\.c.*\[\"k\"\].*expected int"):
        Codec(cases.Containers).decode(Codec(dict).encode({"c": {"k": "many"}}))


@pytest.mark.parametrize("text", ["", "utc", "UTC+3", "UTC+0a:00", "GMT+01:00"])
def test_no_time_zones(text: str) -> None:
    with pytest.raises(TypeTransformerFailedError, match="expected timezone, got string"):
        Codec(cases.Odds).decode(Codec(dict).encode({"zone": text}))


def test_a_record_may_be_a_value() -> None:
    codec: Codec[Any] = Codec(cases.Record)
    value = {"a": 1, "at": datetime.date(2020, 1, 2)}
    assert codec.decode(codec.encode(value)) == value


def test_the_factory_of_a_default_dict() -> None:
    found = Codec(cases.Containers).decode(Codec(dict).encode({"b": {"a": [1]}}))
    assert found.b["new"] == []
    assert type(found.b) is collections.defaultdict


# --- protobuf -------------------------------------------------------------------------------------------------------


def test_a_message_without_an_object_is_refused() -> None:
    with pytest.raises(TypeTransformerFailedError, match="Failed to convert to generic protobuf struct"):
        Codec(cases.timestamp_pb2.Timestamp).encode(cases.timestamp_pb2.Timestamp(seconds=1))


def test_a_message_is_read_from_a_struct_only() -> None:
    message = "Can only convert a generic literal to a Protobuf: expected struct, got integer"
    with pytest.raises(TypeTransformerFailedError, match=message):
        Codec(cases.struct_pb2.Struct).decode(Codec(int).encode(1))


def test_another_value_is_no_message() -> None:
    with pytest.raises(TypeTransformerFailedError):
        Codec(cases.struct_pb2.Struct).encode({"a": 1})


def test_a_list_value_is_read_back() -> None:
    value = cases.struct_pb2.ListValue()
    value.extend([1.5, "a", True])
    codec = Codec(cases.struct_pb2.ListValue)
    assert codec.decode(codec.encode(value)) == value


# --- FlyteError -----------------------------------------------------------------------------------------------------


def test_a_failure_nodes_input_may_be_missing() -> None:
    codec = InterfaceCodec({"err": Optional[FlyteError]})
    assert codec.decode(codec.encode({"err": FlyteError("m", "n")})) == {"err": FlyteError("m", "n")}
    assert codec.decode(codec.encode({"err": None})) == {"err": None}


def test_only_an_error_is_an_error() -> None:
    with pytest.raises(TypeTransformerFailedError, match="expected error, got integer"):
        Codec(FlyteError).decode(Codec(int).encode(1))
    with pytest.raises(TypeTransformerFailedError, match="Expected value of type"):
        Codec(FlyteError).encode(ValueError("m"))


# --- iterators ------------------------------------------------------------------------------------------------------


def test_an_iterator_is_read_as_often_as_wanted() -> None:
    codec: Codec[Any] = Codec(cases.Iterator[int])
    found = codec.decode(codec.encode(index for index in range(3)))
    assert isinstance(found, FlyteIterator)
    assert len(found) == 3
    assert list(found) == list(found) == [0, 1, 2]


def test_a_bad_element_is_told_when_it_is_reached() -> None:
    data = Codec(List[str]).encode(["1", "x"])
    found = iter(Codec(cases.Iterator[int]).decode(data))
    with pytest.raises(TypeTransformerFailedError, match=r"^\[0\]: expected integer"):
        next(found)
    with pytest.raises(TypeTransformerFailedError, match=r"\[1\]: expected int"):
        Codec(cases.Iterator[int]).encode([1, "x"])


@pytest.mark.parametrize("value", [5, None, "text", {"a": 1}])
def test_no_iterators(value: Any) -> None:
    for hint in (cases.Iterator[int], cases.Iterator[JSON]):
        with pytest.raises(TypeTransformerFailedError):
            Codec(hint).encode(value)


def test_json_lines() -> None:
    codec: Codec[Any] = Codec(cases.Iterator[JSON])
    uri = scalar(codec.encode(iter([{"a": 1}, "ü"]))).blob.uri
    assert Path(uri).read_text("utf-8") == '{"a": 1}\n"ü"\n'
    literal = Literal.from_bytes(codec.encode(iter([1, 2])))
    assert literal.scalar is not None
    literal.scalar.blob.uri = f"far://{literal.scalar.blob.uri}"
    assert list(codec.decode(literal.serialize_to_string())) == [1, 2]


def test_json_lines_are_bounded_by_what_can_be_read_back() -> None:
    codec: Codec[Any] = Codec(cases.Iterator[JSON])
    with pytest.raises(ValueError, match=r"The iterator is empty\."):
        codec.encode(iter([]))
    with pytest.raises(TypeTransformerFailedError, match=r"\[1\]: None cannot be a line"):
        codec.encode([1, None])
    with pytest.raises(
        TypeTransformerFailedError, match=r"\[0\]: TypeError: Object of type complex is not JSON serializable"
    ):
        codec.encode([1j])


@pytest.mark.parametrize(
    ("text", "message"),
    [("1\nnull\n", "line 2: null is not a value of JSON lines"), ("1\n{\n", "line 2: not JSON: {")],
)
def test_bad_json_lines(text: str, message: str) -> None:
    codec: Codec[Any] = Codec(cases.Iterator[JSON])
    data = codec.encode([1, 2])
    Path(scalar(data).blob.uri).write_text(text, "utf-8")
    found = codec.decode(data)
    assert next(found) == 1
    with pytest.raises(TypeTransformerFailedError, match=message):
        next(found)


def test_empty_lines_are_skipped() -> None:
    codec: Codec[Any] = Codec(cases.Iterator[JSON])
    data = codec.encode([1])
    Path(scalar(data).blob.uri).write_text("\n1\n\n\n2\n\n", "utf-8")
    found = codec.decode(data)
    assert list(found) == [1, 2]
    assert list(found) == []


# --- the rest -------------------------------------------------------------------------------------------------------


def offloaded(uri: str) -> Literal:
    inferred = LiteralType(simple=1)
    return Literal(offloaded_metadata=LiteralOffloadedMetadata(uri=uri, size_bytes=1, inferred_type=inferred))


def test_an_offloaded_literal_is_fetched(files: Files) -> None:
    path = files.root / "stored"
    path.write_bytes(Codec(List[int]).encode([1, 2]))
    ctx = context(files)
    assert TypeEngine.to_python_value(ctx, offloaded(f"far://{path}"), List[int]) == [1, 2]
    assert files.downloads == [f"far://{path}"]
    whole = Literal(collection=LiteralCollection([offloaded(f"far://{path}")]))
    assert list(Codec(cases.Iterator[cases.Iterator[int]]).decode(whole.serialize_to_string()).__next__()) == [1, 2]
    path.write_bytes(b"\xff")
    with pytest.raises(MalformedLiteralError, match="is no literal"):
        TypeEngine.to_python_value(ctx, offloaded(f"far://{path}"), List[int])
    with pytest.raises(AssertionError, match="missing offloaded uri"):
        TypeEngine.to_python_value(ctx, offloaded(""), List[int])


def test_allow_pickle_reads_what_is_no_pickle() -> None:
    hint = cases.CASES["kwtypes"][0]
    assert Codec(hint).decode(Codec(dict).encode({"a": 1})) == {"a": 1}


def test_available_transformers_are_in_flytekits_order() -> None:
    names = [getattr(one, "__name__", str(one)) for one in TypeEngine.get_available_transformers()]
    assert names[:5] == ["int", "float", "str", "datetime", "date"]
    assert names.index("Message") < names.index("FlyteError") < names.index("BaseModel") < names.index("FlytePickle")
    TypeEngine.lazy_import_transformers()


@pytest.mark.parametrize(
    ("hint", "name"),
    [
        (cases.Small, "Pydantic Transformer"),
        (cases.pydantic.BaseModel, "Pydantic Transformer"),
        (cases.struct_pb2.Struct, "Protobuf-Transformer"),
        (FlyteError, "FlyteError"),
        (cases.Iterator[int], "Typed Iterator"),
        (cases.Iterator[JSON], "JSON Iterator"),
        (Any, "FlytePickle"),
        (cases.Thing, "FlytePickle"),
        (cases.Record, "Typed Dict"),
        (Dict[int, str], "Typed Dict"),
    ],
)
def test_names(hint: Any, name: str) -> None:
    assert TypeEngine.get_transformer(hint).name == name


@pytest.mark.parametrize("key", [FlyteError, cases.pydantic.BaseModel, Message])
def test_what_is_brought_along_is_registered(key: Any) -> None:
    from wingbeat import SimpleTransformer

    transformer: Any = SimpleTransformer("X", key, LiteralType(simple=1), json.dumps, json.loads)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"already registered\. Cannot override with X"):
        TypeEngine.register(transformer)
