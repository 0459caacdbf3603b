"""Whether the content of a file is what its format says: flytekit's check, made where python-magic is installed."""

from __future__ import annotations

import os

from wingbeat.types.third_party import optional

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

#: MIME types of formats that `mimetypes` does not know, or knows as something else.
_OWN: dict[str, str | Sequence[str]] = {
    "hdf5": "text/plain",
    "joblib": "application/octet-stream",
    "python_pickle": "application/octet-stream",
    "ipynb": "application/json",
    "onnx": "application/json",
    "tfrecord": "application/octet-stream",
    "jsonl": ("application/json", "application/x-ndjson"),
}


def check(extension: str, path: str) -> None:
    """Look at a file of this machine that a task returns with a format; one that does not exist is not looked at.

    Raises `ValueError` if its content is of another kind.
    """
    expected = mime_types(extension)
    magic = optional("magic")
    if expected is None or magic is None or not os.path.isfile(path):
        return
    found = magic.from_file(path, mime=True)
    if found not in expected:
        raise ValueError(
            f"Incorrect file type, expected {expected}, got {found}: {path} was returned as FlyteFile[{extension!r}]"
        )


def mime_types(extension: str) -> str | Sequence[str] | None:
    """What a file with this format may be; None if nobody knows."""
    import mimetypes

    return mimetypes.types_map.get(f".{extension}") or _OWN.get(extension)
