"""What the transformers of files and folders share: where a location is, and how a document holds one.

Inside a dataclass, a pydantic model or a dict the value is a map, `{"path": ..., "metadata": ...}` (type-system spec
4.4); what is at the `path` is uploaded and downloaded as it is for a blob.
"""

from __future__ import annotations

import os
import sys

from wingbeat.errors import TypeTransformerFailedError
from wingbeat.types import schema
from wingbeat.types.blob import BlobTransformer, Location
from wingbeat.types.context import current_context
from wingbeat.types.hints import is_annotated, name
from wingbeat.types.preview import preview

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, TypeGuard


class FlyteObjectTransformer(BlobTransformer["Any"]):
    """A transformer of one of flytekit's classes for things that lie somewhere."""

    def node(self, t: Any) -> schema.Schema:
        """As of any blob, but reading what is on this machine needs no context: making that is half of a short run."""
        node: Any = super().node(t)

        def decode(uri: str, form: str, multipart: bool, metadata: dict[str, str] | None) -> Any:
            return self.load(None, Location(uri, form, multipart, metadata), t)

        return schema.Blob(node.name, decode, node.encode, node.document, node.eager)

    def to_document(self, ctx: Any, value: Any, t: Any) -> dict[str, Any]:
        """What a document holds for a value: its location, after it was uploaded if it has to be."""
        location = self.dump(ctx, value, t)
        content: dict[str, Any] = {"path": location.uri}
        if location.metadata:
            content["metadata"] = location.metadata
        return content

    def load_document(self, ctx: Any, content: Any, t: Any) -> Any:
        """The value that such a map stands for. Raises `TypeTransformerFailedError` if there is no path in it."""
        kind = name(self.python_type)
        if not isinstance(content, dict):
            raise TypeTransformerFailedError(
                f"expected a map with the path of a {kind}, got {type(content).__name__} {preview(repr(content))}"
            )
        path, metadata = content.get("path"), content.get("metadata")
        if path is None:
            raise TypeTransformerFailedError(f"{kind}'s path should not be None")
        if not isinstance(path, str):
            raise TypeTransformerFailedError(f"{kind}'s path should be text, got {type(path).__name__}")
        return self.load(ctx, Location(path, "", self.multipart, metadata), t)

    def document_node(self, t: Any) -> schema.Schema | None:
        """The node of this type inside a document."""
        from wingbeat.types.document import converted

        def take(value: Any) -> dict[str, Any]:
            if is_path(value):
                value = unannotated(t)(value)
            if not isinstance(value, self.python_type):
                raise TypeTransformerFailedError(
                    f"expected {name(self.python_type)} or the path of one, got {type(value).__name__} "
                    f"{preview(repr(value))}"
                )
            return self.to_document(current_context(), value, type(value))

        return converted(
            unannotated(t),
            lambda: schema.Mapping(schema.Str(), schema.Any()),
            lambda content: self.load_document(None, content, t),
            take,
        )

    def document_schema(self, t: Any) -> dict[str, Any] | None:
        """The JSON schema of this type inside a dataclass: mashumaro's of flytekit's class."""
        return {
            "type": "object",
            "title": name(self.python_type),
            "properties": self.document_properties(),
            "additionalProperties": False,
        }

    def document_default(self, value: Any) -> dict[str, Any]:
        """A value as the default of a field in a JSON schema. Nothing is uploaded for that."""
        return {key: one for key, one in value.to_dict().items() if one is not None}

    def document_properties(self) -> dict[str, Any]:
        """The properties in that schema."""
        path = {"anyOf": [{"type": "string"}, {"type": "string", "format": "path"}], "default": None}
        return {"path": path}


def unannotated(t: Any) -> Any:
    """`t` without `Annotated`."""
    while is_annotated(t):
        t = t.__origin__
    return t


def is_path(value: Any) -> TypeGuard[str | os.PathLike[str]]:
    """Whether flytekit takes it for a path: text, or a `pathlib.Path`."""
    path = getattr(sys.modules.get("pathlib"), "Path", None)
    return isinstance(value, str) or (path is not None and isinstance(value, path))


def own_path(uri: str) -> str:
    """The path of a location that is on this machine."""
    return uri.removeprefix("file://")


def not_here(uri: str, kind: str) -> Exception:
    """A `FlyteAssertion` that says why a location that should be on this machine is of no use."""
    from wingbeat.exceptions import FlyteAssertion

    if os.path.exists(own_path(uri)):
        return FlyteAssertion(f"Expected a {kind}, but {uri} is not a {kind}.")
    return FlyteAssertion(
        f"Expected a {kind}, but {uri} is not a {kind}: there is nothing at this path. It is a path of the machine that"
        f" wrote it, such as the pod of an upstream task, and what is there was not uploaded. Let that task return a"
        f" {'FlyteDirectory' if kind == 'directory' else 'FlyteFile'} that is not kept from being uploaded"
    )


def string_metadata(metadata: Mapping[Any, Any] | None) -> dict[str, str] | None:
    """The metadata of a value as a literal can have it. Raises `TypeTransformerFailedError` for anything but text."""
    if not metadata:
        return None
    for key, text in metadata.items():
        if not (isinstance(key, str) and isinstance(text, str)):
            raise TypeTransformerFailedError(
                f"metadata of a FlyteFile has to be text by name, got {preview(repr(key))}: {preview(repr(text))}"
            )
    return dict(metadata)
