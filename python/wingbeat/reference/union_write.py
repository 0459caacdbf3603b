"""Python values to union literals: the exact type chooses, and two variants that fit are an error (spec 2.7)."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Any

from flyteidl.core import literals_pb2, types_pb2

from wingbeat.errors import TypeTransformerFailedError
from wingbeat.reference import literal_write, words
from wingbeat.reference.place import mismatch, refusal
from wingbeat.types import schema as s

if TYPE_CHECKING:
    from wingbeat.reference.place import Place


def write(schema: s.Union, value: Any, place: Place) -> literals_pb2.Literal:
    plain = [variant for variant in schema.variants if not isinstance(variant.schema, s.Callback)]
    fitting = _fitting(_by_class(plain, value), value, place)
    if len(fitting) > 1 and type(value) is str:
        # A bare string is a `str` before it is the value of an enum.
        fitting = [(v, literal) for v, literal in fitting if isinstance(v.schema, s.Str)] or fitting
    if not fitting:
        fitting = _fitting([v for v in schema.variants if isinstance(v.schema, s.Callback)], value, place)[:1]
    if not fitting:
        labels = ", ".join(variant.label for variant in schema.variants)
        raise mismatch(place, f"one of {labels}", words.python(value))
    if len(fitting) > 1:
        labels = ", ".join(variant.label for variant, _ in fitting)
        raise refusal(place, f"ambiguous: {words.python(value)} fits {labels}", "one variant", words.python(value))
    [(variant, literal)] = fitting
    union = literals_pb2.Union(value=literal, type=types_pb2.LiteralType.FromString(variant.literal_type))
    return literals_pb2.Literal(scalar=literals_pb2.Scalar(union=union))


def _by_class(variants: list[s.Variant], value: Any) -> list[s.Variant]:
    """Of dataclasses and enums, those whose class the value has; all other variants check the type themselves."""
    exact = [v for v in variants if type(value) is _class(v.schema)]
    if exact:
        return exact
    derived = [v for v in variants if isinstance(value, _class(v.schema) or ())]
    if derived:
        return derived
    raw = not isinstance(value, enum.Enum) and isinstance(value, (str, dict))
    return [v for v in variants if _class(v.schema) is None or raw]


def _class(schema: s.Schema) -> type | None:
    if isinstance(schema, s.Enum):
        return schema.cls
    if isinstance(schema, s.Packed) and isinstance(schema.target, s.Dataclass):
        return schema.target.cls
    return None


def _fitting(variants: list[s.Variant], value: Any, place: Place) -> list[tuple[s.Variant, literals_pb2.Literal]]:
    fitting = []
    for variant in variants:
        try:
            fitting.append((variant, literal_write.write(variant.schema, value, place)))
        except TypeTransformerFailedError:
            continue
        except Exception:  # noqa: BLE001 - a transformer of the user's refuses a value in its own way
            if not isinstance(variant.schema, s.Callback):
                raise
    return fitting
