"""Whether the flytekit of this process is one that can be accelerated."""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType

#: The versions whose sources the replacements were written for and tested with.
TESTED = ("1.16.31",)


def flytekit() -> ModuleType:
    """The package, imported. Raises `ModuleNotFoundError` if it is not installed."""
    return import_module("flytekit")


def is_real() -> bool:
    """Whether `flytekit` is flytekit, and not what wingbeat offers in its place."""
    loader = getattr(getattr(flytekit(), "__spec__", None), "loader", None)
    # The loader may be an object or a class.
    home = loader.__module__ if isinstance(loader, type) else type(loader).__module__
    return home.partition(".")[0] != "wingbeat"


def is_tested() -> bool:
    """Whether it is one of the versions that wingbeat was tested with."""
    return version() in TESTED


def version() -> str:
    """What the package says of itself."""
    return str(getattr(flytekit(), "__version__", "of no version"))


def warn() -> None:
    """Say that flytekit is left alone."""
    from wingbeat.runtime import log

    log.warning(
        f"flytekit {version()} is not accelerated: wingbeat was tested with {', '.join(TESTED)}. flytekit converts all "
        "values itself; WINGBEAT_ACCELERATE=off silences this line"
    )
