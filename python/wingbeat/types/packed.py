"""Type hints -> packed nodes: what is inside a msgpack document.

The rules are those that flytekit inherits from mashumaro (type-system spec 4.3), for every type that the schema
vocabulary can name.
"""

from __future__ import annotations

import sys

from wingbeat.types import registry, schema
from wingbeat.types.fields import (
    field_types,
    fields,
    is_direct,
    is_missing,
    is_serializable,
    item_types,
    own_form,
    required_init_vars,
)
from wingbeat.types.hints import (
    NoneType,
    arguments,
    form,
    home,
    is_annotated,
    is_any,
    is_dataclass,
    is_enum,
    is_literal,
    is_named_tuple,
    is_pydantic_model,
    is_subscribed,
    is_type_alias,
    is_type_var,
    is_typed_dict,
    is_union,
    name,
    origin,
)
from wingbeat.types.packed_leaves import ANY, LEAVES, choice, enum, named_leaf
from wingbeat.types.unsupported import PACKED_TYPES, refuse, refuse_unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

#: Containers, also the abstract ones, and the class that mashumaro makes of them.
_CONTAINERS: dict[str, type] = {
    "list": list,
    "tuple": tuple,
    "set": set,
    "frozenset": frozenset,
    "dict": dict,
    "Sequence": list,
    "MutableSequence": list,
    "Set": set,
    "MutableSet": set,
    "Mapping": dict,
    "MutableMapping": dict,
}


def describe_packed(hint: Any, where: str = "") -> schema.Schema:
    """The packed node of a hint.

    `where` names the place of the hint in messages. Raises `TypeTransformerFailedError` if there is no such node.
    """
    return _Packed().describe(hint, where)


def describe_inner(hint: Any, where: str, bound: Mapping[Any, Any] | None) -> schema.Schema:
    """As `describe_packed`, where `bound` gives the arguments of type variables."""
    return _Packed().describe(hint, where, bound)


def describe_own(hint: Any, where: str = "") -> schema.Schema:
    """The packed node that a hint would have without a registered transformer of its own."""
    return _Packed().own(hint, where)


