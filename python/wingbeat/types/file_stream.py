"""`FlyteFile.open`: reading and writing a file where it lies."""

from __future__ import annotations

import os

from wingbeat.types.context import current_context

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class FileStream:
    """A file that is open within a `with` statement. See `FlyteFile.open`."""

    def __init__(
        self, place: str, mode: str, cache_type: str | None = None, cache_options: dict[str, Any] | None = None
    ) -> None:
        self._place = place
        self._mode = mode
        given = {"cache_type": cache_type, "cache_options": cache_options}
        self._options = {name: value for name, value in given.items() if value is not None}
        self._file: Any = None

    def __enter__(self) -> Any:
        access = current_context().file_access
        if access.is_remote(self._place):
            self._file = access.get_filesystem_for_path(self._place).open(self._place, self._mode, **self._options)
        else:
            self._file = self._open_here(self._place.removeprefix("file://"))
        return self._file

    def _open_here(self, path: str) -> Any:
        if not self._mode.startswith("r"):
            os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        return open(path, self._mode)

    def __exit__(self, error: type[BaseException] | None, *more: object) -> None:
        if error is not None and not self._mode.startswith("r"):
            self._give_up()
        self._file.close()

    def _give_up(self) -> None:
        """Make a driver forget what it has not finished: its `close` would put it under the final name."""
        raw = getattr(self._file, "buffer", self._file)
        discard = getattr(raw, "discard", None)
        if discard is not None:
            discard()
            raw.closed = True
