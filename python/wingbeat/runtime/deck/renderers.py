"""Small renderers for user code: something becomes HTML for a deck."""

from __future__ import annotations

from wingbeat.types.third_party import load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class MarkdownRenderer:
    """Shows Markdown (CommonMark)."""

    def to_html(self, text: str) -> str:
        """The text as HTML.

        Raises:
            TypeTransformerFailedError: markdown-it-py is not installed.
        """
        html: str = load("markdown_it", "to show Markdown").MarkdownIt().render(text)
        return html


class ImageRenderer:
    """Shows a picture: a `PIL.Image.Image`, or a file of one that has a `download()`, such as a `FlyteFile`."""

    def to_html(self, image_src: Any) -> str:
        """The picture as HTML.

        Raises:
            ValueError: it is neither.
        """
        if hasattr(image_src, "download"):
            image_src = load("PIL.Image", "to show a picture").open(image_src.download())
        if not hasattr(image_src, "save"):
            raise ValueError(f"Unsupported image source type: {type(image_src).__name__}")
        import base64
        import io

        buffer = io.BytesIO()
        image_src.save(buffer, format="PNG")
        return (
            f'<img src="data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}" alt="Rendered Image" />'
        )


class TableRenderer:
    """Shows all rows of a `pandas.DataFrame`."""

    def to_html(self, df: Any, header_labels: list[str] | None = None, table_width: int | None = None) -> str:
        """The frame as HTML.

        Args:
            df: The frame.
            header_labels: What to call the columns, if there is one for each.
            table_width: The width in pixels.
        """
        if header_labels is not None and len(header_labels) == len(df.columns):
            df = df.set_axis(header_labels, axis="columns")
        table: str = df.to_html(classes="table-class", index=False)
        return table if table_width is None else f'<div style="width: {table_width:d}px">{table}</div>'
