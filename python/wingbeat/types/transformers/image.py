"""Pillow's images, as PNG files (type-system spec 2.1)."""

from __future__ import annotations

from typing import Any

from wingbeat.types.third_party import load
from wingbeat.types.transformers.stored_file import StoredFileTransformer

__all__ = ["PILImageTransformer", "make"]


class PILImageTransformer(StoredFileTransformer[Any]):
    """Images of any mode that PNG can hold. An image that is read decodes its pixels when they are asked for."""

    FORMAT = FILE_FORMAT = "PIL.Image"
    SUFFIX = ".png"
    WHAT = "an image"

    def __init__(self) -> None:
        super().__init__("PIL.Image", load("PIL.Image", "to convert images").Image)

    def write(self, value: Any, path: str, t: Any) -> None:
        """Write a PNG file."""
        value.save(path)

    def read(self, path: str, t: Any) -> Any:
        """Open an image file of any kind that Pillow knows."""
        return load("PIL.Image", "to read images").open(path)

    def to_html(self, ctx: Any, python_val: Any, expected_python_type: Any) -> str:
        """The image itself."""
        import base64
        import io

        buffer = io.BytesIO()
        python_val.save(buffer, format="PNG")
        return (
            f'<img src="data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}" alt="Rendered Image" />'
        )


def make(hint: Any) -> PILImageTransformer:  # noqa: ARG001  # the signature of all `make`
    """The transformer of `PIL.Image.Image` and its subclasses."""
    return PILImageTransformer()
