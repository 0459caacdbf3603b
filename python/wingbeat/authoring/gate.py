"""Nodes that wait: for a value, a yes, or some time (authoring spec 4.6). Only flytekit runs them."""

from __future__ import annotations

from wingbeat.exceptions import NotCovered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import timedelta
    from typing import Any, NoReturn

__all__ = ["approve", "sleep", "wait_for_input"]


def wait_for_input(name: str, timeout: timedelta, expected_type: type) -> NoReturn:  # noqa: ARG001 flytekit's
    """Wait for a value. Raises NotCovered."""
    raise NotCovered("flytekit.wait_for_input", f"it is a node of a workflow; {name!r} was to wait")


def sleep(duration: timedelta) -> NoReturn:
    """Wait for some time. Raises NotCovered."""
    raise NotCovered("flytekit.sleep", f"it is a node of a workflow, for {duration}; in a task there is time.sleep")


def approve(upstream_item: Any, name: str, timeout: timedelta) -> NoReturn:  # noqa: ARG001 flytekit's
    """Wait for a yes.

    Raises:
        ValueError: there is nothing to say yes to.
        NotCovered: there is.
    """
    from wingbeat.authoring.promise import VoidPromise

    if upstream_item is None or isinstance(upstream_item, VoidPromise):
        raise ValueError("You can't use approval on a task that doesn't return anything.")
    raise NotCovered("flytekit.approve", f"it is a node of a workflow; {name!r} was to wait")
