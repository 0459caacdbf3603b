"""The literal type of a hint says what flytekit's says, as a message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional, Union

import pytest
from flyteidl.core import types_pb2

from tests.case_module import load
from tests.types.oracle import ask
from wingbeat.types.json_schema import json_schema
from wingbeat.types.literal_type import literal_type, variant_literal_type

cases = load(__file__, "literal_type_cases")


def message(data: bytes) -> Any:
    return types_pb2.LiteralType.FromString(data)


@pytest.mark.parametrize("name", cases.HINTS)
def test_equals_flytekit(name: str) -> None:
    answer = ask("oracle_literal_types.py")[name]
    if "error" in answer:
        with pytest.raises(Exception) as raised:  # noqa: PT011
            literal_type(cases.HINTS[name])
        classes = {cls.__name__ for cls in type(raised.value).__mro__}
        assert classes & (set(answer["error"]) - {"Exception", "BaseException", "object"})
    else:
        ours = message(literal_type(cases.HINTS[name]))
        assert ours == message(bytes.fromhex(answer["hex"]))


def test_enough_dataclasses_are_compared() -> None:
    with_schema = [cls for cls in cases.DATACLASSES if json_schema(cls) is not None]
    assert len(with_schema) >= 45


# Type-system spec 1.3.
@pytest.mark.parametrize(
    ("hint", "golden"),
    [
        (int, "0801"),
        (list[int], "1a020801"),
        (dict[str, int], "22020801"),
        (Optional[int], "52170a0908015a050a03696e740a0a08005a060a046e6f6e65"),
        (dict, "08094a3f0a3d0a3b" + "0a12" + b"cache-key-metadata".hex() + "12252a230a21"
         + "0a14" + b"serialization-format".hex() + "1209" + "1a07" + b"msgpack".hex()),
    ],
)  # fmt: skip
def test_golden_bytes(hint: Any, golden: str) -> None:
    assert literal_type(hint).hex() == golden


def test_a_variant_keeps_schema_and_annotation_but_not_the_fields() -> None:
    whole = message(literal_type(cases.Inner))
    variant = message(variant_literal_type(cases.Inner, "Object-Dataclass-Transformer"))
    assert whole.structure.dataclass_type
    assert variant.structure == types_pb2.TypeStructure(tag="Object-Dataclass-Transformer")
    assert variant.metadata == whole.metadata
    assert variant.annotation == whole.annotation


def test_the_order_of_a_union_is_kept() -> None:
    assert literal_type(Union[int, str]) != literal_type(Union[str, int])


def test_a_recursive_class_ends() -> None:
    found = message(literal_type(cases.Node))
    assert set(found.structure.dataclass_type) == {"value"}
    assert found.metadata["$ref"] == "#/$defs/Node"


@dataclass
class Left:
    right: Optional[Right] = None


@dataclass
class Right:
    left: Optional[Left] = None


def test_classes_that_contain_each_other_end() -> None:
    assert set(message(literal_type(Left)).structure.dataclass_type) == {"right"}
    schema = json_schema(Left)
    assert schema is not None
    assert set(schema["$defs"]) == {"Left"}


@dataclass
class BadDefault:
    a: float = float("nan")


def test_a_default_that_json_cannot_say_means_no_schema() -> None:
    assert json_schema(BadDefault) is None
    assert not message(literal_type(BadDefault)).HasField("metadata")
