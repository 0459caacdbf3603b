"""Type hints -> serialized `flyteidl.core.LiteralType`, without importing protobuf (type-system spec 1.3, 2.1).

The bytes say what flytekit's say: they are stored in union literals, where cache keys depend on them (spec 6.2).
"""

from __future__ import annotations

import sys

from wingbeat.types import proto, registry
from wingbeat.types.hints import (
    NoneType,
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
    origin,
    outer_class,
)
from wingbeat.types.unsupported import refuse, refuse_inside, refuse_odd, refuse_tuple, restricted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    # A LiteralType in the making: field number -> the encoded field, of the annotation its `Struct` only. 0 stands for
    # several fields in one.
    Parts = dict[int, bytes]

# Fields of LiteralType.
_SIMPLE, _COLLECTION, _MAP, _BLOB, _METADATA, _ENUM, _ANNOTATION, _UNION, _STRUCTURE = 1, 3, 4, 5, 6, 7, 9, 10, 11

# SimpleType.
_STRUCT = 9

#: Type -> transformer name and SimpleType.
_SIMPLE_TYPES = {
    NoneType: ("none", 0),
    None: ("none", 0),
    int: ("int", 1),
    float: ("float", 2),
    str: ("str", 3),
    bool: ("bool", 4),
}
_SIMPLE_HOMES = {
    ("datetime", "datetime"): ("datetime", 5),
    ("datetime", "date"): ("date", 5),
    ("datetime", "timedelta"): ("timedelta", 6),
}

_MSGPACK = proto.struct({"cache-key-metadata": {"serialization-format": "msgpack"}})


def literal_type(hint: Any) -> bytes:
    """The serialized `LiteralType` of a hint.

    A type that flytekit would pickle gets the type of a pickled value, although no codec writes one. Raises
    `TypeTransformerFailedError` or `RestrictedTypeError` where flytekit raises at registration.
    """
    return _serialize(_parts(hint, ()))


def own_literal_type(hint: Any) -> bytes:
    """The serialized `LiteralType` that a hint has without a transformer of its own."""
    if registry.find(hint) is None:
        return literal_type(hint)
    while is_annotated(hint):
        hint = hint.__origin__
    return _serialize(_builtin_parts(hint, ()))


def tag_of(hint: Any) -> str:
    """The name of the transformer of a hint: the tag of a union variant (type-system spec 2.2)."""
    transformer = registry.find(hint)
    if transformer is not None:
        return transformer.name
    if is_annotated(hint):
        return tag_of(hint.__origin__)
    if is_union(hint):
        return "Typed Union"
    if is_literal(hint):
        return "LiteralTypeTransformer"
    if is_enum(hint):
        return "DefaultEnumTransformer"
    simple = _simple(hint)
    if simple is not None:
        return simple[0]
    if is_dataclass(hint):
        return "Object-Dataclass-Transformer"
    if is_pydantic_model(hint):
        return "Pydantic Transformer"
    outer = outer_class(hint)
    return {list: "Typed List", dict: "Typed Dict"}.get(outer, "FlytePickle")


def variant_literal_type(hint: Any, tag: str) -> bytes:
    """The serialized `LiteralType` that a union literal stores beside its value.

    The tag replaces the whole structure, so a dataclass loses its `dataclass_type` there, as in flytekit.
    """
    return _serialize(_tagged(_own_parts(hint, ()), tag))


def _serialize(parts: Parts) -> bytes:
    return b"".join(
        proto.message(_ANNOTATION, proto.message(1, parts[number])) if number == _ANNOTATION else parts[number]
        for number in sorted(parts)
    )


def _tagged(parts: Parts, tag: str) -> Parts:
    return {**parts, _STRUCTURE: proto.message(_STRUCTURE, proto.message(1, tag))}


