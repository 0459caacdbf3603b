"""Adds the handlers of a library once the library has been imported: by the user's module, or for a value of it."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["RENDERERS", "load"]

#: Class of tables -> what shows them in decks.
RENDERERS: dict[Any, Any] = {}

#: Library -> the class that tells that its import has come far enough, and the module that has its handlers.
_LIBRARIES = {
    "pandas": ("DataFrame", "pandas_frames"),
    "pyarrow": ("Table", "arrow_tables"),
    "polars": ("LazyFrame", "polars_frames"),
}

_added: set[str] = set()


def load() -> None:
    """Add the handlers and renderers of every library that is there, unless users have brought others."""
    for library, (cls, module) in _LIBRARIES.items():
        if library not in _added and hasattr(sys.modules.get(library), cls):
            # Marked last: another thread that comes here in between does the same once more.
            __import__(f"wingbeat.types.frames.{module}", fromlist=("add",)).add(RENDERERS)
            _added.add(library)
