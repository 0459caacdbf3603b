"""The tabs that a task has without asking, unless `deck_fields` leaves them out: source, packages, inputs, outputs."""

from __future__ import annotations

from wingbeat.exceptions import NotCovered
from wingbeat.runtime.deck.page import Tab, own

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def builtin_tabs(
    task: Any,
    fields: list[str],
    arguments: dict[str, Any],
    result: Any,
    could_not: Callable[[str, BaseException], str],
) -> list[Tab]:
    """The tabs, in flytekit's order.

    Args:
        task: The task.
        fields: The names of the tabs that it wants.
        arguments: What the function was called with, by name.
        result: What it returned.
        could_not: Called with what could not be shown and why; makes the HTML that is shown instead.
    """
    makers: dict[str, Callable[[], str]] = {
        "Source Code": lambda: source(task),
        "Dependencies": dependencies,
        "Input": lambda: inputs(task, arguments, could_not),
        "Output": lambda: outputs(task, result, could_not),
    }
    tabs = []
    for name, make in makers.items():
        if name in fields:
            try:
                html = make()
            except (Exception, NotCovered) as error:  # noqa: BLE001 a task does not fail for its decks
                html = could_not(f"the tab {name!r}", error)
            if html:
                tabs.append(Tab(name, [own(html)]))
    return tabs


def source(task: Any) -> str:
    """The function's source; nothing if it has none, as in flytekit."""
    import inspect

    from wingbeat.runtime.deck.source import SourceCodeRenderer

    try:
        lines, first = inspect.getsourcelines(task.task_function)
        place = inspect.getsourcefile(task.task_function)
    except (OSError, TypeError, AttributeError):  # made by `exec`, no function, not made of a function
        return ""
    from html import escape

    note = f'<p class="note">{escape(place)}</p>' if place else ""
    return note + SourceCodeRenderer(first_line=first).to_html("".join(lines))


def dependencies() -> str:
    """The installed packages."""
    from wingbeat.runtime.deck.dependencies import PythonDependencyRenderer

    return PythonDependencyRenderer().to_html()


def inputs(task: Any, arguments: dict[str, Any], could_not: Callable[[str, BaseException], str]) -> str:
    """What the function was called with."""
    from wingbeat.runtime.deck.values import values

    return values(arguments, task.python_interface.inputs, could_not)


def outputs(task: Any, result: Any, could_not: Callable[[str, BaseException], str]) -> str:
    """What it returned."""
    from wingbeat.runtime.deck.values import values
    from wingbeat.runtime.outputs import name_outputs

    return values(name_outputs(task, result), task.python_interface.outputs, could_not)
