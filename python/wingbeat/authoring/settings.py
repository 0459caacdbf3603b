"""The settings of a task, checked for contradictions when the module is imported, as in flytekit.

Loaded for tasks that have any.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: The tabs that a deck has, unless `deck_fields` says otherwise.
DECK_FIELDS = ("Source Code", "Dependencies", "Timeline", "Input", "Output")


def check_timeout(timeout: Any) -> None:
    """Raise ValueError for what is neither seconds nor a timedelta."""
    # A timedelta, without importing datetime for the many tasks that have none.
    if timeout and not isinstance(timeout, int) and not hasattr(timeout, "total_seconds"):
        raise ValueError("timeout should be duration represented as either a datetime.timedelta or int seconds")


def check_decks(enable: bool | None, disable: bool | None, fields: Any) -> None:
    """`enable_deck` switches decks on, `deck_fields` chooses from the tabs that every deck can have.

    Raises:
        ValueError: both switches are given, or there is no such tab.
    """
    if disable is not None:
        if enable is not None:
            raise ValueError("only one of [disable_deck, enable_deck] can be set")
        import warnings

        message = "disable_deck was deprecated in 1.10.0, please use enable_deck instead"
        warnings.warn(message, FutureWarning, stacklevel=level_of_user_code())
    if enable or disable is False:
        for field in fields or ():
            if field not in DECK_FIELDS:
                raise ValueError(
                    f"Element {field} from deck_fields param is not a valid deck field. "
                    f"Please use one of {', '.join(DECK_FIELDS)}"
                )


def check_cache(cache: Any, serialize: bool | None, version: str | None, ignored: tuple[str, ...] | None) -> None:
    """`cache` is a switch with companions, or an object that says all of it.

    Raises:
        ValueError: they contradict each other.
    """
    if not isinstance(cache, bool):
        if not (serialize is None and version is None and ignored is None):
            raise ValueError(
                "cache_serialize, cache_version, and cache_ignore_input_vars are deprecated. Please use Cache object"
            )
        return
    if cache and not version:
        raise ValueError("Caching is enabled ``cache=True`` but ``cache_version`` is not set.")
    if not cache and serialize:
        raise ValueError("Cache serialize is enabled ``cache_serialize=True`` but ``cache`` is not enabled.")
    if not cache and ignored:
        raise ValueError(
            f"Cache ignore input vars are specified ``cache_ignore_input_vars={ignored}`` but ``cache`` is not enabled."
        )


def level_of_user_code() -> int:
    """The `stacklevel` that makes a warning of the caller's one of the code that uses wingbeat."""
    frame, level = sys._getframe(1), 1
    while frame.f_back is not None and frame.f_globals.get("__name__", "").startswith("wingbeat."):
        frame, level = frame.f_back, level + 1
    return level
