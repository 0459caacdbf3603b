"""The one exception of the storage layer."""

from __future__ import annotations


class StorageError(Exception):
    """A file could not be read or written.

    `uri` is the location as it was given, `operation` is `read`, `write` or `delete`, `advice` what to do about it (may
    be empty). The failure underneath is the `__cause__`. `path` is the value that it was about, such as
    `outputs.o0[3]`, where that is known, else empty.
    """

    path = ""

    def __init__(self, operation: str, uri: str, reason: str, advice: str = "") -> None:
        super().__init__(f"cannot {operation} {uri!r}: {reason}" + (f". {advice}" if advice else ""))
        self._given = operation, uri, reason, advice
        self.operation = operation
        self.uri = uri
        self.advice = advice

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), self._given, self.__dict__
