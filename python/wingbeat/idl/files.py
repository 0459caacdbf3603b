"""Messages in files."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["load_proto_from_file", "write_proto_to_file"]


def load_proto_from_file(pb2_type: Any, path: str) -> Any:
    """The message of a class that a file holds.

    Raises:
        OSError: the file cannot be read.
        google.protobuf.message.DecodeError: it holds something else.
    """
    with open(path, "rb") as file:
        return pb2_type.FromString(file.read())


def write_proto_to_file(proto: Any, path: str) -> None:
    """Write a message into a file; missing folders are made. Raises OSError if it cannot be written."""
    folder = os.path.dirname(path)
    if folder:
        os.makedirs(folder, exist_ok=True)
    with open(path, "wb") as file:
        file.write(proto.SerializeToString())
