"""The failures of a run: the first in memory, all of them on the disk when there are many."""

from __future__ import annotations

import os

from wingbeat.storage import StorageError, join

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from tempfile import _TemporaryFileWrapper
    from typing import Any

    from wingbeat.runtime.many.result import Result

#: So many are in summary.json.
KEPT = 1000
FILE = "failures.jsonl"
_PIECE = 2**20


class Failures:
    """What is known of each element that failed, in the order in which they did."""

    def __init__(self) -> None:
        self.first: list[dict[str, Any]] = []
        self.count = 0
        self._spool: _TemporaryFileWrapper[bytes] | None = None
        self._lost: OSError | None = None

    def add(self, result: Result) -> None:
        """One more."""
        self.count += 1
        facts = {
            "index": result.index,
            "kind": result.kind,
            "recoverable": result.recoverable,
            "code": result.code,
            "reason": result.reason,
            "seconds": round(result.seconds, 6),
        }
        if self.count <= KEPT:
            self.first.append(facts)
            return
        try:
            if self._spool is None:
                self._spool = self._begin()
            self._spool.write(line(facts))
        except OSError as error:
            self._lost = self._lost or error

    def _begin(self) -> _TemporaryFileWrapper[bytes]:
        from tempfile import NamedTemporaryFile

        from wingbeat.runtime.workspace import sandbox

        os.makedirs(sandbox(), exist_ok=True)
        spool = NamedTemporaryFile(prefix="flyte-failures-", dir=sandbox())  # noqa: SIM115 it lives as long as the run
        spool.writelines(map(line, self.first))
        return spool

    def publish(self, output_prefix: str) -> str | None:
        """Write all of them beside the summary if that has not room for them; the name of the file, or None.

        Raises:
            StorageError: they could not be written.
        """
        if self._spool is None and self._lost is None:
            return None
        target = join(output_prefix, FILE)
        try:
            if self._lost is not None or self._spool is None:
                raise self._lost or OSError("nothing was kept")
            self._spool.flush()
        except OSError as error:
            raise StorageError("write", target, f"{type(error).__name__}: {error.strerror or error}") from error
        from wingbeat.storage import transfer

        transfer.write_chunks(target, self._pieces(self._spool.name))
        return FILE

    def _pieces(self, path: str) -> Iterator[bytes]:
        with open(path, "rb") as file:
            while piece := file.read(_PIECE):
                yield piece

    def close(self) -> None:
        """Delete what lies on the disk."""
        if self._spool is not None:
            self._spool.close()
            self._spool = None


def line(facts: dict[str, Any]) -> bytes:
    """One failure as a line of JSON."""
    import json

    return json.dumps(facts).encode() + b"\n"