class _Packed:
    """One description. Remembers the dataclasses it is inside of, because they may contain themselves."""

    def __init__(self) -> None:
        self._open: dict[Any, Any] = {}

    def describe(self, hint: Any, where: str, bound: Mapping[Any, Any] | None = None) -> schema.Schema:
        """`bound` gives the arguments of the type variables of an enclosing generic dataclass."""
        transformer = registry.find_registered(hint)
        if transformer is not None:
            from wingbeat.types.callback import callback

            return callback(transformer, hint)
        return self.own(hint, where, bound)

    def own(self, hint: Any, where: str, bound: Mapping[Any, Any] | None = None) -> schema.Schema:
        """As `describe`, with no transformer for this very hint."""
        if is_annotated(hint):
            return self.describe(hint.__origin__, where, bound)
        leaf = LEAVES.get(hint) if hint is None or isinstance(hint, type) else None
        if leaf is not None:
            return leaf
        if is_any(hint):
            return ANY
        if is_union(hint):
            return self._union(hint, where, bound)
        if is_literal(hint):
            return choice(hint)
        if is_subscribed(hint):
            return self._subscribed(hint, where, bound)
        return _brought(hint) or self._plain(hint, where, bound)

    def _plain(self, hint: Any, where: str, bound: Mapping[Any, Any] | None) -> schema.Schema:
        if is_dataclass(hint):
            return self._dataclass(hint, (), where)
        if is_pydantic_model(hint):
            from wingbeat.types.pydantic_form import json_node

            return json_node(hint)
        if is_serializable(hint):
            return own_document(hint, (), where, "it is a mashumaro SerializableType")
        if is_enum(hint):
            return enum(hint)
        if is_named_tuple(hint):
            return self._named_tuple(hint, where)
        if is_typed_dict(hint):
            return self._typed_dict(hint, (), where)
        if is_type_var(hint):
            return self._type_var(hint, where, bound)
        if form(hint) in ("Self", "LiteralString"):
            return LEAVES[str] if form(hint) == "LiteralString" else self._self(hint, where)
        if is_type_alias(hint):
            return self._inside(hint, hint.__value__, where)
        supertype = getattr(hint, "__supertype__", None)  # typing.NewType
        if supertype is not None:
            return self.describe(supertype, where, bound)
        node = named_leaf(hint)
        if node is not None:
            return node
        # `typing.List` without brackets is a list of anything, as `list` is.
        return self._container(hint if origin(hint) is None else hint.__origin__, (), hint, where, bound)

    def _subscribed(self, hint: Any, where: str, bound: Mapping[Any, Any] | None) -> schema.Schema:
        outer, inner = hint.__origin__, arguments(hint)
        if is_dataclass(outer):
            return self._dataclass(outer, tuple(_substitute(argument, bound) for argument in inner), where)
        if is_serializable(outer):
            return own_document(outer, inner, where, "it is a mashumaro SerializableType")
        if is_typed_dict(outer):
            return self._typed_dict(outer, tuple(_substitute(argument, bound) for argument in inner), where)
        if form(outer) == "Final":
            return self.describe(inner[0], where, bound)
        if outer is tuple and not (len(inner) == 2 and inner[1] is ...):
            items = tuple(self.describe(item, f"{where}[{index}]", bound) for index, item in enumerate(inner))
            return schema.Tuple(items, None)
        return self._container(outer, inner, hint, where, bound)

    def _container(
        self, outer: Any, inner: tuple[Any, ...], hint: Any, where: str, bound: Mapping[Any, Any] | None
    ) -> schema.Schema:
        module, kind = home(outer)
        made = _CONTAINERS.get(kind) if module in ("builtins", "collections.abc") else None
        if made is None:
            return self._converted(outer, inner, hint, where, bound)
        if made is dict:
            if not inner:
                return schema.Mapping(ANY, ANY)
            key, value = inner
            return schema.Mapping(self.describe(key, f"{where}[key]", bound), self.describe(value, f"{where}[]", bound))
        return schema.Array(self.describe(inner[0], f"{where}[]", bound) if inner else ANY, made)

    def _converted(
        self, outer: Any, inner: tuple[Any, ...], hint: Any, where: str, bound: Mapping[Any, Any] | None
    ) -> schema.Schema:
        """A class that is made of what a simpler node reads, or none."""
        from wingbeat.types.converted import container, scalar

        node = scalar(outer)
        if node is None:
            node = container(outer, inner, lambda argument: describe_inner(argument, f"{where}[]", bound))
        if node is None and registry.find(hint) is not None:
            reason = "its values have literals of their own, and no place inside a dataclass, a model or a dict"
            advice = "hold a StructuredDataset for a table and a FlyteFile for anything else, or pass it by itself"
            refuse(hint, where, reason, advice)
        if node is None:
            refuse_unknown(hint, where, PACKED_TYPES)
        for argument in inner:  # an argument without a node is refused now, not at the first value
            self.describe(argument, f"{where}[]", bound)
        return node

    def _typed_dict(self, hint: Any, inner: tuple[Any, ...], where: str) -> schema.Schema:
        from wingbeat.types.record import Record

        record = Record(hint, inner, lambda field, bound: describe_inner(field, where, bound))

        def make() -> schema.Schema:
            for key, field in record.types.items():
                self.describe(field, _step(hint, key), record.bound)
            return schema.Document(dict, record.pack, record.unpack)

        return self._inside(hint, None, where, make)

    def _self(self, hint: Any, where: str) -> schema.Schema:
        classes = [cls for cls in self._open if is_dataclass(cls)]
        if not classes:
            refuse(hint, where, "Self means nothing outside of a dataclass")
        return schema.Recursion(classes[-1])

    def _union(self, hint: Any, where: str, bound: Mapping[Any, Any] | None) -> schema.Schema:
        members = arguments(hint)
        node = one_of(members, [self.describe(member, where, bound) for member in members])
        assert node is not None
        return node

    def _named_tuple(self, hint: Any, where: str) -> schema.Schema:
        types = item_types(hint)
        return self._inside(
            hint,
            None,
            where,
            lambda: schema.Tuple(
                tuple(
                    self.describe(types[field], _step(hint, field)) if field in types else ANY for field in hint._fields
                ),
                hint,
            ),
        )

    def _type_var(self, hint: Any, where: str, bound: Mapping[Any, Any] | None) -> schema.Schema:
        if bound is not None and hint in bound:
            return self.describe(bound[hint], where)
        if hint.__constraints__:
            return schema.OneOf(tuple(self.describe(one, where, bound) for one in hint.__constraints__))
        return ANY if hint.__bound__ is None else self.describe(hint.__bound__, where, bound)

    def _inside(self, key: Any, hint: Any, where: str, make: Any = None) -> schema.Schema:
        """Describe what may not contain itself: only a dataclass has a node for that."""
        if key in self._open:
            refuse(key, where, "contains itself", "only a dataclass may do so")
        self._open[key] = key
        try:
            return self.describe(hint, where) if make is None else make()
        finally:
            del self._open[key]

    def _dataclass(self, cls: Any, inner: tuple[Any, ...], where: str) -> schema.Schema:
        if cls in self._open:
            if self._open[cls] != inner:
                refuse(cls, where, "contains itself with other type arguments")
            return schema.Recursion(cls)
        reason = own_form(cls)
        if reason:
            return own_document(cls, inner, where, reason)
        for parameter in required_init_vars(cls):
            reason = f"its InitVar {parameter!r} has no default, and no value is stored for it"
            refuse(cls, where, reason, "give it a default, or make it a field")
        self._open[cls] = inner
        try:
            types = field_types(cls, where)
            bound = dict(zip(getattr(cls, "__parameters__", ()), inner, strict=False))
            described = tuple(
                schema.Field(
                    field.name,
                    self.describe(types[field.name], _step(cls, field.name), bound),
                    schema.REQUIRED if is_missing(field.default) else field.default,
                    None if is_missing(field.default_factory) else field.default_factory,
                    field.init,
                    field.kw_only,
                )
                for field in fields(cls)
            )
        finally:
            del self._open[cls]
        return schema.Dataclass(cls, described, is_direct(cls))


