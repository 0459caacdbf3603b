"""flytekit's loggers under its names, and what sets them up otherwise (runtime contract 10.1)."""

from __future__ import annotations

import logging
import os

from wingbeat.runtime.log import developer_logger as make_developer_logger
from wingbeat.runtime.log import library_logger, threshold, user_logger

__all__ = [
    "developer_logger",
    "get_level_from_cli_verbosity",
    "is_display_progress_enabled",
    "is_rich_logging_enabled",
    "logger",
    "set_developer_properties",
    "set_flytekit_log_properties",
    "set_user_logger_properties",
    "user_space_logger",
]

logger = library_logger()
user_space_logger = user_logger()
developer_logger = make_developer_logger()


def set_flytekit_log_properties(
    handler: logging.Handler | None = None,
    filter: logging.Filter | None = None,  # noqa: A002 flytekit's name
    level: int | None = None,
) -> None:
    """Have the logger `flytekit` write to this handler alone, filtered, from this level; None leaves it as it is."""
    if handler is not None:
        logger.handlers.clear()
    _set(logger, handler, filter, level)


def set_user_logger_properties(
    handler: logging.Handler | None = None,
    filter: logging.Filter | None = None,  # noqa: A002 flytekit's name
    level: int | None = None,
) -> None:
    """Have the logger `user_space` write to this handler too, filtered, from this level; None leaves it as it is."""
    _set(user_space_logger, handler, filter, level)


def set_developer_properties(
    handler: logging.Handler | None = None,
    filter: logging.Filter | None = None,  # noqa: A002 flytekit's name
    level: int | None = None,
) -> None:
    """Have the logger `developer` write to this handler too, filtered, from this level; None leaves it as it is."""
    _set(developer_logger, handler, filter, level)


def _set(
    which: logging.Logger,
    handler: logging.Handler | None,
    filter: logging.Filter | None,  # noqa: A002 flytekit's name
    level: int | None,
) -> None:
    if handler is not None:
        which.addHandler(handler)
    if filter is not None:
        which.addFilter(filter)
    if level is not None:
        which.setLevel(level)


def is_rich_logging_enabled() -> bool:
    """Whether nobody has said that lines are to be plain."""
    return os.environ.get("FLYTE_SDK_RICH_TRACEBACKS") != "0"


def is_display_progress_enabled() -> str | bool:
    """What `FLYTE_SDK_RICH_TRACEBACKS` says, as text; False if it is not set."""
    return os.environ.get("FLYTE_SDK_RICH_TRACEBACKS") or False


def get_level_from_cli_verbosity(verbosity: int) -> int:
    """The level for so many `-v`."""
    if verbosity == 0:
        return threshold("FLYTE_SDK_LOGGING_LEVEL", logging.CRITICAL)
    return {1: logging.WARNING, 2: logging.INFO}.get(verbosity, logging.DEBUG)
