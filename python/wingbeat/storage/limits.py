"""How much goes on at the same time, and how long it may take."""

from __future__ import annotations

import os

#: Transfers of one kind at the same time, unless `WINGBEAT_TRANSFERS` says otherwise.
TRANSFERS = 32
#: Bytes that all uploads on their way may have together.
BYTES_IN_FLIGHT = 256 * 2**20
#: Bytes that may lie on the disk, fetched before somebody has asked for them.
BYTES_AHEAD = 2**30
#: Bytes of one request of a large download.
RANGE = 16 * 2**20
#: Requests of all large downloads at the same time: their bytes are in memory.
RANGES = 6
#: Bytes of the parts of one multipart upload that are in memory at the same time.
PARTS_IN_MEMORY = 64 * 2**20
#: Bytes of one part of a multipart upload, unless `_F_P_WRITE_CHUNK_SIZE` says otherwise (runtime contract 3.3).
PART = 25 * 2**20
#: Seconds to wait for the next byte, unless `WINGBEAT_STORAGE_TIMEOUT` says otherwise.
TIMEOUT = 60
#: Seconds to wait for a connection, at most.
CONNECT_TIMEOUT = 10


def transfers() -> int:
    """How many files may be on their way at the same time.

    Raises:
        ValueError: `WINGBEAT_TRANSFERS` is no positive number.
    """
    return number("WINGBEAT_TRANSFERS", TRANSFERS, least=1)


def part_size() -> int:
    """Bytes of one part of a multipart upload. Raises ValueError for a setting that is no positive number."""
    return number("_F_P_WRITE_CHUNK_SIZE", PART, least=1)


def timeout() -> int:
    """Seconds after which a connection on which nothing comes is given up. Raises ValueError as above."""
    return number("WINGBEAT_STORAGE_TIMEOUT", TIMEOUT, least=1)


def connect_timeout() -> int:
    """Seconds to wait for a connection."""
    return min(timeout(), CONNECT_TIMEOUT)


def number(name: str, default: int, *, least: int = 0) -> int:
    """The whole number in an environment variable; `default` if it is not set or empty.

    Raises:
        ValueError: it is none, or less than `least`.
    """
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    if not text.isdecimal() or int(text) < least:
        raise ValueError(f"{name}={text!r}: expected a whole number, {least} or more")
    return int(text)