def _parts(hint: Any, inside: tuple[Any, ...]) -> Parts:
    """`inside` are the dataclasses whose fields are being described."""
    if not is_annotated(hint):
        return _own_parts(hint, inside)
    from wingbeat.types.annotated import flyte_annotation, refuse_annotation

    data = flyte_annotation(hint)
    parts = _own_parts(hint, inside)
    if data is None:
        return parts
    kind = {"Object-Dataclass-Transformer": "Dataclass", "Typed Dict": "dicts", "DefaultEnumTransformer": "enums"}
    if tag_of(hint) in kind:
        refuse_annotation(hint, kind[tag_of(hint)])
    return _annotate(parts, data)


def _annotate(parts: Parts, data: dict[str, Any]) -> Parts:
    """A user's annotation. Where Flyte's own has the same key, Flyte's comes later in the map, and wins."""
    import json

    struct = proto.struct(json.loads(json.dumps(data)))
    return {**parts, _ANNOTATION: struct + parts.get(_ANNOTATION, b"")}


def _own_parts(hint: Any, inside: tuple[Any, ...]) -> Parts:
    """Without the user's annotation: a union literal does not store that."""
    transformer = registry.find(hint)
    return _builtin_parts(hint, inside) if transformer is None else _registered(transformer, hint)


def _builtin_parts(hint: Any, inside: tuple[Any, ...]) -> Parts:
    """Without a transformer of its own."""
    if is_annotated(hint):
        parts = _own_parts(hint.__origin__, inside)
        # flytekit writes the whole hint as the class's name, but an address in it would differ between processes.
        named = tag_of(hint) == "FlytePickle" and " at 0x" not in str(hint)
        return {**parts, **_class_name(hint)} if named else parts
    if is_union(hint):
        variants = (_tagged(_inner(member, inside), tag_of(member)) for member in arguments(hint))
        return {_UNION: proto.message(_UNION, b"".join(proto.message(1, _serialize(variant)) for variant in variants))}
    if is_literal(hint):
        return _choice(hint)
    if is_enum(hint):
        return _enum(hint)
    simple = _simple(hint)
    if simple is not None:
        return {_SIMPLE: proto.enum(_SIMPLE, simple[1])}
    return _structured(hint, outer_class(hint), inside)


def _inner(hint: Any, inside: tuple[Any, ...]) -> Parts:
    """The type of a type inside another."""
    try:
        return _parts(hint, inside)
    except restricted() as error:
        refuse_inside(error)


def _structured(hint: Any, outer: Any, inside: tuple[Any, ...]) -> Parts:
    if is_odd_container(hint):
        refuse_odd(hint, "")
    if outer is list:
        if not is_subscribed(hint):
            refuse(hint, "", "Only generic univariate typing.List[T] type is supported", "say what the list holds")
        return {_COLLECTION: proto.message(_COLLECTION, _serialize(_inner(arguments(hint)[0], inside)))}
    if outer is dict:
        if is_subscribed(hint) and arguments(hint)[0] is str:
            return {_MAP: proto.message(_MAP, _serialize(_inner(arguments(hint)[1], inside)))}
        return {_SIMPLE: proto.enum(_SIMPLE, _STRUCT), _ANNOTATION: _MSGPACK}
    if outer is tuple or getattr(hint, "__name__", "") == "NamedTuple":
        refuse_tuple(hint, "")
    if is_dataclass(hint):
        return _dataclass(hint, inside)
    if is_pydantic_model(hint):
        return _model(hint, inside)
    if home(hint) == ("os", "PathLike"):
        return {_BLOB: proto.message(_BLOB, b"")}
    return {
        _BLOB: proto.message(_BLOB, proto.message(1, "PythonPickle")),
        **_class_name(hint),
    }


def _class_name(hint: Any) -> Parts:
    return {_METADATA: proto.message(_METADATA, proto.struct({"python_class_name": str(hint)}))}


def _simple(hint: Any) -> tuple[str, int] | None:
    """Name and number of a simple type. A subclass counts as its base, as in flytekit's registry."""
    if hint is None:
        return _SIMPLE_TYPES[None]
    if not isinstance(hint, type) or origin(hint) is not None:
        return None
    for base in hint.__mro__:
        found = _SIMPLE_TYPES.get(base) or _SIMPLE_HOMES.get(home(base))
        if found is not None:
            return found
    return None


