"""A context for transformers whose files lie in a temporary folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from wingbeat.runtime.file_access import FileAccess
from wingbeat.types import context as contexts


def context_at(folder: Path, raw: str | None = None) -> Any:
    """A context whose raw output prefix is below the folder, or elsewhere."""
    return SimpleNamespace(file_access=FileAccess(folder / "sandbox", raw or str(folder / "raw")))


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder; `raw` in it is where transformers write."""
    context = context_at(tmp_path)
    contexts.provide(lambda: context)
    yield tmp_path
    contexts.provide(None)
