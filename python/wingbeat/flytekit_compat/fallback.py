"""What becomes of a task that needs more of flytekit than wingbeat has (docs/drop-in.md).

flytekit takes over where it is installed and nothing forbids it; anything else is a failure that says what is missing.
"""

from __future__ import annotations

import os
import sys

from wingbeat.runtime import environment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from wingbeat.exceptions import NotCovered


NOT_INSTALLED = "flytekit itself is not installed here: add it to the task's image (pip install flytekit)"


#: What makes tasks and is no class.
_DECORATORS = ("task", "dynamic", "eager", "map_task", "map", "reference_task")


class FlytekitNeededError(Exception):
    """Only flytekit can run this, and it cannot be had: the text says what is missing, where, and what to do."""

    error_code = "USER:NotCovered"


def instead(missing: NotCovered, task: Any) -> FlytekitNeededError:
    """The failure to report in place of something that is not covered.

    Args:
        missing: What is not covered.
        task: The task, None as long as it is not loaded.

    Raises:
        NotCovered: `missing`, if flytekit is to take over.
    """
    reason = obstacle(task)
    if reason is None:
        raise missing
    return failure(missing, reason)


def failure(missing: NotCovered, reason: str) -> FlytekitNeededError:
    """The failure that says so, with what happened where."""
    error = FlytekitNeededError(f"{missing}; {reason}")
    error.__cause__ = missing
    return error


def obstacle(task: Any = None) -> str | None:
    """Why flytekit cannot take over, and what to do; None if it can."""
    if environment.flytekit() == "wingbeat":
        return "WINGBEAT_FLYTEKIT=wingbeat forbids that flytekit takes over: unset it, or do without"
    if of_wingbeat(task) and not any(map(makes_tasks, list(sys.modules.values()))):
        return (
            "flytekit cannot take over, because the task is made with wingbeat's own names: import them from flytekit "
            "instead"
        )
    if not installed():
        return NOT_INSTALLED
    return None


def of_wingbeat(task: Any) -> bool:
    """Whether a task, or the one that it maps, is of a class of wingbeat's that has another name in flytekit."""
    mapped = getattr(task, "python_function_task", task)
    return any(cls.__module__.startswith("wingbeat.authoring.") for cls in type(mapped).__mro__)


def makes_tasks(module: Any) -> bool:
    """Whether user code has taken from a module of flytekit's what makes tasks: with flytekit, they are its own."""
    return type(module).__name__ == "FlytekitModule" and any(
        name in _DECORATORS or (isinstance(value, type) and hasattr(value, "execute"))
        for name, value in vars(module).items()
    )


def installed() -> bool:
    """Whether there is a real flytekit; what answers `import flytekit` in this process is not asked."""
    from importlib.machinery import PathFinder

    spec = PathFinder.find_spec("flytekit")
    return spec is not None and spec.origin is not None and os.path.isfile(spec.origin)
