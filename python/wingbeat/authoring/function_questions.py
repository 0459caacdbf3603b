"""Questions about functions that flytekit answers in `flytekit.core.tracker`."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

__all__ = ["is_functools_wrapped_module_level", "is_ipython_or_pickle_exists", "isnested", "istestfunction"]

_NESTED = 0x10  # inspect.CO_NESTED


def isnested(func: Callable[..., Any]) -> bool:
    """Whether a function was defined inside of another one."""
    code = getattr(func, "__code__", None)
    return code is not None and code.co_flags & _NESTED != 0


def is_functools_wrapped_module_level(func: Callable[..., Any]) -> bool:
    """Whether a function stands, by `functools.wraps`, for one at the top level of a module."""
    return hasattr(func, "__wrapped__") and func.__name__ == func.__qualname__


def istestfunction(func: Callable[..., Any]) -> bool:
    """Whether the module of a function is a test's, by its name."""
    import inspect

    module = inspect.getmodule(func)
    name = module.__name__.rpartition(".")[2] if module else ""
    return name.startswith("test_") or name.endswith("_test")


def is_ipython_or_pickle_exists() -> bool:
    """Whether this is a notebook, or runs what comes from one."""
    from wingbeat.authoring.naming import in_notebook

    return in_notebook()
