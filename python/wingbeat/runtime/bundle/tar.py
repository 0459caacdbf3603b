"""Reads tar archives: ustar, pax and GNU's long names. Python's own module takes as long to import as a task to start.

Nothing here touches a file of the archive or trusts it: what a header asks for is decided in `unpack`.
"""

from __future__ import annotations

import os

from wingbeat.runtime.bundle.errors import BundleError
from wingbeat.runtime.bundle.stream import ended

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from wingbeat.runtime.bundle.limits import Limits
    from wingbeat.runtime.bundle.stream import Stream

BLOCK = 512
FILE, HARD_LINK, LINK, FOLDER = "file", "hard link", "link", "folder"
KINDS = {b"\0": FILE, b"0": FILE, b"7": FILE, b"1": HARD_LINK, b"2": LINK, b"5": FOLDER}
#: What is in archives and not to be unpacked, as messages call it.
REFUSED = {
    b"3": "a character device",
    b"4": "a block device",
    b"6": "a named pipe",
    b"S": "a sparse file, which is not supported",
    b"M": "a part of a file that is in several archives, which is not supported",
}
_LONG_NAME, _LONG_LINK, _PAX, _PAX_FOR_ALL, _LABEL = b"L", b"K", b"x", b"g", b"V"
_LONGEST_HEADER = 1024 * 1024  # of names and attributes


class Member:
    """One file, folder or link. `time` is in nanoseconds since 1970; `size` is that of its content in the archive."""

    __slots__ = ("kind", "mode", "name", "size", "target", "time")

    def __init__(self, kind: str, name: bytes, target: bytes, mode: int, time: int, size: int) -> None:
        self.kind = kind
        self.name = os.fsdecode(name)
        self.target = os.fsdecode(target)
        self.mode = mode
        self.time = time
        self.size = size


def members(stream: Stream, limits: Limits) -> Iterator[Member]:
    """The members in their order. The content of each has to be read before the next is asked for.

    Raises:
        BundleError: this is no tar archive, it is damaged, not whole or holds what cannot be unpacked.
    """
    for_all: dict[bytes, bytes] = {}
    pax: dict[bytes, bytes] = {}
    header = stream.read(BLOCK)
    if not header:
        raise BundleError("it is empty. Register the task again")
    while header.strip(b"\0"):
        limits.add_member()
        check(header)
        kind = header[156:157]
        size = number(header[124:136])
        if kind in (_PAX, _PAX_FOR_ALL):
            (pax if kind == _PAX else for_all).update(records(content(stream, size)))
        elif kind in (_LONG_NAME, _LONG_LINK):
            pax[b"path" if kind == _LONG_NAME else b"linkpath"] = content(stream, size).rstrip(b"\0")
        elif kind != _LABEL:
            member = member_of(header, kind, size, for_all | pax if for_all else pax)
            pax = {}
            yield member
            skip(stream, -member.size % BLOCK)
        header = stream.read(BLOCK)
    stream.drain()


def member_of(header: bytes, kind: bytes, size: int, pax: dict[bytes, bytes]) -> Member:
    """What a header and the attributes before it say together."""
    name = pax.get(b"path") or text(header[:100])
    if b"path" not in pax and header[257:263] == b"ustar\0" and header[345]:
        name = text(header[345:500]) + b"/" + name
    if kind in REFUSED or any(key.startswith(b"GNU.sparse.") for key in pax):
        raise BundleError(f"{os.fsdecode(name)!r} is {REFUSED.get(kind, REFUSED[b'S'])}. Leave it out of the bundle")
    if kind not in KINDS:
        raise BundleError(f"{os.fsdecode(name)!r} is of the unknown kind {kind!r}. Leave it out of the bundle")
    size = int(pax[b"size"]) if b"size" in pax else size
    if size < 0:
        raise BundleError(f"it is damaged: {os.fsdecode(name)!r} is {size} bytes long")
    what = KINDS[kind]
    if what == FILE and name.endswith(b"/"):  # in old archives
        what = FOLDER
        if size:
            raise BundleError(f"it is damaged: {os.fsdecode(name)!r} is a folder, and {size} bytes long")
    return Member(
        what,
        name,
        pax.get(b"linkpath") or text(header[157:257]),
        number(header[100:108]),
        nanoseconds(pax[b"mtime"]) if b"mtime" in pax else number(header[136:148]) * 1_000_000_000,
        size if what == FILE else 0,
    )


def check(header: bytes) -> None:
    """Raise a BundleError unless the header's checksum is right, by either of the two ways to add it up."""
    if len(header) < BLOCK:
        raise ended()
    claimed = number(header[148:156])
    total = sum(header) - sum(header[148:156]) + 8 * 32
    if claimed != total and claimed != total - 256 * sum(byte > 127 for byte in header[:148] + header[156:]):
        raise BundleError(f"it is not a tar archive, packed with gzip or not: a header begins with {header[:8]!r}")


def number(field: bytes) -> int:
    """A number in octal, or beyond that in GNU's binary form."""
    if field[0] & 0x80:
        value = int.from_bytes(field, "big")
        bits = 8 * len(field)
        return value - (1 << bits) if field[0] & 0x40 else value - (1 << (bits - 1))
    digits = text(field).strip()
    try:
        return int(digits, 8) if digits else 0
    except ValueError:
        raise BundleError(f"it is not a tar archive, or damaged: {field!r} stands for a number") from None


def text(field: bytes) -> bytes:
    """A field up to the first NUL."""
    return field.partition(b"\0")[0]


def content(stream: Stream, size: int) -> bytes:
    """The content of a header that describes the next member."""
    if not 0 <= size <= _LONGEST_HEADER:
        raise BundleError(f"a name or an attribute is {size} bytes long, more than {_LONGEST_HEADER}")
    data = b"".join(stream.pieces(size))
    skip(stream, -size % BLOCK)
    return data


def skip(stream: Stream, size: int) -> None:
    """Read on without looking."""
    for _ in stream.pieces(size):
        pass


def records(data: bytes) -> dict[bytes, bytes]:
    """The attributes of a pax header: `LENGTH KEY=VALUE` and a newline each."""
    found = {}
    at = 0
    record = data
    try:
        while at < len(data) and data[at]:
            length = int(data[at : data.index(b" ", at)])
            record = data[at : at + length]
            if length < 5 or record[-1:] != b"\n":
                raise ValueError(length)
            key, _, value = record[:-1].partition(b" ")[2].partition(b"=")
            found[key] = value
            at += length
            if key == b"mtime":
                nanoseconds(value)
            elif key == b"size" and (not value.isdigit() or len(value) > 20):
                raise ValueError(value)
    except ValueError:
        raise BundleError(f"it is damaged: an attribute is {record[:40]!r}") from None
    return found


def nanoseconds(value: bytes) -> int:
    """The time of a pax header: seconds with a fraction. Raises ValueError."""
    whole, _, fraction = value.partition(b".")
    part = int(fraction[:9].ljust(9, b"0")) if fraction else 0
    return int(whole) * 1_000_000_000 + (-part if whole.startswith(b"-") else part)
