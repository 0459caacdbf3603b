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
    is_odd_container,
    is_pydantic_model,
    is_subscribed,
    is_union,
    name,
    outer_class,
)
from wingbeat.types.packed import describe_own, describe_packed, one_of
from wingbeat.types.packed_leaves import LEAVES, TEMPORAL
from wingbeat.types.packed_leaves import enum as packed_enum
from wingbeat.types.unsupported import (
    failed,
    refuse,
    refuse_inside,
    refuse_odd,
    refuse_string,
    refuse_tuple,
    refuse_unpicklable,
    restricted,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from wingbeat.types.transformer import TypeTransformer


def describe(hint: Any, where: str = "") -> schema.Schema:
    """The literal node of a hint.

    `where` names the place of the hint in messages, such as the input's name. Raises `TypeTransformerFailedError` for
    a type that nobody converts, and `RestrictedTypeError` for a tuple.

    A transformer that the user registered takes part as a `Callback`, wherever the type occurs. What nobody converts
    is pickled.
    """
    if is_annotated(hint):
        return _annotated(hint, where)
    return _plain(hint, where)


def _annotated(hint: Any, where: str) -> schema.Schema:
    from wingbeat.types.annotated import allows_pickle, hash_method

    transformer = registry.find(hint)
    if transformer is None and allows_pickle(hint):
        from wingbeat.types.transformers.pickle import PickledDictTransformer

        transformer = PickledDictTransformer()
    # A transformer sees the annotations.
    node = _plain(hint.__origin__, where) if transformer is None else _callback(transformer, hint)
    method = hash_method(hint)
    return node if method is None else schema.Hashed(node, method)


def _callback(transformer: TypeTransformer[Any], hint: Any) -> schema.Schema:
    from wingbeat.types.callback import node

    return node(transformer, hint)


def _plain(hint: Any, where: str) -> schema.Schema:
    transformer = registry.find(hint)
    return own(hint, where) if transformer is None else _callback(transformer, hint)


def own(hint: Any, where: str = "") -> schema.Schema:
    """The literal node that a hint, which is not annotated, has without a transformer of its own."""
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
    if is_pydantic_model(hint):
        return schema.Packed(describe_own(hint, where), legacy(), "")
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
    node = describe_own(hint, where)
    if is_json_mixin(hint):
        from wingbeat.types.mashumaro_form import json_form

        node = json_form(hint, node) or node
    return schema.Packed(node, legacy(), "")


def _container(hint: Any, where: str) -> schema.Schema:
    outer = outer_class(hint)
    if outer is tuple or getattr(hint, "__name__", "") == "NamedTuple":
        refuse_tuple(hint, where)
    if is_odd_container(hint):
        refuse_odd(hint, where)
    if outer is list:
        return _list(hint, where)
    if outer is dict:
        return _dict(hint, where)
    if isinstance(hint, str):
        refuse_string(hint, where)
    refuse_unpicklable(hint, where)
    return _callback(_fallback(hint), hint)


def _fallback(hint: Any) -> TypeTransformer[Any]:
    from wingbeat.types.transformers.pickle import fallback

    return fallback(hint)


def _list(hint: Any, where: str) -> schema.Schema:
    if not is_subscribed(hint):
        # The beginning is flytekit's message.
        reason = "Only generic univariate typing.List[T] type is supported"
        refuse(hint, where, reason, "say what the list holds, for example list[int]")
    element = arguments(hint)[0]
    item = _inner(element, f"{where}[]")
    node = schema.List(item, _packed_if_any(hint, where))
    transformer = _async_transformer(element, item)
    if transformer is None:
        return node
    from wingbeat.types.concurrent import concurrent_list

    return concurrent_list(transformer, element, node)


def _async_transformer(hint: Any, node: schema.Schema) -> TypeTransformer[Any] | None:
    """The transformer behind a node, if it converts several values at a time."""
    if not isinstance(node, schema.Callback):
        return None
    transformer = registry.find(hint)
    if transformer is None and outer_class(hint) not in (list, dict):
        transformer = _fallback(hint)
    return transformer if transformer is not None and transformer.is_async else None


def _dict(hint: Any, where: str) -> schema.Schema:
    if is_map(hint):
        value = arguments(hint)[1]
        item = _inner(value, f"{where}[]")
        node = schema.Map(item, _packed_if_any(hint, where))
        transformer = _async_transformer(value, item)
        if transformer is None:
            return node
        from wingbeat.types.concurrent import concurrent_map

        return concurrent_map(transformer, value, node)
    from wingbeat.types.pickled import PickledDict

    return schema.Packed(describe_own(hint, where), legacy(), "json", PickledDict(hint))


def _packed_if_any(hint: Any, where: str) -> schema.Schema | None:
    """The form inside a document, where there is one: what is pickled has none."""
    try:
        return describe_packed(hint, where)
    except failed():
        return None


def _enum(hint: Any, where: str) -> schema.Schema:
    node = packed_enum(hint)
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

    variants, packed = [], []
    for member in arguments(hint):
        node = _inner(member, where)
        if isinstance(node, schema.Hashed):  # as in flytekit, a variant has no hash
            node = node.item
        tag = tag_of(member)
        variants.append(schema.Variant(node, tag, variant_literal_type(member, tag), name(member)))
        packed.append(_packed_if_any(member, where))
    return schema.Union(tuple(variants), one_of(arguments(hint), packed))
