"""Type hints -> literal nodes: the schema of a task's inputs and outputs (type-system spec 2)."""

from __future__ import annotations

from wingbeat.types import registry, schema
from wingbeat.types.fields import is_json_mixin
from wingbeat.types.hints import (
    arguments,
    home,
    is_annotated,
    is_dataclass,
    is_enum,
    is_literal,
    is_named_tuple,
    is_subscribed,
    is_union,
    name,
    origin,
)
from wingbeat.types.packed import LEAVES, TEMPORAL, describe_packed
from wingbeat.types.packed import enum as packed_enum
from wingbeat.types.unsupported import LITERAL_TYPES, refuse, refuse_inside, refuse_tuple, refuse_unknown, restricted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def describe(hint: Any, where: str = "") -> schema.Schema:
    """The literal node of a hint.

    `where` names the place of the hint in messages, such as the input's name. Raises `TypeTransformerFailedError` for
    a type that nobody converts, and `RestrictedTypeError` for a tuple.

    A transformer that the user registered takes part as a `Callback`, wherever the type occurs.
    """
    transformer = registry.find(hint)
    if transformer is not None:
        from wingbeat.types.callback import callback

        return callback(transformer, hint)
    if is_annotated(hint):
        return describe(hint.__origin__, where)
    leaf = LEAVES.get(hint) if hint is None or isinstance(hint, type) else None
    if leaf is not None:
        return leaf
    if is_union(hint):
        return _union(hint, where)
    if is_literal(hint):
        return _choice(hint, where)
    if is_enum(hint):
        return _enum(hint, where)
    if is_dataclass(hint):
        return _dataclass(hint, where)
    if home(hint) in TEMPORAL:
        return TEMPORAL[home(hint)]
    return _container(hint, where)


def legacy() -> bool:
    """Whether dicts and dataclasses are written as a protobuf `Struct` (type-system spec 2.10, 4.6)."""
    import os

    return os.environ.get("FLYTE_USE_OLD_DC_FORMAT", "").lower() in ("1", "t", "true")


def is_map(hint: Any) -> bool:
    """Whether a dict is written as a literal map: only one whose keys are declared to be strings."""
    return is_subscribed(hint) and arguments(hint)[0] is str


def _inner(hint: Any, where: str) -> schema.Schema:
    """The node of a type inside another."""
    try:
        return describe(hint, where)
    except restricted() as error:
        refuse_inside(error)


def _dataclass(hint: Any, where: str) -> schema.Schema:
    node = describe_packed(hint, where)
    if is_json_mixin(hint) and _holds_bytes(node):
        reason = "bytes in a class with mashumaro's JSON mixin are not supported: flytekit writes them as text"
        refuse(hint, where, reason, "remove the mixin, which Flyte does not need")
    return schema.Packed(node, legacy(), "")


def _holds_bytes(node: Any) -> bool:
    if isinstance(node, tuple):
        return any(_holds_bytes(one) for one in node)
    if not isinstance(node, schema.Schema):
        return False
    return isinstance(node, schema.Bytes) or any(_holds_bytes(getattr(node, slot)) for slot in node.__slots__)


def _container(hint: Any, where: str) -> schema.Schema:
    outer = origin(hint) or hint
    if outer is tuple or is_named_tuple(hint) or getattr(hint, "__name__", "") == "NamedTuple":
        refuse_tuple(hint, where)
    if outer is list:
        if not is_subscribed(hint):
            # The beginning is flytekit's message.
            reason = "Only generic univariate typing.List[T] type is supported"
            refuse(hint, where, reason, "say what the list holds, for example list[int]")
        return schema.List(_inner(arguments(hint)[0], f"{where}[]"), describe_packed(hint, where))
    if outer is not dict:
        refuse_unknown(hint, where, LITERAL_TYPES)
    packed = describe_packed(hint, where)
    if is_map(hint):
        return schema.Map(_inner(arguments(hint)[1], f"{where}[]"), packed)
    return schema.Packed(packed, legacy(), "json")


def _enum(hint: Any, where: str) -> schema.Schema:
    node = packed_enum(hint, where)
    if not hint.__members__ or not all(isinstance(member.value, str) for member in hint):
        # The beginning is flytekit's message.
        reason = "Only EnumTypes with value of string are supported"
        refuse(hint, where, reason, "give every member a string, or put the enum into a dataclass")
    return node


def _choice(hint: Any, where: str) -> schema.Schema:
    values = arguments(hint)
    kinds = {type(value) for value in values}
    if len(kinds) > 1:
        refuse(hint, where, "All values must be of the same type", "split it into a Union of typing.Literal types")
    kind = kinds.pop()
    base = LEAVES.get(kind) if kind in (str, int, float, bool) else None
    if base is None and home(kind)[1] in ("datetime", "timedelta"):
        base = TEMPORAL.get(home(kind))
    if base is None:
        refuse(hint, where, f"Unsupported type: {name(kind)}", "its values may be str, int, float or bool")
    return schema.Choice(base, values)


def _union(hint: Any, where: str) -> schema.Schema:
    from wingbeat.types.literal_type import tag_of, variant_literal_type

    variants = []
    for member in arguments(hint):
        node = _inner(member, where)
        tag = tag_of(member)
        variants.append(schema.Variant(node, tag, variant_literal_type(member, tag), name(member)))
    return schema.Union(tuple(variants), describe_packed(hint, where))
