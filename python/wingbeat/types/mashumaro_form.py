"""Dataclasses that flytekit's serializer, mashumaro, is told to write in another way than their fields say.

Where their module has imported mashumaro, its own encoder and decoder do it, as in flytekit; where it has not, there is
no such dataclass. Loaded only for one.
"""

from __future__ import annotations

from wingbeat.types import schema
from wingbeat.types.document import Packer
from wingbeat.types.hints import is_enum
from wingbeat.types.invalid_content import located
from wingbeat.types.third_party import load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Nodes whose values are the same in JSON and in msgpack.
_ALIKE = (
    schema.Int,
    schema.Float,
    schema.Str,
    schema.Bool,
    schema.NoneType,
    schema.Datetime,
    schema.Date,
    schema.Time,
    schema.Timedelta,
    schema.Text,
    schema.Recursion,
)


def json_form(cls: Any, node: schema.Schema) -> schema.Schema | None:
    """The node of a class with mashumaro's JSON mixin, which flytekit writes by way of JSON (type-system spec 2.10).

    None if its fields, which `node` describes, have the same form either way: then Rust writes them.
    """
    if isinstance(node, schema.Dataclass) and _is_alike(node):
        return None
    return schema.Json(cls, _to_json, located(cls, cls.from_json))


def _to_json(value: Any) -> str:
    if type(value) is dict:  # written as it is, as for any dataclass
        import json

        return json.dumps(value)
    text: str = value.to_json()
    return text


def _is_alike(node: Any) -> bool:
    if isinstance(node, tuple):
        return all(map(_is_alike, node))
    if isinstance(node, _ALIKE):
        return True
    if isinstance(node, schema.Enum):
        return all(value is None or type(value) in (str, int, float, bool) for value in node.values)
    if isinstance(node, schema.Choice):
        return all(type(value) in (str, int, float, bool) or is_enum(type(value)) for value in node.values)
    if isinstance(node, (schema.Array, schema.Optional)):
        return _is_alike(node.item)
    if isinstance(node, schema.Tuple):
        return _is_alike(node.items)
    if isinstance(node, schema.OneOf):
        return _is_alike(node.variants)
    if isinstance(node, schema.Mapping):
        # Keys become text in JSON.
        return isinstance(node.key, schema.Str) and _is_alike(node.value)
    return isinstance(node, schema.Dataclass) and all(_is_alike(field.schema) for field in node.fields)


def document(hint: Any) -> schema.Schema:
    """The node of a type that mashumaro converts by itself."""
    codec = _Codec(hint)
    cls = getattr(hint, "__origin__", hint)
    return schema.Document(cls, codec.dump, located(cls, codec.load))


class _Codec:
    """mashumaro's encoder and decoder of a type, made when first needed."""

    def __init__(self, hint: Any) -> None:
        self._hint = hint
        self._encoder: Any = None
        self._decoder: Any = None

    def dump(self, value: Any) -> bytes:
        """A value as msgpack; a dict as it is, as for any dataclass."""
        if type(value) is dict:
            return Packer(schema.Any).pack(value)
        if self._encoder is None:
            codecs = load("mashumaro.codecs.msgpack", "to write dataclasses with mashumaro's options")
            self._encoder = codecs.MessagePackEncoder(self._hint)
        data: bytes = self._encoder.encode(value)
        return data

    def load(self, data: bytes) -> Any:
        """The value of a msgpack document."""
        if self._decoder is None:
            codecs = load("mashumaro.codecs.msgpack", "to read dataclasses with mashumaro's options")
            msgpack = load("msgpack", "to read dataclasses with mashumaro's options")
            self._decoder = codecs.MessagePackDecoder(
                self._hint, pre_decoder_func=lambda data: msgpack.unpackb(data, strict_map_key=False)
            )
        return self._decoder.decode(data)


def json_schema(cls: Any) -> dict[str, Any] | None:
    """mashumaro's schema of a dataclass, or None if it cannot make one."""
    builder = load("mashumaro.jsonschema", "to describe dataclasses with mashumaro's options")
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that a serializer without a return type stands for anything
            schema: dict[str, Any] = builder.build_json_schema(cls).to_dict()
    except Exception:  # noqa: BLE001  # flytekit leaves the schema out, whatever was raised
        return None
    return schema
