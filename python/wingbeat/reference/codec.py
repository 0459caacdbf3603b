"""The two public faces: the same methods as `wingbeat.Codec` and `wingbeat.InterfaceCodec`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flyteidl.core import literals_pb2
from google.protobuf.message import DecodeError

from wingbeat.reference import literal_read, literal_write, words
from wingbeat.reference.place import Place, malformed, mismatch, refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from wingbeat.types.schema import Schema


class Codec:
    """One type hint. `decode` and `encode` convert one serialized `flyteidl.core.Literal`.

    Raises what `wingbeat.Codec` raises: `TypeTransformerFailedError`, `MalformedLiteralError`.
    """

    def __init__(self, hint: Any) -> None:
        from wingbeat.types.describe import describe

        self.schema: Schema = describe(hint)

    @classmethod
    def of_schema(cls, schema: Schema) -> Codec:
        """A codec of an already described type."""
        codec = cls.__new__(cls)
        codec.schema = schema
        return codec

    def decode(self, data: bytes) -> Any:
        place = Place("value")
        literal = _parse(literals_pb2.Literal, data, place)
        return literal_read.read(self.schema, literal, place)

    def encode(self, value: Any) -> bytes:
        place = Place("value")
        # A literal always ends up in a map: as an output, or as an input of the next task.
        return literal_write.checked(self.schema, "o0", value, place).literals["o0"].SerializeToString()


class InterfaceCodec:
    """Named hints. `decode` and `encode` convert one serialized `flyteidl.core.LiteralMap`.

    A name of `defaults` that the map lacks takes its default, unchanged.
    """

    def __init__(self, hints: Mapping[str, Any], defaults: Mapping[str, Any] | None = None) -> None:
        from wingbeat.types.describe import describe

        self.schemas: dict[str, Schema] = {name: describe(hint) for name, hint in hints.items()}
        self.defaults = dict(defaults or {})

    @classmethod
    def of_schemas(cls, schemas: Mapping[str, Schema], defaults: Mapping[str, Any] | None = None) -> InterfaceCodec:
        codec = cls.__new__(cls)
        codec.schemas = dict(schemas)
        codec.defaults = dict(defaults or {})
        return codec

    def decode(self, data: bytes, element: int | None = None, bound: Collection[str] = ()) -> dict[str, Any]:
        """The values by name, in declared order.

        With `element`, inputs that are not `bound` arrive as collections, and the one at that position is the value;
        other names are passed over.
        Raises `IndexError` where a collection has no such position.
        """
        root = Place("inputs")
        literals = _parse(literals_pb2.LiteralMap, data, root).literals
        if not self.schemas:
            return {}  # flytekit lets a task without inputs ignore what it is given
        for name in literals:
            if name not in self.schemas and element is None:
                raise self._unknown(name, root)
        result = {}
        for name, schema in self.schemas.items():
            if name in literals:
                literal, place = literals[name], root.field(name)
                if element is not None and name not in bound:
                    literal, place = _element(literal, element, place)
                result[name] = literal_read.read(schema, literal, place)
            elif name in self.defaults:
                result[name] = self.defaults[name]
        return result

    def encode(self, values: Mapping[str, Any]) -> bytes:
        """The literals of the values that are given; a name without a value is left out."""
        root = Place("outputs")
        literals = literals_pb2.LiteralMap()
        for name, value in values.items():
            if name not in self.schemas:
                raise self._unknown(name, root)
            place = root.field(name)
            literals.MergeFrom(literal_write.checked(self.schemas[name], name, value, place))
        return literals.SerializeToString()

    def _unknown(self, name: str, root: Place) -> Exception:
        names, got = ", ".join(self.schemas), words.preview(name)
        problem = f"no variable is named {got}; there are {names}"
        return refusal(root.field(name), problem, f"one of {names}", got)


def _element(literal: literals_pb2.Literal, position: int, place: Place) -> tuple[literals_pb2.Literal, Place]:
    literal = literal_read.not_offloaded(literal, place)
    if literal.WhichOneof("value") != "collection":
        raise mismatch(place, "collection", words.literal(literal))
    items = literal.collection.literals
    if not 0 <= position < len(items):
        raise IndexError(f"{place}: element {position} of a collection of {len(items)}")
    return items[position], place.index(position)


def _parse(message: Any, data: bytes, place: Place) -> Any:
    try:
        return message.FromString(bytes(memoryview(data)))
    except DecodeError as error:
        raise malformed(place, f"not a serialized {message.DESCRIPTOR.name}: {error}") from None
