"""From the command line of a map task to the task that is mapped, and to the element (runtime contract 6.2, 6.3)."""

from __future__ import annotations

import os

from wingbeat.runtime import loading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ARRAY_NODE = "flytekit.core.array_node_map_task.ArrayNodeMapTaskResolver"
LEGACY = "flytekit.core.legacy_map_task.MapTaskResolver"


class Mapped:
    """The mapped task, of which one element is run.

    Its own `pre_execute` and `post_execute` are not called and its decks are off: whatever maps a task is what
    Flyte knows, and that has none (runtime contract 6.3).

    Args:
        task: The mapped task.
        bound: The inputs that are the same for all elements.
    """

    enable_deck = False

    def __init__(self, task: Any, bound: tuple[str, ...]) -> None:
        self.task = task
        self.bound = bound
        self.name = task.name
        self.python_interface = task.python_interface

    def pre_execute(self, parameters: Any) -> Any:
        """The same."""
        return parameters

    def execute(self, **arguments: Any) -> Any:
        """Run the mapped task's function."""
        return self.task.execute(**arguments)

    def post_execute(self, parameters: Any, result: Any) -> Any:
        """The same."""
        return result


class MapTaskResolver:
    """Finds the mapped task: `vars <names> resolver <location> <arguments…>`; the words are not looked at."""

    def load_task(self, loader_args: tuple[str, ...], max_concurrency: int | None = None) -> Mapped:
        """Load the task that the inner resolver finds.

        Raises:
            ValueError: the arguments are too few, or the task cannot be mapped.
            Exception: whatever the inner resolver raises.
        """
        if len(loader_args) < 5:
            raise ValueError(
                f"the resolver arguments are {' '.join(loader_args)!r}, expected "
                "`vars NAMES resolver LOCATION ARGUMENTS…`"
            )
        _, names, _, location, *inner = loader_args
        task = loading.load_task(loading.find_resolver(location, tuple(inner)), tuple(inner))
        outputs = task.python_interface.outputs
        if len(outputs) > 1:
            raise ValueError(
                f"Only tasks with a single output can be mapped: {task.name} has {len(outputs)}, {', '.join(outputs)}; "
                "return a dataclass that holds them"
            )
        return Mapped(task, tuple(name for name in names.split(",") if name))


def find_resolver(location: str | None, arguments: tuple[str, ...]) -> Any:
    """The object that `--resolver` names: an instance of the class at that location.

    flytekit's two are known by their names.

    Raises:
        ValueError: there is no location, or there are no arguments for it.
        ImportError, AttributeError: the location leads nowhere.
    """
    if location in (ARRAY_NODE, LEGACY) and arguments:
        return MapTaskResolver()
    return loading.find_resolver(location, arguments)()


def shares_prefix(location: str | None) -> bool:
    """Whether all elements are given the same output prefix."""
    return location == LEGACY


def load(resolver: Any, arguments: tuple[str, ...], max_concurrency: int | None) -> Any:
    """The task that the resolver finds.

    Raises:
        NotATaskError: what it has found is no mapped task.
        Exception: whatever the user's module raises while it is imported.
    """
    found = resolver.load_task(loader_args=arguments, max_concurrency=max_concurrency)
    if not hasattr(found, "bound"):
        raise loading.NotATaskError(
            f"{' '.join(arguments)!r} is of type {type(found).__qualname__}, which is no mapped task: it has no `bound`"
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
