"""Packages that only some types need: loaded when a value of such a type is met, never required."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType


#: Packages whose name is not that of their module.
_PACKAGES = {"markdown_it": "markdown-it-py", "PIL": "pillow", "sklearn": "scikit-learn"}


def load(module: str, purpose: str) -> ModuleType:
    """A module of a package that may be missing.

    Raises `TypeTransformerFailedError`, which names the package and what it is for, if it is.
    """
    from importlib import import_module

    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        from wingbeat.errors import TypeTransformerFailedError

        name = (error.name or module).partition(".")[0]
        package = _PACKAGES.get(name, name)
        raise TypeTransformerFailedError(
            f"the package {package!r} is needed {purpose}, and is not installed; add it to the task's image"
            f" (pip install {package})"
        ) from error


def optional(module: str) -> ModuleType | None:
    """The same module, or None if the package is missing."""
    from importlib import import_module

    try:
        return import_module(module)
    except ImportError:
        return None
