"""The other side of the comparisons."""

from tests.runtime.conftest import oracle

__all__ = ["oracle"]
