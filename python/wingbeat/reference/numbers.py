"""Nested collections of numbers to arrays and back: the `Numbers` node.

Reading goes twice over the literal, as the compiled codec does, so that both find the same error first: once for shape
and kind of number, once for the numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flyteidl.core import literals_pb2

from wingbeat.reference import literal_read, packed_read, words
from wingbeat.reference.place import mismatch, refusal, user_code
from wingbeat.types import schema as s

if TYPE_CHECKING:
    from wingbeat.reference.place import Place

#: More than that make no array.
DEEPEST = 32


def read(schema: s.Numbers, literal: literals_pb2.Literal, place: Place) -> Any:
    if literal.WhichOneof("value") != "collection":
        if literal.scalar.WhichOneof("value") in ("blob", "binary", "generic"):
            return literal_read.read(schema.blob, literal, place)
        kind, value = literal_read.form(literal, place)
        raise literal_read.wrong("blob or collection of numbers", literal, kind, value, place)
    survey = _Survey()
    try:
        survey.collection(literal.collection.literals, 0, place)
    except _Document:
        return _documents(schema, literal.collection.literals, place)
    shape = survey.shape
    if schema.dimensions and len(shape) != schema.dimensions:
        if len(shape) > schema.dimensions or 0 not in shape:
            raise mismatch(place, f"numbers in collections {schema.dimensions} deep", f"{len(shape)} deep")
        shape += [0] * (schema.dimensions - len(shape))
    element = schema.element or survey.element
    with user_code(place):
        array = schema.make(element, tuple(shape))
    if survey.cells:
        cells: Any = memoryview(array).cast("B").cast({"int": "q", "float": "d", "bool": "?"}[element])  # type: ignore[call-overload]
        for position, (value, where) in enumerate(survey.cells):
            cells[position] = _cell(element, value, where)
    return array


class _Document(Exception):  # noqa: N818  # not an error, but another way
    """An element is a document with numbers of its own, as attribute access makes them (type-system spec 4.7)."""


def _documents(schema: s.Numbers, items: Any, place: Place) -> Any:
    content = _plain(items, place, DEEPEST)
    if not isinstance(schema.blob, s.Blob) or schema.blob.document is None:
        raise mismatch(place, "blob", words.python(content))
    with user_code(place):
        return schema.blob.document(content)


def _plain(items: Any, place: Place, depth: int) -> list[Any]:
    if not depth:
        raise refusal(place, f"collections nested more than {DEEPEST} deep make no array")
    found: list[Any] = []
    for index, item in enumerate(items):
        where = place.index(index)
        literal = item.scalar.union.value if item.scalar.WhichOneof("value") == "union" else item
        kind, value = literal_read.form(literal_read.not_offloaded(literal, where), where)
        if kind == "collection":
            found.append(_plain(value, where, depth - 1))
        elif kind == "binary":
            found.append(packed_read.read(s.Any(), value, where.document()))
        elif type(value) in (int, float, bool):
            found.append(value)
        else:
            raise literal_read.wrong("number", literal, kind, value, where)
    return found


class _Survey:
    """The shape of nested collections, and their numbers in order, each with its place."""

    def __init__(self) -> None:
        self.shape: list[int] = []
        self.cells: list[tuple[Any, Place]] = []
        self._kinds: set[type] = set()

    @property
    def element(self) -> str:
        if bool in self._kinds:
            return "bool"
        return "int" if self._kinds == {int} else "float"

    def collection(self, items: Any, depth: int, place: Place) -> None:
        if depth == len(self.shape):
            if depth == DEEPEST:
                raise refusal(place, f"collections nested more than {DEEPEST} deep make no array")
            self.shape.append(len(items))
        elif len(items) != self.shape[depth]:
            word = "numbers" if depth + 1 == len(self.shape) else "collections"
            hint = "the rows of an array are of one length"
            raise mismatch(place, f"{self.shape[depth]} {word}", str(len(items)), hint)
        for index, item in enumerate(items):
            self._item(item, depth, place.index(index))

    def _item(self, item: literals_pb2.Literal, depth: int, place: Place) -> None:
        if item.scalar.WhichOneof("value") == "union":
            item = item.scalar.union.value
        leaf = depth + 1 == len(self.shape)
        kind, value = literal_read.form(literal_read.not_offloaded(item, place), place)
        if kind == "binary" and type(value) is list:
            raise _Document
        is_number = type(value) in (int, float, bool)
        if kind == "collection" and not (leaf and self._kinds):
            self.collection(value, depth + 1, place)
        elif not is_number or not leaf:
            raise literal_read.wrong("collection" if is_number else "number", item, kind, value, place)
        else:
            self._note(value, place)

    def _note(self, number: Any, place: Place) -> None:
        self._kinds.add(type(number))
        if bool in self._kinds and len(self._kinds) > 1:
            expected, got = ("number", "boolean") if type(number) is bool else ("boolean", "number")
            raise mismatch(place, expected, got, "an array holds either numbers or booleans")
        self.cells.append((number, place))


def _cell(element: str, value: Any, place: Place) -> Any:
    hint = "an array holds either numbers or booleans"
    if element == "bool" and type(value) is not bool:
        raise mismatch(place, "boolean", "number", hint)
    if element != "bool" and type(value) is bool:
        raise mismatch(place, "number", "boolean", hint)
    if element == "int" and type(value) is float:
        if not (value.is_integer() and -(2.0**63) <= value < 2.0**63):
            raise mismatch(place, "integer", f"float {words.preview(value)}")
        return int(value)
    return float(value) if element == "float" else value


def write(schema: s.Numbers, value: Any, place: Place) -> literals_pb2.Literal:
    with user_code(place):
        array = schema.take(value, schema.element, schema.dimensions)
    return _collection(array.tolist(), {"int": "integer", "float": "float_value", "bool": "boolean"}[schema.element])


def _collection(values: list[Any], member: str) -> literals_pb2.Literal:
    collection = literals_pb2.LiteralCollection()
    for value in values:
        if isinstance(value, list):
            collection.literals.append(_collection(value, member))
        else:
            setattr(collection.literals.add().scalar.primitive, member, value)
    return literals_pb2.Literal(collection=collection)
