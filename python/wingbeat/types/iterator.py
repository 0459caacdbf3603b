"""Iterators as values of tasks (type-system spec 2.18).

`Iterator[T]` is written as a list of `T`; `Iterator[JSON]` as a file of lines, for what does not fit into memory.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Dict, Generic, List, TypeVar, Union  # noqa: UP035  # see JSON

from wingbeat.errors import TypeTransformerFailedError
from wingbeat.types.place import at_index
from wingbeat.types.preview import preview

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["JSON", "FlyteIterator", "JSONIterator"]

T = TypeVar("T")

# Spelled as in flytekit: types are compared by their spelling.
JSONCollection = Union[Dict[str, Any], List[Any]]  # noqa: UP006, UP007
JSONScalar = Union[bool, float, int, str]  # noqa: UP007
JSON = Union[JSONCollection, JSONScalar]  # noqa: UP007


class FlyteIterator(Generic[T]):
    """What a task receives for `Iterator[T]`: knows its length, may be iterated again, converts on the way."""

    def __init__(self, literals: Sequence[bytes], decode: Callable[[bytes], T]) -> None:
        self._literals = literals
        self._decode = decode
        self._index = 0

    def __len__(self) -> int:
        return len(self._literals)

    def __iter__(self) -> FlyteIterator[T]:
        self._index = 0
        return self

    def __next__(self) -> T:
        if self._index >= len(self._literals):
            raise StopIteration
        index = self._index
        self._index += 1
        try:
            return self._decode(self._literals[index])
        except TypeTransformerFailedError as error:
            raise at_index(index, error) from error


class JSONIterator(Iterator[Any]):
    """What a task receives for `Iterator[JSON]`: the values of a file's lines, read as they are asked for.

    The file is closed at its end, at the first line that is no value, and when nobody holds the iterator any more.
    """

    def __init__(self, file: Any, uri: str) -> None:
        self._file = file
        self._uri = uri
        self._line = 0

    def __iter__(self) -> JSONIterator:
        return self

    def __next__(self) -> Any:
        while line := "" if self._file.closed else self._file.readline():
            self._line += 1
            if line.strip():
                return self._value(line)
        self._file.close()
        raise StopIteration

    def _value(self, line: str) -> Any:
        try:
            value = json.loads(line)
        except ValueError as error:
            self._file.close()
            raise TypeTransformerFailedError(f"{self._uri}, line {self._line}: not JSON: {preview(line)}") from error
        if value is None:
            self._file.close()
            raise TypeTransformerFailedError(f"{self._uri}, line {self._line}: null is not a value of JSON lines")
        return value

    def __del__(self) -> None:
        self._file.close()
