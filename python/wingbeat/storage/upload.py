"""One upload that is somebody's: done now or later, with what is left behind removed."""

from __future__ import annotations

import os

from wingbeat.storage import copy, transfer
from wingbeat.storage.errors import StorageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class Upload:
    """One file or folder on its way."""

    def __init__(
        self,
        path: str,
        uri: str,
        folder: bool,
        remove: bool,
        failure: Callable[[StorageError], Exception] | None,
        options: dict[str, Any],
    ) -> None:
        self.path = path
        self.uri = uri
        self.folder = folder
        self.remove = remove
        self.failure = failure
        self.options = options
        self.size = 0
        self.error: BaseException | None = None

    def run(self) -> None:
        """Upload; whatever goes wrong is kept for the thread that waits for it."""
        try:
            transfer.upload(self.path, self.uri, folder=self.folder, **self.options)
        except StorageError as error:
            self.error = error if self.failure is None else self.failure(error)
        except BaseException as error:  # noqa: BLE001
            self.error = error
        self.discard()

    def now(self) -> None:
        """Upload in this thread. Raises what went wrong."""
        self.run()
        if self.error is not None:
            raise self.error

    def measure(self) -> None:
        """Find out how many bytes it has. What cannot be read has none: the upload will say why."""
        try:
            if os.path.isdir(self.path):
                self.size = sum(os.path.getsize(os.path.join(self.path, name)) for name in copy.files_in(self.path))
            else:
                self.size = os.path.getsize(self.path)
        except (OSError, ValueError):
            self.size = 0

    def discard(self) -> None:
        """Delete what is ours."""
        if self.remove:
            copy.discard(self.path)
