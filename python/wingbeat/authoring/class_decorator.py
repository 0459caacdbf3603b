"""`ClassDecorator`: base of decorators for task functions that are objects (authoring spec 1.4)."""

from __future__ import annotations

from abc import ABC, abstractmethod

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from typing_extensions import Self


class ClassDecorator(ABC):
    """Stands for the function it decorates; used bare, or with keywords. A subclass writes what a call does.

    Args:
        task_function: The function; None while only the keywords are known.
        kwargs: The keywords, kept in `decorator_kwargs`.
    """

    LINK_TYPE_KEY = "link_type"
    PORT_KEY = "port"

    def __init__(self, task_function: Callable[..., Any] | None = None, **kwargs: Any) -> None:
        self.task_function = task_function
        self.decorator_kwargs = kwargs
        if task_function:
            from functools import update_wrapper

            update_wrapper(self, task_function)

    def __call__(self, *args: Any, **kwargs: Any) -> Self | Any:
        """Call the function; of a decorator with keywords, decorate it."""
        if self.task_function:
            return self.execute(*args, **kwargs)
        return self.__class__(args[0], **self.decorator_kwargs)

    @abstractmethod
    def execute(self, *args: Any, **kwargs: Any) -> Any:
        """What a call of the function does."""

    @abstractmethod
    def get_extra_config(self) -> Any:
        """What the registration of the task says of the decorator."""
