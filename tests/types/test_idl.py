"""The message models behave as flytekit's, except where those are broken."""

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
import subprocess
import sys
import types
from typing import Any

import pytest
from flyteidl.core import literals_pb2, types_pb2
from google.protobuf.struct_pb2 import Struct
from google.protobuf.timestamp_pb2 import Timestamp

from tests.types import idl_cases
from tests.types.oracle import ask
from wingbeat import idl
from wingbeat.idl import (
    Binary,
    Blob,
    BlobMetadata,
    BlobType,
    EnumType,
    Error,
    Literal,
    LiteralType,
    Primitive,
    Scalar,
    StructuredDatasetMetadata,
    StructuredDatasetType,
    TypeAnnotation,
    TypeStructure,
    Variable,
)

NAMES = types.SimpleNamespace(**{name: getattr(idl, name) for name in idl.__all__}, Struct=Struct)

#: Type-system spec 1.4: what flytekit does wrong here. Case -> what differs.
MENDED = {
    # An empty Struct counts as no value.
    "scalar empty generic": {"built", "decoded"},
    # A decoded error stays a protobuf message, which cannot be encoded again.
    "scalar error": {"decoded", "equal"},
}


@pytest.fixture(scope="module")
def ours() -> dict[str, Any]:
    return json.loads(json.dumps(idl_cases.report(NAMES)))


@pytest.mark.parametrize("name", idl_cases.cases(NAMES))
def test_equals_flytekit(name: str, ours: dict[str, Any]) -> None:
    theirs = ask("oracle_idl.py")[name]
    for part, answer in theirs.items():
        if part in MENDED.get(name, ()):
            assert ours[name][part] != answer
        else:
            assert ours[name][part] == answer


def test_an_empty_struct_is_a_value() -> None:
    scalar = Scalar(generic=Struct())
    assert scalar.value is scalar.generic
    assert Scalar.from_flyte_idl(scalar.to_flyte_idl()).value == Struct()


def test_a_decoded_error_can_be_encoded() -> None:
    scalar = Scalar.from_flyte_idl(Scalar(error=Error("n0", "boom")).to_flyte_idl())
    assert scalar.error == Error(failed_node_id="n0", message="boom")
    assert Scalar.from_flyte_idl(scalar.to_flyte_idl()) == scalar


def test_fields_may_be_assigned() -> None:
    kind = LiteralType(simple=1)
    kind.annotation = TypeAnnotation({"a": 1})
    kind.metadata = {"b": 2}
    assert kind.to_flyte_idl().annotation.annotations["a"] == 1
    assert kind.to_flyte_idl().metadata["b"] == 2


def test_the_names_that_plugins_write_to() -> None:
    kind = LiteralType(simple=1)
    kind._structure = TypeStructure(tag="int")
    kind._annotation = TypeAnnotation({"a": 1})
    kind._metadata = {"b": 2}
    assert kind == LiteralType(
        simple=1, metadata={"b": 2}, structure=TypeStructure("int"), annotation=TypeAnnotation({"a": 1})
    )
    blob = Blob(BlobMetadata(BlobType("", 0)), "a")
    blob._uri = "b"
    assert blob.uri == "b"
    metadata = StructuredDatasetMetadata()
    metadata._structured_dataset_type = StructuredDatasetType(format="csv")
    assert metadata.structured_dataset_type is not None
    assert metadata.structured_dataset_type.format == "csv"


def test_enum_values_are_a_list_on_both_ways() -> None:
    kind = EnumType(["a"])
    assert type(EnumType.from_flyte_idl(kind.to_flyte_idl()).values) is list


def test_a_timestamp_is_taken_whole() -> None:
    stamp = Timestamp(seconds=1, nanos=500_000_000)
    assert Primitive(datetime=stamp).datetime == dt.datetime(1970, 1, 1, 0, 0, 1, 500_000, tzinfo=dt.timezone.utc)


def test_merge_annotations() -> None:
    merged = TypeAnnotation.merge_annotations(TypeAnnotation({"a": 1, "b": 1}), TypeAnnotation({"b": 2}))
    assert merged.annotations == {"a": 1, "b": 2}


def test_set_metadata() -> None:
    literal = Literal()
    literal.set_metadata({"a": "b"})
    literal.hash = "h"
    assert literal.to_flyte_idl() == literals_pb2.Literal(metadata={"a": "b"}, hash="h")


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda thing: pickle.loads(pickle.dumps(thing))])
def test_copies_are_equal(copied: Any) -> None:
    thing = Literal(scalar=Scalar(binary=Binary(b"\xc0", "msgpack")), metadata={"a": "b"})
    assert copied(thing) == thing
    assert copied(thing) is not thing


def test_objects_work_as_keys() -> None:
    assert {LiteralType(simple=1): 1}[LiteralType(simple=1)] == 1
    assert LiteralType(simple=1) != types_pb2.LiteralType(simple=1)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Binary(b""), "Binary needs an argument 'tag'"),
        (lambda: Binary(b"", "a", "b"), "Binary takes 2 arguments, got 3"),  # type: ignore[call-arg]
        (lambda: Binary(b"", value=b"", tag=""), "Binary got two values for 'value'"),  # type: ignore[misc]
        (lambda: Literal(text=1), "Literal has no field 'text'"),  # type: ignore[call-arg]
    ],
)  # fmt: skip
def test_wrong_arguments(call: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        call()


def test_from_bytes() -> None:
    literal = Literal(scalar=Scalar(primitive=Primitive(integer=1)))
    assert Literal.from_bytes(literal.serialize_to_string()) == literal
    with pytest.raises(ValueError, match="not a serialized Literal"):
        Literal.from_bytes(b"\xff")


def test_html_for_notebooks() -> None:
    assert Primitive(integer=1)._repr_html_() == "<h4>Primitive</h4><pre>integer: 1</pre>"


def test_a_message_may_stand_for_its_model() -> None:
    kind = types_pb2.LiteralType(simple=1)
    assert Variable(kind, "d").to_flyte_idl().type == kind  # type: ignore[arg-type]


def test_protobuf_is_imported_by_the_first_conversion() -> None:
    code = """
import sys
from wingbeat.idl import Literal, LiteralType
Literal(hash="h")
print("google.protobuf" in sys.modules)
Literal(hash="h").to_flyte_idl()
print("google.protobuf" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


def test_every_message_has_the_fields_of_its_model() -> None:
    for name in idl.__all__:
        model = getattr(idl, name)
        if isinstance(model, type) and issubclass(model, idl.Model) and model is not idl.Model:
            from wingbeat.idl.model import _plan

            message, readers, _ = _plan(model)
            assert message.DESCRIPTOR.full_name.startswith("flyteidl.core.")
            assert len(readers) == len(model._fields)
