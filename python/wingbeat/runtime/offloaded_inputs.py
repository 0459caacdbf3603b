"""Inputs that the engine stored elsewhere because they are large (runtime contract 4.5). Loaded when one occurs."""

from __future__ import annotations

from wingbeat import storage
from wingbeat._core import offloaded, with_offloaded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

#: Literals that are fetched at the same time.
_AT_A_TIME = 16


def fetch(document: bytes, element: int | None, bound: Collection[str]) -> bytes:
    """The literal map with what is stored in the place of what stands for it; with `element`, as far as it needs.

    Where nothing is stored elsewhere, the same object.

    Raises:
        StorageError: one of them cannot be read.
        MalformedLiteralError: the document is no literal map.
    """
    uris = list(dict.fromkeys(offloaded(document, element, bound)))
    if not uris:
        return document
    contents: dict[str, bytes] = {}
    for start in range(0, len(uris), _AT_A_TIME):
        some = uris[start : start + _AT_A_TIME]
        for uri, content in zip(some, [storage.fetch(uri) for uri in some], strict=True):
            contents[uri] = content()
    return with_offloaded(document, contents)
