"""What the tests of the compatibility with flytekit share."""

from __future__ import annotations

import os

import pytest

from tests.compat.both import Both
from tests.runtime.conftest import oracle
from tests.runtime.peer import INTERPRETER

__all__ = ["oracle"]


@pytest.fixture(scope="session")
def both(tmp_path_factory: pytest.TempPathFactory) -> Both:
    """An environment with flytekit and wingbeat."""
    if not INTERPRETER.exists() and not os.environ.get("CI"):
        pytest.skip(f"no flytekit at {INTERPRETER}: make peers")
    return Both(tmp_path_factory.mktemp("both"))
