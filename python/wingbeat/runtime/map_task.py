"""The task that is mapped, and which element of it this process runs (runtime contract 6.2, 6.3)."""

from __future__ import annotations

import os

from wingbeat.runtime import loading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from typing import Any

#: What resolvers of the older kind of map tasks are called.
LEGACY = "flytekit.core.legacy_map_task.MapTaskResolver"


class Mapped:
    """The mapped task, of which one element is run.

    Its own `pre_execute` and `post_execute` are not called and its decks are off: whatever maps a task is what
    Flyte knows, and that has none (runtime contract 6.3).

    Args:
        python_function_task: The mapped task.
        bound_inputs: The inputs that are the same for all elements.
    """

    enable_deck = False

    def __init__(self, python_function_task: Any, bound_inputs: Collection[str]) -> None:
        self.python_function_task = python_function_task
        self.bound_inputs = bound_inputs
        self.name = python_function_task.name
        self.python_interface = python_function_task.python_interface

    def pre_execute(self, parameters: Any) -> Any:
        """The same."""
        return parameters

    def execute(self, **arguments: Any) -> Any:
        """Run the mapped task's function."""
        return self.python_function_task.execute(**arguments)

    def post_execute(self, parameters: Any, result: Any) -> Any:
        """The same."""
        return result


def find_resolver(location: str | None, arguments: Sequence[str]) -> Any:
    """The object that `--resolver` names: an instance of the class at that location.

    Raises:
        ValueError: there is no location, or there are no arguments for it.
        ImportError, AttributeError: the location leads nowhere.
        TypeError: it leads to something else than a class.
    """
    found = loading.find_resolver(location, arguments)
    if not callable(found):
        raise TypeError(f"{location} is an instance of {type(found).__name__}, expected the class of a resolver")
    return found()


def shares_prefix(resolver: Any) -> bool:
    """Whether all elements are given the same output prefix. The resolver's name decides, as in flytekit."""
    return bool(resolver.name() == LEGACY)


def load(resolver: Any, arguments: Sequence[str], max_concurrency: int | None) -> Any:
    """The task that the resolver finds.

    Raises:
        NotATaskError: what it has found is no mapped task.
        Exception: whatever the user's module raises while it is imported.
    """
    found = resolver.load_task(loader_args=arguments, max_concurrency=max_concurrency)
    if not hasattr(found, "bound_inputs"):
        raise loading.NotATaskError(
            f"{' '.join(arguments)!r} is of type {type(found).__qualname__}, which is no mapped task: it has no "
            "`bound_inputs`"
        )
    return found


def index() -> int:
    """Which element this process runs: the number in the variable that `BATCH_JOB_ARRAY_INDEX_VAR_NAME` names.

    `BATCH_JOB_ARRAY_INDEX_OFFSET` is added. What is unset or empty is 0, but for the variable that is named.

    Raises:
        ValueError: the variable that is named is not set, or one is no whole number.
    """
    name = os.environ.get("BATCH_JOB_ARRAY_INDEX_VAR_NAME", "")
    if name and name not in os.environ:
        raise ValueError(
            f"BATCH_JOB_ARRAY_INDEX_VAR_NAME names {name}, which is not set: which element to run is not known"
        )
    return number(name) + number("BATCH_JOB_ARRAY_INDEX_OFFSET")


def number(name: str) -> int:
    """The whole number in a variable."""
    text = os.environ.get(name, "") if name else ""
    try:
        return int(text or "0")
    except ValueError:
        raise ValueError(f"{name} is {text!r}, expected the index of an element") from None
