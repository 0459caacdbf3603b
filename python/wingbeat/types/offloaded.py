"""Literals that are too large for their place and stored elsewhere (type-system spec 3.3)."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from wingbeat.idl import Literal


def present(literal: Literal, ctx: Any) -> Literal:
    """The literal itself, or the one that it stands for, which is downloaded. Only the outermost: elements are not.

    Raises `TypeTransformerFailedError` if it has no URI, or there is no task whose storage could be asked;
    `MalformedLiteralError` if what is stored there is no literal.
    """
    if literal.offloaded_metadata is None:
        return literal
    from wingbeat.errors import MalformedLiteralError, TypeTransformerFailedError
    from wingbeat.idl import Literal

    uri = literal.offloaded_metadata.uri
    if not uri:
        raise TypeTransformerFailedError("missing offloaded uri: the literal says that its value is stored elsewhere")
    files = _file_access(ctx)
    if files is None:
        raise TypeTransformerFailedError(f"the value is an offloaded literal at {uri!r}, which must be fetched first")
    path = files.get_random_local_path()
    files.get_data(uri, path, False)
    with open(path, "rb") as file:
        data = file.read()
    try:
        return Literal.from_bytes(data)
    except ValueError as error:
        raise MalformedLiteralError(f"the object at {uri!r} is no literal: {error}") from error


def _file_access(ctx: Any) -> Any:
    try:
        return getattr(ctx, "file_access", None)
    except RuntimeError:  # outside of a task
        return None


def stand_in(literal: bytes, uri: str, inferred_type: bytes) -> bytes:
    """The serialized literal that says that a serialized literal is stored at `uri`; its metadata stays visible.

    `inferred_type` is the serialized Flyte type that the output was declared with. The hash is the literal's own, else
    one of its content.
    """
    from wingbeat.idl import offload

    return offload.stand_in(literal, uri, inferred_type)
