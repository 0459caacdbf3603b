"""What storage says, as the exceptions that code around `open` and `os.listdir` catches."""

from __future__ import annotations


class as_os_errors:  # noqa: N801 reads as a statement
    """A context in which a `StorageError` becomes an `OSError` of the same text.

    It is a `FileNotFoundError`, `PermissionError`, `FileExistsError`, `IsADirectoryError` or `NotADirectoryError` where
    the failure underneath is one.
    """

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        from wingbeat.storage import StorageError

        if isinstance(error, StorageError):
            raise _class_of(error.__cause__)(str(error)) from error.__cause__


def _class_of(cause: BaseException | None) -> type[OSError]:
    for cls in (FileNotFoundError, PermissionError, FileExistsError, IsADirectoryError, NotADirectoryError):
        if isinstance(cause, cls):
            return cls
    return OSError
