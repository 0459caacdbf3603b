"""Instances that know the module they were made in, so that a container can find them there again."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class InstanceTrackingMeta(type):
    """Notes on each new instance which module's top-level code has made it."""

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        """A new instance."""
        made = super().__call__(*args, **kwargs)
        made._instantiated_in = module_being_loaded()
        return made


class TrackedInstance(metaclass=InstanceTrackingMeta):
    """An object that is found by its module and the variable that holds it, such as a resolver (runtime contract 8.3).

    Args:
        args, kwargs: For the next class.
    """

    _instantiated_in: str | None = None
    _lhs: str | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    @property
    def instantiated_in(self) -> str | None:
        """The module whose top-level code has made it."""
        return self._instantiated_in

    @property
    def lhs(self) -> str:
        """The variable of that module that holds it; of several, the first in alphabetical order.

        Raises:
            FlyteSystemException: there is none.
        """
        if self._lhs is None:
            self._lhs = self.find_lhs()
        return self._lhs

    def find_lhs(self) -> str:
        """The same, looked up now."""
        from wingbeat.exceptions import FlyteSystemException

        if not self._instantiated_in:
            raise FlyteSystemException(
                f"{self} was not made by the top-level code of a module: it cannot be found again"
            )
        __import__(self._instantiated_in)
        module = sys.modules[self._instantiated_in]
        for name in dir(module):
            if getattr(module, name, None) is self:
                return name
        raise FlyteSystemException(
            f"no variable of the module {self._instantiated_in} holds {self}: assign it to one at the top level"
        )

    @property
    def location(self) -> str:
        """The dotted location: module and variable."""
        from wingbeat.authoring.naming import extract_task_module

        return extract_task_module(self)[0]


def module_being_loaded() -> str | None:
    """The name of the module whose top-level code is running; of a script, that by which it could be imported."""
    frame: Any = sys._getframe(1)
    while frame is not None:
        if frame.f_code.co_name == "<module>" and "__name__" in frame.f_globals:
            name: str = frame.f_globals["__name__"]
            return name if name != "__main__" else script_module(frame.f_globals.get("__file__"))
        frame = frame.f_back
    return None


def script_module(file: str | None) -> str | None:
    """The dotted name of a script below the working directory."""
    if file is None:
        return None
    path = os.path.relpath(os.path.abspath(file))
    return None if path.startswith(os.pardir) else os.path.splitext(path)[0].replace(os.sep, ".")
