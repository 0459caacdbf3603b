"""The settings of a task, checked for contradictions when the module is imported, as in flytekit."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: The tabs that a deck has, unless `deck_fields` says otherwise.
DECK_FIELDS = ("Source Code", "Dependencies", "Timeline", "Input", "Output")


def check(settings: dict[str, Any]) -> None:
    """Refuse what cannot be meant.

    Raises:
        ValueError: naming the parameters that contradict each other.
    """
    check_cache(settings)
    timeout = settings["timeout"]
    # A timedelta, without importing datetime for the many tasks that have none.
    if timeout and not isinstance(timeout, int) and not hasattr(timeout, "total_seconds"):
        raise ValueError("timeout should be duration represented as either a datetime.timedelta or int seconds")
    check_decks(settings)
    if settings["resources"] is not None and not (settings["requests"] is None and settings["limits"] is None):
        raise ValueError(
            "`resources` can not be used together with `limits` or `requests`. Please only set `resources`."
        )
    if settings["node_dependency_hints"] is not None and settings["execution_mode"] is None:
        raise ValueError("node_dependency_hints should only be used on dynamic tasks")


def check_decks(settings: dict[str, Any]) -> None:
    """`enable_deck` switches decks on, `deck_fields` chooses from the tabs that every deck can have."""
    enable, disable = settings["enable_deck"], settings["disable_deck"]
    if disable is not None:
        if enable is not None:
            raise ValueError("only one of [disable_deck, enable_deck] can be set")
        import warnings

        message = "disable_deck was deprecated in 1.10.0, please use enable_deck instead"
        warnings.warn(message, FutureWarning, stacklevel=5)
    if enable or disable is False:
        for field in settings["deck_fields"] or ():
            if field not in DECK_FIELDS:
                raise ValueError(
                    f"Element {field} from deck_fields param is not a valid deck field. "
                    f"Please use one of {', '.join(DECK_FIELDS)}"
                )


def check_cache(settings: dict[str, Any]) -> None:
    """`cache` is a switch with companions, or an object that says all of it."""
    companions = ("cache_version", "cache_serialize", "cache_ignore_input_vars")
    cache = settings["cache"]
    if not isinstance(cache, bool):
        if any(settings[name] is not None for name in companions):
            raise ValueError(f"{', '.join(companions)} are deprecated. Please use Cache object")
        return
    if cache and not settings["cache_version"]:
        raise ValueError("Caching is enabled ``cache=True`` but ``cache_version`` is not set.")
    if not cache and settings["cache_serialize"]:
        raise ValueError("Cache serialize is enabled ``cache_serialize=True`` but ``cache`` is not enabled.")
    if not cache and settings["cache_ignore_input_vars"]:
        raise ValueError("Cache ignore input vars are specified but ``cache`` is not enabled.")
