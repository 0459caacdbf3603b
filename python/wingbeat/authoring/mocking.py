"""`flytekit.testing`: put a mock in the place of what a task does."""

from __future__ import annotations

from contextlib import contextmanager

from wingbeat.authoring.base_task import PythonTask
from wingbeat.authoring.reference import ReferenceEntity
from wingbeat.authoring.workflow import WorkflowBase

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any
    from unittest.mock import MagicMock


@contextmanager
def task_mock(t: Any) -> Iterator[MagicMock]:
    """Within a `with`, a call of the task calls the mock. Arguments and outputs are converted as ever.

    Raises:
        ValueError: it is neither a task nor a workflow.
    """
    refuse_other_than_entities(t, "Can only be used for tasks, but got")
    from unittest.mock import MagicMock

    mock, own = MagicMock(), t.execute
    t.execute = mock
    yield mock
    t.execute = own


def patch(target: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorates a test: while it runs, a call of the task calls the mock that is the test's first argument.

    Raises:
        ValueError: it is neither a task nor a workflow.
    """
    refuse_other_than_entities(target, "Can only use mocks on tasks/workflows declared in Python, but got")

    def decorate(test: Callable[..., Any]) -> Callable[..., Any]:
        def mocked(*args: Any, **kwargs: Any) -> Any:
            from unittest.mock import MagicMock

            mock, own = MagicMock(), target.execute
            target.execute = mock
            result = test(mock, *args, **kwargs)
            target.execute = own
            return result

        return mocked

    return decorate


def refuse_other_than_entities(target: Any, words: str) -> None:
    """Raise ValueError for what is neither a task nor a workflow nor stands for one."""
    if not isinstance(target, (PythonTask, WorkflowBase, ReferenceEntity)):
        raise ValueError(f"{words} {type(target)}")  # noqa: TRY004 flytekit's class
