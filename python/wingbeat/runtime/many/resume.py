"""What an output prefix holds before a run begins: reason to refuse it, or work that need not be done again."""

from __future__ import annotations

import os

from wingbeat import storage
from wingbeat._core import MalformedLiteralError, entries
from wingbeat.runtime.many.marks import Marks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Iterator

#: What a run, of one element or of many, leaves in the prefix itself.
_OF_A_RUN = ("outputs.pb", "error.pb", "summary.json")
#: Elements elsewhere that are looked at together, and how many of them at the same time.
_SLICE = 1024
_AT_ONCE = 32


class OccupiedError(Exception):
    """The output prefix holds what this run would mix its own with."""


def refuse(output_prefix: str, elements: Container[int]) -> None:
    """Make sure that nothing is there.

    Raises:
        OccupiedError: there are files of an earlier run, or of one of the elements.
        StorageError: the prefix cannot be listed.
    """
    for name, is_folder in names(output_prefix):
        index = index_of(name)
        if is_folder and index is not None and index in elements:
            if not any(True for _ in names(storage.join(output_prefix, name))):
                continue  # a run that was ended just then
            found = f"a folder of element {index}"
        elif not is_folder and name in _OF_A_RUN:
            found = name
        else:
            continue
        raise OccupiedError(
            f"{output_prefix} holds {found} already, of another run: give a --output-prefix of its own, or --resume "
            "to keep the outputs that are whole and run the other elements"
        )


def finished(
    output_prefix: str,
    elements: Container[int],
    declared: Collection[str],
    keep: Callable[[int, bytes], None] | None = None,
) -> Marks:
    """The elements that need not be run again, because their outputs are there and whole.

    What tells of failures is removed: it is about to be untrue.

    Args:
        output_prefix: Where to look.
        elements: Which ones matter.
        declared: The outputs that a whole document has.
        keep: Is given each element that need not be run, and its document.

    Raises:
        StorageError: what is there cannot be read, or removed.
    """
    marks = Marks()
    for index, document in documents(output_prefix, elements):
        if document is not None and is_whole(document, declared):
            marks.add(index)
            if keep is not None:
                keep(index, document)
    return marks


def documents(output_prefix: str, elements: Container[int]) -> Iterator[tuple[int, bytes | None]]:
    """The document of each element that has a folder; None if there is none in it."""
    from wingbeat.storage import transfer

    is_local = storage.local_path(output_prefix) is not None
    elsewhere = []
    for name, is_folder in names(output_prefix):
        index = index_of(name)
        if is_folder and index is not None and index in elements:
            if is_local:
                yield index, document(output_prefix, index)
            else:
                elsewhere.append(index)
        elif name == "error.pb":
            transfer.delete(storage.join(output_prefix, name))
    if not elsewhere:
        return
    from concurrent.futures import ThreadPoolExecutor
    from functools import partial

    # The threads have ended before workers are forked.
    for start in range(0, len(elsewhere), _SLICE):
        part = elsewhere[start : start + _SLICE]
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            yield from zip(part, pool.map(partial(document, output_prefix), part), strict=True)


def document(output_prefix: str, index: int) -> bytes | None:
    """What an earlier run has left of one element, without what tells of a failure."""
    from wingbeat.storage import transfer

    folder = storage.join(output_prefix, str(index))
    left = None
    for name, is_folder in names(folder):
        if name == "outputs.pb":
            left = storage.read(storage.join(folder, name))
        elif not is_folder and name.startswith("error") and name.endswith(".pb"):
            transfer.delete(storage.join(folder, name))
            left = None
            break
    return left


def is_whole(document: bytes, declared: Collection[str]) -> bool:
    """Whether a document is a literal map with all outputs that are declared."""
    try:
        literals = entries(document)
    except MalformedLiteralError:
        return False
    return all(name in literals for name in declared)


def index_of(name: str) -> int | None:
    """The element that a folder belongs to; None for any other name."""
    return int(name) if name.isascii() and name.isdecimal() and str(int(name)) == name else None


def names(folder: str) -> Iterator[tuple[str, bool]]:
    """The names in a folder, and whether each is a folder; none if there is no such folder."""
    path = storage.local_path(folder)
    if path is not None:
        # As they come: there may be a million.
        try:
            with os.scandir(path) as found:
                for one in found:
                    yield one.name, one.is_dir()
        except FileNotFoundError:
            return
        except OSError as error:
            raise storage.StorageError("read", folder, f"{type(error).__name__}: {error.strerror}") from error
        return
    from wingbeat.storage import listing

    try:
        entries_there = listing.list_folder(folder)
    except storage.StorageError as error:
        if isinstance(error.__cause__, FileNotFoundError):
            return
        raise
    for entry in entries_there:
        yield entry.name, entry.is_folder
