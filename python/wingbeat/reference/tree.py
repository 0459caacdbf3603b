"""The neutral form between msgpack or `Struct` and Python values: what a document holds, nothing interpreted.

None, bool, int, float, str, bytes, list (array), `Pairs` (map) and `Extension`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    # Named here only for annotations: the document is recursive.
    Tree = Any


class Pairs(list):  # type: ignore[type-arg]
    """A map as written: (key, value) pairs, duplicates and keys of any kind included."""


class Extension(NamedTuple):
    """A msgpack extension value. No SDK writes any; it is an error wherever it is looked at."""

    code: int
    data: bytes