def _brought(hint: Any) -> schema.Schema | None:
    """The node of a class whose transformer comes with wingbeat and knows how a document holds it."""
    node = getattr(registry.find(hint), "document_node", None)
    if node is None:
        return None
    found: schema.Schema | None = node(hint)
    return found


def one_of(members: Iterable[Any], nodes: Iterable[schema.Schema | None]) -> schema.Schema | None:
    """The node of a union of `members`, whose own nodes are `nodes`; those without one are left out."""
    known = [(member, node) for member, node in zip(members, nodes, strict=True) if node is not None]
    variants = tuple(node for member, node in known if member is not NoneType)
    optional = len(variants) < len(known)
    if not variants:
        return LEAVES[None] if optional else None
    node = variants[0] if len(variants) == 1 else schema.OneOf(variants)
    return schema.Optional(node) if optional else node


def own_document(cls: Any, inner: tuple[Any, ...], where: str, reason: str) -> schema.Schema:
    """The node of a class that mashumaro converts; `reason` says why."""
    if "mashumaro" not in sys.modules:
        reason = f"{reason}, but its module does not import mashumaro"
        refuse(cls, where, reason, "import it there, or register a TypeTransformer for the class")
    from wingbeat.types.mashumaro_form import document

    return document(cls[inner] if inner else cls)


def _step(cls: type, field: str) -> str:
    return f"{name(cls)}.{field}"


def _substitute(hint: Any, bound: Mapping[Any, Any] | None) -> Any:
    return bound.get(hint, hint) if bound and is_type_var(hint) else hint
