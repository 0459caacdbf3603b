"""How much goes on at the same time."""

from __future__ import annotations

import os

#: Transfers of one kind at the same time, unless `WINGBEAT_TRANSFERS` says otherwise.
TRANSFERS = 16
#: Bytes that all uploads on their way may have together.
BYTES_IN_FLIGHT = 256 * 2**20


def transfers() -> int:
    """How many files may be on their way at the same time.

    Raises:
        ValueError: `WINGBEAT_TRANSFERS` is no positive number.
    """
    return number("WINGBEAT_TRANSFERS", TRANSFERS, least=1)


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
