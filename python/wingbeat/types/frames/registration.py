"""The functions by which user code makes flytekit know a library's tables before it would by itself.

What is registered first decides the format of bare tables: `register_csv_handlers()` at the top of a module makes that
of `pandas.DataFrame` CSV, as in flytekit.
"""

from __future__ import annotations

import sys

from wingbeat.types.frames import builtin
from wingbeat.types.structured_dataset import handler_table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = [
    "lazy_import_structured_dataset_handler",
    "register_arrow_handlers",
    "register_bigquery_handlers",
    "register_csv_handlers",
    "register_pandas_handlers",
    "register_snowflake_handlers",
]


def lazy_import_structured_dataset_handler() -> None:
    """Make the tables of every library known that has been imported."""
    builtin.load()


def register_csv_handlers() -> None:
    """Write `pandas.DataFrame` as CSV where nothing else is asked for, unless its default is known already."""
    __import__("pandas")
    from wingbeat.types.frames.pandas_frames import CSVToPandasDecodingHandler, PandasToCSVEncodingHandler

    _after_tasks()
    for handler in (PandasToCSVEncodingHandler(), CSVToPandasDecodingHandler()):
        handler_table.register_own(handler, default=True)


def register_pandas_handlers() -> None:
    """Write `pandas.DataFrame` as Parquet where nothing else is asked for, unless its default is known already."""
    __import__("pandas")
    builtin.load()


def register_arrow_handlers() -> None:
    """Make `pyarrow.Table` known."""
    __import__("pyarrow")
    builtin.load()


def register_bigquery_handlers() -> None:
    """Not covered, if the library is there; without it, flytekit does nothing either."""
    _leave("google.cloud.bigquery", "register_bigquery_handlers")


def register_snowflake_handlers() -> None:
    """Not covered, if the library is there; without it, flytekit does nothing either."""
    _leave("snowflake.connector", "register_snowflake_handlers")


def _leave(library: str, name: str) -> None:
    try:
        __import__(library)
    except ImportError:
        return
    from wingbeat.exceptions import NotCovered

    raise NotCovered(f"flytekit.types.structured.{name}", f"wingbeat has no handlers for {library}")


def _after_tasks() -> None:
    """Every task that flytekit makes has it look for libraries; wingbeat looks when values are converted."""
    tasks: Any = sys.modules.get("wingbeat.authoring.base_task")
    if tasks is not None and tasks.FlyteEntities.entities:
        builtin.load()
