"""The import hook in the process of the tests, taken away again after each."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from wingbeat.exceptions import forget_not_covered
from wingbeat.flytekit_compat import finder


@contextmanager
def hooked() -> Iterator[None]:
    """`import flytekit` finds wingbeat within."""
    before = set(sys.modules)
    assert finder.install()
    try:
        yield
    finally:
        finder.uninstall()
        forget_not_covered()
        for name in set(sys.modules) - before:
            if name.startswith("user_"):
                del sys.modules[name]
