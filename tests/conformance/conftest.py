"""What was recorded, and the processes that run it again."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.cases import CASES
from tests.conformance.servers import Servers


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A folder with a short name: in messages, flytekit cuts what is long."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name).resolve()


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    started = Servers()
    yield started
    started.close()


@pytest.fixture(scope="module")
def recorded() -> dict[str, dict[str, Any]]:
    return {
        module: json.loads(Path(__file__).parent.joinpath("recorded", f"{module}.json").read_text("utf-8"))
        for module in CASES
    }
