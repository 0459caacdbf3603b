"""Python values to union literals: the exact type chooses, and two variants that fit are an error (spec 2.7)."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from flyteidl.core import literals_pb2, types_pb2

from wingbeat.errors import TypeTransformerFailedError
from wingbeat.reference import literal_write, union_read, words
from wingbeat.reference.place import mismatch, refusal
from wingbeat.types import schema as s

if TYPE_CHECKING:
    from wingbeat.reference.place import Place


#: Nodes whose values Python converts, so that only trying tells which ones they take.
_TRANSFORMERS = (s.Callback, s.Blob, s.Numbers)


def write(schema: s.Union, value: Any, place: Place) -> literals_pb2.Literal:
    plain = [variant for variant in schema.variants if not isinstance(variant.schema, _TRANSFORMERS)]
    candidates = _by_class(plain, value)
    if len(candidates) == 1:
        return _stored(
            candidates[0], literal_write.write(candidates[0].schema, value, place)
        )  # its own error says most
    reasons: list[str] = []
    fitting = _fitting(candidates, value, place, reasons)
    if len(fitting) > 1 and type(value) is str:
        # A bare string is a `str` before it is the value of an enum.
        fitting = [(v, literal) for v, literal in fitting if isinstance(v.schema, s.Str)] or fitting
    if not fitting:
        transformers = [v for v in schema.variants if isinstance(v.schema, _TRANSFORMERS)]
        if len(transformers) == 1:
            return _stored(transformers[0], literal_write.write(transformers[0].schema, value, place))
        fitting = _fitting(transformers, value, place, reasons)[:1]
    if not fitting:
        labels = ", ".join(variant.label for variant in schema.variants)
        raise mismatch(place, f"one of {labels}", words.python(value), union_read.because(reasons))
    if len(fitting) > 1:
        labels = ", ".join(variant.label for variant, _ in fitting)
        raise refusal(place, f"ambiguous: {words.python(value)} fits {labels}", "one variant", words.python(value))
    return _stored(*fitting[0])


def _stored(variant: s.Variant, literal: literals_pb2.Literal) -> literals_pb2.Literal:
    union = literals_pb2.Union(value=literal, type=types_pb2.LiteralType.FromString(variant.literal_type))
    return literals_pb2.Literal(scalar=literals_pb2.Scalar(union=union))


def _by_class(variants: list[s.Variant], value: Any) -> list[s.Variant]:
    """The variants whose class the value has: of dataclasses and enums the exact one, else a base."""
    exact = [v for v in variants if type(value) is _class(v.schema)]
    if exact:
        return exact
    derived = [v for v in variants if isinstance(value, _class(v.schema) or ())]
    if derived:
        return derived
    admitted = [v for v in variants if _admits(v.schema, value)]
    return admitted or [v for v in variants if _resembles(v.schema, value)]


def _admits(schema: s.Schema, value: Any) -> bool:
    """Whether the outside of a value is what the node writes."""
    if isinstance(schema, (s.Enum, s.Choice)):
        return any(type(value) is type(allowed) and value == allowed for allowed in schema.values)
    return type(value) is _WRITTEN.get(schema.kind)


def _resembles(schema: s.Schema, value: Any) -> bool:
    """Whether the value is of another class that looks the same: the same class, imported twice."""
    if isinstance(schema, s.Enum):
        return literal_write.is_like_member(schema, value)
    if isinstance(schema, s.Packed) and isinstance(schema.target, s.Dataclass):
        names = {field.name for field in schema.target.fields}
        return names == set(getattr(type(value), "__dataclass_fields__", [None]))
    return False


def _class(schema: s.Schema) -> type | None:
    if isinstance(schema, s.Enum):
        return schema.cls
    if isinstance(schema, s.Packed) and isinstance(schema.target, (s.Dataclass, s.Json, s.Document)):
        return schema.target.cls
    return None


_WRITTEN: dict[str, type] = {
    "int": int,
    "float": float,
    "str": str,
    "bool": bool,
    "none": type(None),
    "datetime": datetime.datetime,
    "date": datetime.date,
    "timedelta": datetime.timedelta,
    "list": list,
    "map": dict,
    "packed": dict,
}


def _fitting(
    variants: list[s.Variant], value: Any, place: Place, reasons: list[str]
) -> list[tuple[s.Variant, literals_pb2.Literal]]:
    fitting = []
    for variant in variants:
        try:
            fitting.append((variant, literal_write.write(variant.schema, value, place)))
        except TypeTransformerFailedError as error:
            reasons.append(union_read.reason(variant, error, place))
    return fitting
