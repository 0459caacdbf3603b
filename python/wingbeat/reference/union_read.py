"""Union literals to Python values (type-system spec 2.7).

A tagged literal names its variant. A bare one is given to the variants of its own kind first, then to those that
coerce. Two variants that both understand a literal are an error: nothing says which was meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flyteidl.core import types_pb2

from wingbeat.errors import TypeTransformerFailedError
from wingbeat.reference import literal_read, packed_read, words
from wingbeat.reference.castable import castable
from wingbeat.reference.place import refusal
from wingbeat.types import schema as s

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flyteidl.core import literals_pb2

    from wingbeat.reference.place import Place


def read(schema: s.Union, literal: literals_pb2.Literal, place: Place) -> Any:
    if literal.scalar.WhichOneof("value") == "union":
        return _stored(schema, literal, place)
    kind, value = literal_read.form(literal, place)
    if kind == "binary" and schema.packed is not None:
        return packed_read.read(schema.packed, value, place.document())
    rounds = (
        [variant for variant in schema.variants if kind in own_kinds(variant.schema)],
        # flytekit's only coercions; what it cannot read must not make ambiguous what it can.
        [variant for variant in schema.variants if (variant.schema.kind, kind) in _COERCIONS],
        schema.variants,
    )
    for candidates in rounds:
        successes = _successes(candidates, literal, place)
        if successes:
            return _only(successes, literal, place)
    raise _none_fits(schema, literal, place)


def _stored(schema: s.Union, literal: literals_pb2.Literal, place: Place) -> Any:
    union = literal.scalar.union
    tag = union.type.structure.tag
    tagged = [variant for variant in schema.variants if not tag or variant.tag == tag]
    types = [types_pb2.LiteralType.FromString(variant.literal_type) for variant in tagged]
    for relaxed in (False, True):
        candidates = [v for v, declared in zip(tagged, types, strict=True) if castable(union.type, declared, relaxed)]
        if candidates:
            break
    if not candidates:
        raise _none_fits(schema, literal, place)
    title = union.type.metadata.fields["title"].string_value if "title" in union.type.metadata.fields else ""
    candidates = [variant for variant in candidates if title and _class_name(variant) == title] or candidates
    if len(candidates) == 1:
        return literal_read.read(candidates[0].schema, union.value, place)  # its own error says most
    reasons: list[str] = []
    successes = _successes(candidates, union.value, place, reasons)
    if not successes:
        raise _none_fits(schema, literal, place, because(reasons))
    return _only(successes, literal, place)


def _successes(
    variants: Sequence[s.Variant], literal: literals_pb2.Literal, place: Place, reasons: list[str] | None = None
) -> list[tuple[s.Variant, Any]]:
    successes = []
    for variant in variants:
        try:
            successes.append((variant, literal_read.read(variant.schema, literal, place)))
        except TypeTransformerFailedError as error:
            if reasons is not None:
                reasons.append(reason(variant, error, place))
    return successes


def _only(successes: list[tuple[s.Variant, Any]], literal: literals_pb2.Literal, place: Place) -> Any:
    if len(successes) > 1:
        labels = ", ".join(variant.label for variant, _ in successes)
        raise refusal(
            place, f"ambiguous: {words.literal(literal)} fits {labels}", "one variant", words.literal(literal)
        )
    return successes[0][1]


#: Variants of which an error says why they did not fit.
_REASONS = 4


def reason(variant: s.Variant, error: TypeTransformerFailedError, place: Place) -> str:
    """In a few words, where and why a variant that was tried did not fit."""
    inner = error.path.removeprefix(str(place))
    text = f"{variant.label}{inner}: {str(error).removeprefix(f'{error.path}: ')}"
    return text if len(text) <= words.PREVIEW else f"{text[: words.PREVIEW]}…"


def because(reasons: list[str]) -> str:
    """The reasons of the variants that were tried."""
    return "; ".join(reasons[:_REASONS] + ["…"] * (len(reasons) > _REASONS))


def _none_fits(schema: s.Union, literal: literals_pb2.Literal, place: Place, hint: str = "") -> Exception:
    labels = ", ".join(variant.label for variant in schema.variants)
    got = words.literal(literal)
    return refusal(place, f"expected one of {labels}, got {got}", f"one of {labels}", got, hint)


def _class_name(variant: s.Variant) -> str:
    """The title that flytekit gives the JSON schema of a dataclass or model."""
    schema = variant.schema
    if isinstance(schema, s.Packed) and isinstance(schema.target, (s.Dataclass, s.Json, s.Document)):
        return schema.target.cls.__name__
    return ""


def own_kinds(schema: s.Schema) -> tuple[str, ...]:
    """The members of a literal that a node writes itself; everything else that it reads is a coercion."""
    if isinstance(schema, s.Choice):
        return own_kinds(schema.base)
    return _OWN_KINDS.get(schema.kind, ())


_COERCIONS = (("int", "float_value"), ("float", "integer"))
_OWN_KINDS: dict[str, tuple[str, ...]] = {
    "int": ("integer",),
    "float": ("float_value",),
    "str": ("string_value",),
    "bool": ("boolean",),
    "none": ("none_type",),
    "datetime": ("datetime",),
    "date": ("datetime",),
    "timedelta": ("duration",),
    "enum": ("string_value",),
    "blob": ("blob",),
    "numbers": ("blob", "collection"),
    "list": ("collection",),
    "map": ("map",),
    "packed": ("binary", "generic"),
}
