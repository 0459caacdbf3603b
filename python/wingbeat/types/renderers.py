"""Tables as HTML, for decks."""

from __future__ import annotations

from wingbeat.types.hints import home
from wingbeat.types.third_party import load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["ArrowRenderer", "PolarsDataFrameRenderer", "TopFrameRenderer", "columns_table"]

DEFAULT_MAX_ROWS = 10
DEFAULT_MAX_COLS = 100


class TopFrameRenderer:
    """Shows a `pandas.DataFrame` as pandas does, with at most `max_rows` rows and `max_cols` columns."""

    def __init__(self, max_rows: int = DEFAULT_MAX_ROWS, max_cols: int = DEFAULT_MAX_COLS) -> None:
        self._max_rows = max_rows
        self._max_cols = max_cols

    def to_html(self, df: Any) -> str:
        """The frame as HTML. Raises `AssertionError` if it is no `pandas.DataFrame`."""
        _require(df, load("pandas", "to show a pandas.DataFrame").DataFrame)
        html: str = df.to_html(max_rows=self._max_rows, max_cols=self._max_cols)
        return html


class ArrowRenderer:
    """Shows a `pyarrow.Table` as pyarrow prints it."""

    def to_html(self, df: Any) -> str:
        """The table as text. Raises `AssertionError` if it is no `pyarrow.Table`."""
        _require(df, load("pyarrow", "to show a pyarrow.Table").Table)
        text: str = df.to_string()
        return text


class PolarsDataFrameRenderer:
    """Shows the statistics of a polars frame, a row for each column, as flytekit's plugin does."""

    def to_html(self, df: Any) -> str:
        """The statistics as HTML. Raises `AssertionError` if it is neither a `DataFrame` nor a `LazyFrame`."""
        polars = load("polars", "to show a polars frame")
        _require(df, (polars.DataFrame, polars.LazyFrame))
        statistics = df.describe()
        title = statistics.columns[0]
        html: str = statistics.drop(title).transpose(column_names=statistics[title])._repr_html_()
        return html


def columns_table(columns: dict[str, type]) -> str:
    """The columns of a dataset that has not been read, and their types, as HTML."""
    html: str = load("pandas", "to show the columns of a dataset").DataFrame(columns, ["column type"]).to_html()
    return html


def _require(table: Any, cls: Any) -> None:
    if not isinstance(table, cls):
        kind = ".".join(home(type(table)))
        raise AssertionError(f"expected {cls}, got {kind}; register a renderer for it")  # noqa: TRY004  # as flytekit
