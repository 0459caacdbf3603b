"""`FlyteFile.open`: reading and writing a file where it lies."""

from __future__ import annotations

from wingbeat.types.context import current_context
from wingbeat.types.fetch import is_far

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
        if self._options and is_far(self._place):
            access = current_context().file_access
            self._file = access.get_filesystem_for_path(self._place).open(self._place, self._mode, **self._options)
        else:
            from wingbeat.storage import streaming
            from wingbeat.types.os_errors import as_os_errors

            with as_os_errors():
                self._file = streaming.open(self._place, self._mode)
        return self._file.__enter__()

    def __exit__(self, *error: object) -> None:
        self._file.__exit__(*error)
