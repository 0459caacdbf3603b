"""The outputs of all elements as one literal map, as ArrayNode gathers them (runtime contract 6.1, 6.4).

Elements end in any order and in several processes. Each process appends what it has to a spool of its own, and notes in
a file of records of one size, at the place of the element, where that is. In the end the records are read in order.
What is in memory is one bit for each element.
"""

from __future__ import annotations

import os
import shutil
import struct
import tempfile

from wingbeat._core import entries
from wingbeat.runtime import log
from wingbeat.runtime.many.marks import Marks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from typing import BinaryIO

#: The process whose spool it is in, where in it, how long.
_RECORD = struct.Struct("<IQI")
_NOTHING = bytes(_RECORD.size)
#: Records that are read together, and literals that are written together.
_BLOCK = 1024
#: Spools that are open at the same time.
_OPEN = 64
#: Bytes that are read together from a spool, and those after which what is there is written.
_BUFFER, _PIECE = 2**16, 2**20
#: What protobuf's own parsers refuse to read.
_LARGEST = 2**31 - 1
#: `Literal(scalar=Scalar(none_type=Void()))`, which the engine has in the place of an element that failed.
NONE = bytes.fromhex("0a022a00")


class CollectError(Exception):
    """The outputs are there, each in its place, but cannot be made one literal map."""


class Collector:
    """Gathers the outputs of elements. May be handed over to processes that are forked or spawned.

    Args:
        names: The outputs that the task declares.
        parent: The folder that its files are to be in.

    Raises:
        OSError: from the constructor, if its folder cannot be made.
    """

    def __init__(self, names: Collection[str], parent: str | None = None) -> None:
        self._names = tuple(names)
        self._folder = tempfile.mkdtemp(prefix="flyte-collect-", dir=parent)
        #: The elements whose outputs are wanted, as the process that collects knows. All others are none.
        self.wanted = Marks()
        self._process = 0
        self._spool = -1
        self._end = 0
        self._records: dict[str, int] = {}

    def __getstate__(self) -> dict[str, object]:
        return {"_names": self._names, "_folder": self._folder}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)
        self._process = 0

    def keep(self, index: int, document: bytes) -> None:
        """Keep the outputs of an element, in the process that has them. If that fails, `chunks` says so in the end."""
        try:
            self.add(index, document)
        except OSError as error:
            log.error(f"The outputs of element {index} could not be kept to collect them: {error}")

    def add(self, index: int, document: bytes) -> None:
        """The same, and a failure is raised.

        Raises:
            OSError: they could not be kept.
        """
        if self._process != os.getpid():
            self._open()
        literals = entries(document)
        for name, records in self._records.items():
            literal = literals.get(name)
            if literal is None:
                continue
            framed = frame(literal)
            try:
                write_all(self._spool, framed)
                os.pwrite(records, _RECORD.pack(self._process, self._end, len(framed)), index * _RECORD.size)
            finally:
                self._end = os.lseek(self._spool, 0, os.SEEK_END)  # a part of it may have been written

    def _open(self) -> None:
        """Begin, or go on with, the spool of this process."""
        self._process = os.getpid()
        self._spool = os.open(self._path(self._process), os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        # A process of the same number may have ended before, even in the middle of a value.
        self._end = os.fstat(self._spool).st_size
        self._records = {
            name: os.open(self._path(number, "records"), os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
            for number, name in enumerate(self._names)
        }

    def _path(self, number: int, kind: str = "spool") -> str:
        return os.path.join(self._folder, f"{kind}-{number}")

    def chunks(self, elements: Collection[int]) -> Iterator[bytes]:
        """The literal map of lists, each with one literal for each of `elements`, in that order.

        Raises:
            CollectError: it would be too large, or what an element has returned could not be kept.
            OSError: what was kept cannot be read.
        """
        for number, name in enumerate(self._names):
            encoded = name.encode()
            listed = sum(length or len(frame(NONE)) for _, _, length in self._places(number, elements))
            collection = b"\x12" + varint(listed)  # Literal.collection, of LiteralCollection.literals
            literal = b"\x12" + varint(len(collection) + listed) + collection  # LiteralsEntry.value
            key = b"\x0a" + varint(len(encoded)) + encoded
            size = len(key) + len(literal) + listed
            if size > _LARGEST:
                raise CollectError(
                    f"the collected values of output {name!r} take {size} bytes, and a protobuf message has at most "
                    f"{_LARGEST}; collect fewer elements at a time, or return a FlyteFile, of which the literal holds "
                    "only the location"
                )
            yield b"\x0a" + varint(size) + key + literal
            yield from self._literals(number, elements)

    def _literals(self, number: int, elements: Collection[int]) -> Iterator[bytes]:
        """The framed literals of one output, many at a time."""
        none = frame(NONE)
        pieces: list[bytes] = []
        held = 0
        spools: dict[int, BinaryIO] = {}
        try:
            for process, start, length in self._places(number, elements):
                if length:
                    spool = spools.get(process)
                    if spool is None:
                        if len(spools) == _OPEN:
                            spools.pop(next(iter(spools))).close()
                        spool = spools[process] = open(self._path(process), "rb", buffering=_BUFFER)  # noqa: SIM115
                    if spool.tell() != start:
                        spool.seek(start)
                    pieces.append(spool.read(length))
                else:
                    pieces.append(none)
                held += len(pieces[-1])
                if held >= _PIECE or len(pieces) == _BLOCK:
                    yield b"".join(pieces)
                    pieces.clear()
                    held = 0
            yield b"".join(pieces)
        finally:
            for spool in spools.values():
                spool.close()

    def _places(self, number: int, elements: Collection[int]) -> Iterator[tuple[int, int, int]]:
        """Where the literal of each element is; its length is 0 where there is none."""
        block, places = -1, b""
        descriptor = os.open(self._path(number, "records"), os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            for index in elements:
                if index not in self.wanted:
                    yield 0, 0, 0
                    continue
                wanted, rest = divmod(index, _BLOCK)
                if wanted != block:
                    block = wanted
                    places = os.pread(descriptor, _BLOCK * _RECORD.size, block * _BLOCK * _RECORD.size)
                at = rest * _RECORD.size
                if places[at : at + _RECORD.size].ljust(_RECORD.size, b"\0") == _NOTHING:
                    raise CollectError(
                        f"output {self._names[number]!r} of element {index} could not be kept (is there room in "
                        f"{os.path.dirname(self._folder)}?); the outputs of all elements are under the output prefix: "
                        "the same command with --resume collects them"
                    )
                yield _RECORD.unpack_from(places, at)
        finally:
            os.close(descriptor)

    def close(self) -> None:
        """Delete the files, in the process that made them."""
        if self._process == os.getpid():
            os.close(self._spool)
            for descriptor in self._records.values():
                os.close(descriptor)
            self._process = 0
        shutil.rmtree(self._folder, ignore_errors=True)


def frame(literal: bytes) -> bytes:
    """A literal as a collection has it."""
    return b"\x0a" + varint(len(literal)) + literal


def varint(number: int) -> bytes:
    """A whole number as protobuf writes it."""
    written = bytearray()
    while number > 0x7F:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    written.append(number)
    return bytes(written)


def write_all(descriptor: int, data: bytes) -> None:
    """Write everything: one system call writes at most 2 GiB, or what there is room for."""
    written = os.write(descriptor, data)
    while written < len(data):
        written += os.write(descriptor, memoryview(data)[written:])
