"""What a file or folder that lies elsewhere does when somebody wants it here."""

from __future__ import annotations

from wingbeat.types.context import current_context

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os


def is_far(path: str | os.PathLike[str]) -> bool:
    """Whether a location is not on this machine. `ctx.file_access.is_remote`, without the cost of making that."""
    from wingbeat.storage.uri import local_path

    return local_path(str(path)) is None


def nothing() -> None:
    """For what is here already."""


class Fetch:
    """Downloads one location when it is called, by the context of that moment.

    Args:
        remote_path: The location.
        local_path: Where it goes.
        is_multipart: Whether it is a folder.
    """

    def __init__(self, remote_path: str, local_path: str, is_multipart: bool = False) -> None:
        self.remote_path = remote_path
        self.local_path = local_path
        self.is_multipart = is_multipart

    def __call__(self) -> None:
        """Download. Raises what `ctx.file_access.get_data` raises."""
        current_context().file_access.get_data(self.remote_path, self.local_path, is_multipart=self.is_multipart)