def _registered(transformer: Any, hint: Any) -> Parts:
    blob = sys.modules.get("wingbeat.types.blob")
    if blob is not None and blob.has_plain_type(transformer):  # without the protobuf library, as all the others here
        text = transformer.blob_format(hint)
        kind = (proto.message(1, text) if text else b"") + (proto.enum(2, 1) if transformer.multipart else b"")
        return {_BLOB: proto.message(_BLOB, kind)}
    message = transformer.get_literal_type(hint).to_flyte_idl()
    structure = message.structure.SerializeToString(deterministic=True) if message.HasField("structure") else None
    annotation = message.annotation.annotations if message.HasField("annotation") else None
    message.ClearField("structure")
    message.ClearField("annotation")
    parts = {0: message.SerializeToString(deterministic=True)}
    if annotation is not None:
        parts[_ANNOTATION] = annotation.SerializeToString(deterministic=True)
    if structure is not None:
        parts[_STRUCTURE] = proto.message(_STRUCTURE, structure)
    return parts


def _choice(hint: Any) -> Parts:
    values = arguments(hint)
    kinds = {type(value) for value in values}
    if len(kinds) > 1:
        refuse(hint, "", "All values must be of the same type")
    kind = kinds.pop()
    simple = _SIMPLE_TYPES.get(kind) or _SIMPLE_HOMES.get(home(kind))
    if simple is None or simple[0] in ("none", "date"):
        refuse(hint, "", f"Unsupported type: {name(kind)}")
    return {_SIMPLE: proto.enum(_SIMPLE, simple[1]), _ANNOTATION: proto.struct({"literal_values": list(values)})}


def _enum(hint: Any) -> Parts:
    values = [member.value for member in hint]
    if not values or not all(isinstance(value, str) for value in values):
        refuse(hint, "", "Only EnumTypes with value of string are supported")
    return {_ENUM: proto.message(_ENUM, b"".join(proto.message(1, value) for value in values))}


def _dataclass(cls: Any, inside: tuple[Any, ...]) -> Parts:
    from wingbeat.types.fields import field_types, without_annotations
    from wingbeat.types.json_schema import json_schema

    parts = {_SIMPLE: proto.enum(_SIMPLE, _STRUCT), _ANNOTATION: _MSGPACK}
    schema = json_schema(cls)
    if schema is not None:
        parts[_METADATA] = proto.message(_METADATA, proto.struct(schema))
    types = without_annotations(field_types(cls, ""))
    fields = {field.name: types.get(field.name, field.type) for field in cls.__dataclass_fields__.values()}
    parts[_STRUCTURE] = proto.message(_STRUCTURE, b"".join(_field_types(fields, (*inside, cls))))
    return parts


def _model(cls: Any, inside: tuple[Any, ...]) -> Parts:
    from wingbeat.types.pydantic_form import field_types, json_schema

    fields = b"".join(_field_types(field_types(cls), (*inside, cls)))
    return {
        _SIMPLE: proto.enum(_SIMPLE, _STRUCT),
        _METADATA: proto.message(_METADATA, proto.struct(json_schema(cls))),
        _ANNOTATION: _MSGPACK,
        _STRUCTURE: proto.message(_STRUCTURE, fields),
    }


def _field_types(types: Mapping[str, Any], inside: tuple[Any, ...]) -> list[bytes]:
    """`TypeStructure.dataclass_type`: what the control plane needs to resolve `output.field`.

    Pseudo-fields are included, and fields without a literal type left out, as in flytekit. A class inside itself is
    left out too: flytekit goes on until the recursion limit.
    """
    from wingbeat.errors import RestrictedTypeError, TypeTransformerFailedError

    entries = []
    for field, hint in types.items():
        if _mentions(hint, inside):
            continue
        try:
            entry = _serialize(_parts(hint, inside))
        except (RestrictedTypeError, TypeTransformerFailedError):
            continue
        entries.append(proto.message(2, proto.message(1, field) + proto.message(2, entry)))
    return entries


def _mentions(hint: Any, classes: tuple[Any, ...]) -> bool:
    return any(hint is cls for cls in classes) or any(_mentions(argument, classes) for argument in arguments(hint))
