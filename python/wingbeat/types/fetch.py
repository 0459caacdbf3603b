"""What a file or folder that lies elsewhere does when somebody wants it here."""

from __future__ import annotations

from wingbeat.types.context import current_context


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
