"""`Iterator[T]` as a collection, `Iterator[JSON]` as a file of lines (type-system spec 2.18)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Iterator  # noqa: UP035  # the type that hints are compared with

from wingbeat.errors import OffloadedLiteralError, TypeTransformerFailedError
from wingbeat.types.callback import parse
from wingbeat.types.codec import compiled
from wingbeat.types.hints import arguments, is_annotated, name
from wingbeat.types.iterator import JSON, FlyteIterator, JSONIterator
from wingbeat.types.kinds import unexpected, value_kind
from wingbeat.types.place import at_index
from wingbeat.types.preview import preview
from wingbeat.types.transformer import TypeTransformer
from wingbeat.types.unsupported import refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from wingbeat.idl import Literal, LiteralType

__all__ = ["IteratorTransformer", "JSONIteratorTransformer", "make"]

FORMAT = "jsonl"
METADATA = {"format": "json iterator"}


class IteratorTransformer(TypeTransformer[Any]):
    """Writes any iterable, which is consumed, as a collection; reads a collection as a `FlyteIterator`."""

    def __init__(self) -> None:
        super().__init__("Typed Iterator", Iterator, enable_type_assertions=False)

    def get_literal_type(self, t: Any) -> LiteralType:
        """A collection."""
        from wingbeat.idl import LiteralType
        from wingbeat.types.literal_type import literal_type

        return LiteralType(collection_type=LiteralType.from_bytes(literal_type(_item(t))))

    def to_literal(self, ctx: Any, python_val: Any, python_type: Any, expected: LiteralType) -> Literal:
        """The collection of all elements. Raises `TypeTransformerFailedError` if one does not fit."""
        from wingbeat.idl import Literal, LiteralCollection

        encode = compiled(_item(python_type)).encode
        literals = []
        for index, value in enumerate(_elements(python_val, python_type)):
            try:
                literals.append(Literal.from_bytes(encode(value)))
            except TypeTransformerFailedError as error:
                raise at_index(index, error) from error
        return Literal(collection=LiteralCollection(literals=literals))

    def to_python_value(self, ctx: Any, lv: Literal, expected_python_type: Any) -> Any:
        """An iterator that converts the elements on the way."""
        if lv.collection is None:
            raise unexpected("collection", lv)
        literals = [literal.serialize_to_string() for literal in lv.collection.literals]
        return FlyteIterator(literals, _decoder(_item(expected_python_type)))


class JSONIteratorTransformer(TypeTransformer[Any]):
    """Writes one JSON value a line, without keeping them in memory, and reads them one by one."""

    JSON_ITERATOR_FORMAT = FORMAT
    JSON_ITERATOR_METADATA = METADATA["format"]

    def __init__(self) -> None:
        super().__init__("JSON Iterator", Iterator[JSON], enable_type_assertions=False)

    def get_literal_type(self, t: Any = None) -> LiteralType:
        """A blob."""
        from wingbeat.idl import BlobType, LiteralType

        return LiteralType(blob=BlobType(FORMAT, 0), metadata=dict(METADATA))

    def to_literal(self, ctx: Any, python_val: Any, python_type: Any, expected: LiteralType) -> Literal:
        """The literal of the file, which is uploaded.

        Raises `ValueError` if there are no values, `TypeTransformerFailedError` if one is None, which could not be
        read back, or is not JSON.
        """
        from wingbeat.idl import Blob, BlobMetadata, BlobType, Literal, Scalar

        path = ctx.file_access.get_random_local_path()
        line = None
        with open(path, "w", encoding="utf-8") as file:
            for line, value in enumerate(_elements(python_val, python_type), 1):  # used behind the loop
                file.write(_line(line, value))
        if line is None:
            raise ValueError("The iterator is empty.")
        uri = str(ctx.file_access.put_raw_data(path))
        return Literal(scalar=Scalar(blob=Blob(metadata=BlobMetadata(type=BlobType(FORMAT, 0)), uri=uri)))

    def to_python_value(self, ctx: Any, lv: Literal, expected_python_type: Any) -> Any:
        """An iterator over the file, which is open until its end has been read."""
        if lv.scalar is None or lv.scalar.blob is None:
            raise unexpected("blob", lv)
        uri = lv.scalar.blob.uri
        if ctx.file_access.is_remote(uri):
            return JSONIterator(ctx.file_access.get_filesystem_for_path(uri).open(uri, "r"), uri)
        return JSONIterator(open(uri.removeprefix("file://"), encoding="utf-8"), uri)  # read later

    def guess_python_type(self, literal_type: LiteralType) -> Any:
        """`Iterator[JSON]`, if the Flyte type says so."""
        blob = literal_type.blob
        is_json = literal_type.metadata == METADATA
        if is_json and blob is not None and blob.dimensionality == 0 and blob.format == FORMAT:
            return Iterator[JSON]
        raise ValueError(f"Transformer {self} cannot reverse {preview(literal_type)}.")


def _decoder(hint: Any) -> Callable[[bytes], Any]:
    """What reads an element, which may be stored elsewhere: nobody has looked into it yet."""
    decode: Callable[[bytes], Any] = compiled(hint).decode

    def decode_or_fetch(data: bytes) -> Any:
        try:
            return decode(data)
        except OffloadedLiteralError:
            return decode(parse(data).serialize_to_string())

    return decode_or_fetch


def _item(hint: Any) -> Any:
    while is_annotated(hint):
        hint = hint.__origin__
    if not arguments(hint):
        refuse(hint, "", "Type of Generic List type is not supported", "say what it holds, for example Iterator[int]")
    return arguments(hint)[0]


def _elements(value: Any, hint: Any) -> Iterable[Any]:
    if isinstance(value, (str, bytes, dict)) or not hasattr(value, "__iter__"):
        raise TypeTransformerFailedError(f"expected an iterable for {name(hint)}, got {value_kind(value)}")
    return value


def _line(number: int, value: Any) -> str:
    if value is None:
        raise TypeTransformerFailedError(f"[{number - 1}]: None cannot be a line: it could not be read back")
    try:
        # As the library that flytekit uses: spaces, and no escapes.
        return json.dumps(value, ensure_ascii=False) + "\n"
    except (TypeError, ValueError) as error:
        raise at_index(number - 1, error) from error


def make(hint: Any) -> TypeTransformer[Any]:
    """The transformer of an iterator type."""
    while is_annotated(hint):
        hint = hint.__origin__
    if hint is JSONIterator or hint == Iterator[JSON]:
        return JSONIteratorTransformer()
    return IteratorTransformer()
