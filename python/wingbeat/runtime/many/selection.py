"""Which elements of a map task are to be run: `--elements 0:10000`, `3,7,9:12`, `@file`."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from itertools import chain

from wingbeat import storage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PREVIEW = 60
_BEYOND = 2**62


class SelectionError(ValueError):
    """The text is no selection, or selects what there is not."""


class Selection:
    """Indices in ascending order, each once. Immutable; memory is that of its ranges.

    Args:
        ranges: Pairs of a first index and the one after the last, in any order; they may overlap or be empty.
    """

    __slots__ = ("_before", "_count", "_starts", "_stops")

    def __init__(self, ranges: Iterable[tuple[int, int]] = ()) -> None:
        starts, stops = join(ranges)
        self._starts = starts
        self._stops = stops
        self._before = array("q")  # how many elements the ranges before each hold
        self._count = 0
        for start, stop in self.ranges():
            self._before.append(self._count)
            self._count += stop - start

    def __len__(self) -> int:
        return self._count

    def __contains__(self, index: object) -> bool:
        if not isinstance(index, int):
            return False
        place = bisect_right(self._starts, index) - 1
        return place >= 0 and index < self._stops[place]

    def __iter__(self) -> Iterator[int]:
        return chain.from_iterable(map(range, self._starts, self._stops))

    def __getitem__(self, position: int) -> int:
        """The index at a position; the last of all at -1. Raises IndexError."""
        if position < 0:
            position += self._count
        if not 0 <= position < self._count:
            raise IndexError(f"position {position} of {self._count} elements")
        place = bisect_right(self._before, position) - 1
        return self._starts[place] + position - self._before[place]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Selection):
            return NotImplemented
        return self._starts == other._starts and self._stops == other._stops

    def __hash__(self) -> int:
        return hash((self._starts.tobytes(), self._stops.tobytes()))

    def __str__(self) -> str:
        """As `--elements` would have it."""
        return ",".join(str(start) if stop == start + 1 else f"{start}:{stop}" for start, stop in self.ranges())

    def __repr__(self) -> str:
        text = str(self)
        return f"Selection({text if len(text) <= _PREVIEW else f'{text[:_PREVIEW]}…'!r})"

    def ranges(self) -> Iterator[tuple[int, int]]:
        """Pairs of a first index and the one after the last, in ascending order; no two touch each other."""
        return zip(self._starts, self._stops, strict=True)

    def without(self, indices: Iterable[int]) -> Selection:
        """The others. `indices` ascend."""
        return Selection(self._others(indices))

    def _others(self, indices: Iterable[int]) -> Iterator[tuple[int, int]]:
        rest = iter(indices)
        index = next(rest, _BEYOND)
        for start, stop in self.ranges():
            begin = start
            while index < stop:
                if index >= begin:
                    yield begin, index
                    begin = index + 1
                index = next(rest, _BEYOND)
            yield begin, stop


def join(ranges: Iterable[tuple[int, int]]) -> tuple[array[int], array[int]]:
    """First indices, and those after the last, of as few ranges as hold the same indices."""
    starts, stops = array("q"), array("q")
    ascending = True
    for start, stop in ranges:
        if start >= stop:
            continue
        if starts and starts[-1] <= start <= stops[-1]:
            stops[-1] = max(stops[-1], stop)
            continue
        ascending = ascending and (not starts or start > stops[-1])
        starts.append(start)
        stops.append(stop)
    return (starts, stops) if ascending else join(sorted(zip(starts, stops, strict=True)))


def parse(text: str, count: int) -> Selection:
    """The elements that `--elements` names.

    Parts are separated by commas: an index, or a range `from:to` without its last; what is left out is the beginning
    or the end, so `:` is all. `@FILE` stands for what is in a file, a local path or a URL, where white space separates
    as well. What is named twice counts once.

    Args:
        text: The value of the option.
        count: How many elements there are.

    Raises:
        SelectionError: it cannot be understood, names an element that there is not, or none.
        StorageError: the file cannot be read.
    """
    source = f"--elements {shown(text)}"
    if text.startswith("@"):
        source = text[1:]
        text = storage.read(source).decode("utf-8", "replace").replace(",", " ")
        parts = text.split()
    else:
        parts = text.split(",")
    selection = Selection(part_of(part, source, count) for part in parts)
    if not selection:
        raise SelectionError(f"{source} names no element")
    return selection


def part_of(part: str, source: str, count: int) -> tuple[int, int]:
    """The first index of a part, and the one after its last."""
    first, colon, last = part.partition(":")
    start = number(first, 0 if colon else None, part, source)
    stop = number(last, count, part, source) if colon else start + 1
    if stop <= start and not (start == stop == count == 0):
        raise SelectionError(f"{source}: the range {shown(part)} is empty: it begins at {start} and ends before {stop}")
    if stop > count:
        there = f"there are {count}, from 0 to {count - 1}" if count else "there are none"
        raise SelectionError(f"{source}: there is no element {max(start, stop - 1)}; {there}")
    return start, stop


def number(text: str, default: int | None, part: str, source: str) -> int:
    """An index, or what stands for none."""
    text = text.strip()
    if not text and default is not None:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise SelectionError(
            f"{source}: {shown(part)} is no element; expected an index from 0, or a range of them such as 0:100"
        )
    return int(text)


def shown(text: str) -> str:
    """Text for a message."""
    return repr(text if len(text) <= _PREVIEW else f"{text[:_PREVIEW]}…")
