"""The vocabulary between Python and Rust: what a type hint means, without `typing`.

`describe.py` turns a hint into one of these values; `rust/plan.rs` compiles it; `wingbeat.reference`
interprets it. Nothing else crosses the border. Two families share the leaf nodes:

* *literal nodes* say how a Flyte literal is read and written (spec: `flyteidl.core.Literal`);
* *packed nodes* say how a value inside a msgpack document (a `Binary` literal) is read and written.
  They follow the rules that flytekit inherits from mashumaro.

A node is immutable, compares by content and costs nothing to import.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any as Anything
    from typing import ClassVar


class Schema:
    """Base of all nodes.

    `kind` names the node for the compiler; `__slots__` are its parameters, in order, and `defaults` the values of the
    last ones where they are left out.
    """

    __slots__: tuple[str, ...] = ()
    kind: ClassVar[str] = ""
    defaults: ClassVar[tuple[Anything, ...]] = ()

    def __init__(self, *parameters: Anything) -> None:
        missing = len(self.__slots__) - len(parameters)
        if 0 < missing <= len(self.defaults):
            parameters += self.defaults[len(self.defaults) - missing :]
        elif missing:
            raise TypeError(f"{type(self).__name__} takes {len(self.__slots__)} parameters, got {len(parameters)}")
        for slot, parameter in zip(self.__slots__, parameters, strict=True):
            object.__setattr__(self, slot, parameter)

    def __setattr__(self, name: str, value: Anything) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def _content(self) -> tuple[Anything, ...]:
        return tuple(getattr(self, slot) for slot in self.__slots__)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._content() == other._content()

    def __hash__(self) -> int:
        return hash((type(self), self._content()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(repr(value) for value in self._content())})"


# --- leaves, used in both families -------------------------------------------------------------------------------


class Int(Schema):
    """`int`: a 64-bit signed primitive; any msgpack integer."""

    __slots__ = ()
    kind = "int"


class Float(Schema):
    """`float`: a double."""

    __slots__ = ()
    kind = "float"


class Str(Schema):
    """`str`: UTF-8 text."""

    __slots__ = ()
    kind = "str"


class Bool(Schema):
    """`bool`."""

    __slots__ = ()
    kind = "bool"


class NoneType(Schema):
    """`None`."""

    __slots__ = ()
    kind = "none"


class Datetime(Schema):
    """`datetime.datetime`: a UTC timestamp as a literal, an ISO 8601 string when packed."""

    __slots__ = ()
    kind = "datetime"


class Date(Schema):
    """`datetime.date`: midnight UTC as a literal, an ISO 8601 string when packed."""

    __slots__ = ()
    kind = "date"


class Timedelta(Schema):
    """`datetime.timedelta`: a protobuf duration as a literal, seconds as a float when packed."""

    __slots__ = ()
    kind = "timedelta"


class Enum(Schema):
    """An `enum.Enum`.

    `cls` is the class; `values` the members' values in definition order, aliases left out; `members` the members
    in the same order. As a literal the values are strings (type-system spec 2.8); packed, any hashable value goes.
    """

    __slots__ = ("cls", "values", "members")
    kind = "enum"
    cls: type
    values: tuple[Anything, ...]
    members: tuple[Anything, ...]


class Choice(Schema):
    """`typing.Literal[...]`: `base` is the node of the values' type, `values` the allowed ones in order.

    Packed, `base` is `Any()` where the values are of several types.
    """

    __slots__ = ("base", "values")
    kind = "choice"
    base: Schema
    values: tuple[Anything, ...]


class Callback(Schema):
    """A Python transformer takes part.

    `decode(literal: bytes) -> value` and `encode(value) -> bytes` exchange one serialized `Literal`. Inside a
    packed document the value is offered as the literal that attribute access on an upstream output would make of it
    (type-system spec 4.7), and what `encode` returns is folded back by the same rule. `eager` says whether `decode`
    needs what is at the location of the literal, if it has one, so that it is worth fetching before.
    """

    __slots__ = ("name", "decode", "encode", "eager")
    kind = "callback"
    defaults = (False,)
    name: str
    decode: Callable[[bytes], Anything]
    encode: Callable[[Anything], bytes]
    eager: bool


# --- literal nodes -----------------------------------------------------------------------------------------------


class Blob(Schema):
    """A value that lies at a location: `scalar.blob`.

    `decode(uri, format, multipart, metadata) -> value` is called with the location of a literal; `metadata` is
    `Literal.metadata`, a dict or None. `encode(value) -> (uri, format, multipart, metadata)` returns where the value
    is. `document(content) -> value` reads the content of a `Binary` or `Struct` literal, as plain Python; without it
    such a literal is refused. `eager` says whether `decode` needs what is at the location, so that it is worth
    fetching before.
    """

    __slots__ = ("name", "decode", "encode", "document", "eager")
    kind = "blob"
    name: str
    decode: Callable[[str, str, bool, dict[str, str] | None], Anything]
    encode: Callable[[Anything], tuple[str, str, bool, dict[str, str] | None]]
    document: Callable[[Anything], Anything] | None
    eager: bool


class Numbers(Schema):
    """A rectangular array of numbers as nested literal collections, without an object for each number.

    `element` is `int`, `float` or `bool`, or empty for what the literal holds: float if one of the numbers is one.
    `dimensions` is how deep the collections are nested, or 0 for as deep as the literal is.
    `make(element, shape) -> array` makes the array to fill: a writable buffer in C order of 64-bit integers, 64-bit
    floats or booleans. `take(value, element, dimensions) -> array` makes such a buffer of a value to write, or raises.
    `blob` reads, and where `collected` is false also writes, the literal of any other kind.
    """

    __slots__ = ("element", "dimensions", "make", "take", "blob", "collected")
    kind = "numbers"
    element: str
    dimensions: int
    make: Callable[[str, tuple[int, ...]], Anything]
    take: Callable[[Anything, str, int], Anything]
    blob: Schema
    collected: bool


class List(Schema):
    """`list[T]` as a literal collection. `packed` reads the whole list from a `Binary` literal, or is None."""

    __slots__ = ("item", "packed")
    kind = "list"
    item: Schema
    packed: Schema | None


class Map(Schema):
    """`dict[str, T]` as a literal map. `packed` reads the whole dict from `Binary` or `Struct`, or is None."""

    __slots__ = ("value", "packed")
    kind = "map"
    value: Schema
    packed: Schema | None


class Variant(Schema):
    """One alternative of a union.

    `tag` is the transformer's name as flytekit spells it (type-system spec 2.2); `literal_type` the serialized
    `LiteralType` that is stored beside the value, with `structure.tag` set; `label` how messages name the variant.
    """

    __slots__ = ("schema", "tag", "literal_type", "label")
    kind = "variant"
    schema: Schema
    tag: str
    literal_type: bytes
    label: str


class Union(Schema):
    """`Union`/`Optional`/`A | B` as a union literal. `packed` reads one from a bare `Binary` literal, or is None."""

    __slots__ = ("variants", "packed")
    kind = "union"
    variants: tuple[Variant, ...]
    packed: Schema | None


class Packed(Schema):
    """One msgpack document in a `Binary` literal: untyped dicts, dicts with keys other than `str`, dataclasses.

    `target` describes the document. `legacy` writes a protobuf `Struct` instead (`FLYTE_USE_OLD_DC_FORMAT`);
    both forms are always read. `metadata_format` is put into `Literal.metadata["format"]` of the legacy form, or is
    empty (type-system spec 4.6). `pickled(literal: bytes) -> value` reads what a dict with `allow_pickle` wrote, a
    `Struct` whose metadata says `format=pickle`; without it such a literal is refused.
    """

    __slots__ = ("target", "legacy", "metadata_format", "pickled")
    kind = "packed"
    defaults = (None,)
    target: Schema
    legacy: bool
    metadata_format: str
    pickled: Callable[[bytes], Anything] | None


class Hashed(Schema):
    """`item`, with a hash beside the value: `hash(value) -> str | None` (`HashMethod`, type-system spec 2.19)."""

    __slots__ = ("item", "hash")
    kind = "hashed"
    item: Schema
    hash: Callable[[Anything], str | None]


# --- packed nodes ------------------------------------------------------------------------------------------------


class Any(Schema):  # the field's own word for it; `typing.Any` is not used at run time here
    """Whatever msgpack holds: None, bool, int, float, str, bytes, list, dict."""

    __slots__ = ()
    kind = "any"


class Bytes(Schema):
    """`bytes`: msgpack bin; from a `Struct`, base64 text."""

    __slots__ = ()
    kind = "bytes"


class Time(Schema):
    """`datetime.time` as an ISO 8601 string."""

    __slots__ = ()
    kind = "time"


class Array(Schema):
    """A homogeneous sequence. `container` is `list`, `tuple`, `set` or `frozenset` (the class itself)."""

    __slots__ = ("item", "container")
    kind = "array"
    item: Schema
    container: type


class Tuple(Schema):
    """`tuple[A, B]`: one node a position. `factory` is None for a plain tuple, or a NamedTuple class."""

    __slots__ = ("items", "factory")
    kind = "tuple"
    items: tuple[Schema, ...]
    factory: type | None


class Mapping(Schema):
    """`dict[K, V]`."""

    __slots__ = ("key", "value")
    kind = "mapping"
    key: Schema
    value: Schema


class Optional(Schema):
    """nil, or `item`."""

    __slots__ = ("item",)
    kind = "optional"
    item: Schema


class OneOf(Schema):
    """A union inside a packed document: nothing is stored beside the value, so the exact type decides."""

    __slots__ = ("variants",)
    kind = "oneof"
    variants: tuple[Schema, ...]


class Text(Schema):
    """A class with a text form (`UUID`, `Decimal`, `Path`): `dump(value) -> str`, `load(str) -> value`."""

    __slots__ = ("cls", "dump", "load")
    kind = "text"
    cls: type
    dump: Callable[[Anything], str]
    load: Callable[[str], Anything]


class Json(Schema):
    """A class that converts itself to and from JSON, which is stored as msgpack: pydantic models, JSON mixins.

    `dump(value) -> str | bytes` gives JSON text, `load(text: bytes) -> value` takes it.
    """

    __slots__ = ("cls", "dump", "load")
    kind = "json"
    cls: type
    dump: Callable[[Anything], str | bytes]
    load: Callable[[bytes], Anything]


class Document(Schema):
    """A class whose packed form is its own affair: `dump(value) -> bytes` is one msgpack value, `load` takes one."""

    __slots__ = ("cls", "dump", "load")
    kind = "document"
    cls: type
    dump: Callable[[Anything], bytes]
    load: Callable[[bytes], Anything]


#: Marks a field without a default. A class, so that it pickles and prints as itself.
class REQUIRED:
    """The default of a field that has none."""


class Field(Schema):
    """One dataclass field.

    `default` is a value, or `REQUIRED`; `factory` a callable without parameters, or None. `init` is false for fields
    that are written but never passed to the constructor.
    """

    __slots__ = ("name", "schema", "default", "factory", "init", "kw_only")
    kind = "field"
    name: str
    schema: Schema
    default: Anything
    factory: Callable[[], Anything] | None
    init: bool
    kw_only: bool


class Dataclass(Schema):
    """A dataclass as a msgpack map in field order.

    `direct` says that creating an instance and setting its fields is the same as calling the class: `__init__` is
    the generated one, and there is no `__post_init__`, `__new__` or `__setattr__` of the user's, no `InitVar`.
    """

    __slots__ = ("cls", "fields", "direct")
    kind = "dataclass"
    cls: type
    fields: tuple[Field, ...]
    direct: bool


class Recursion(Schema):
    """The dataclass `cls` again, inside its own description."""

    __slots__ = ("cls",)
    kind = "recursion"
    cls: type
