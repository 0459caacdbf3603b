"""The names that the engine gave to this execution and this task.

They are made in every process, so they are no messages; but they pass for those of `wingbeat.idl.identifier`, which are
loaded when something is asked of them that only a message knows.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar

    from wingbeat.idl.model import Model


class _Identifier:
    """Compares by content. What it does not have itself, the message of the same name has."""

    __slots__: tuple[str, ...] = ()
    _ARGUMENTS: ClassVar[tuple[str, ...]] = ()

    def _model(self) -> Model:
        from wingbeat.idl import identifier

        model: Model = getattr(identifier, type(self).__name__)(*(getattr(self, name) for name in self._ARGUMENTS))
        return model

    @property  # type: ignore[misc]  # that of `object` can be assigned
    def __class__(self) -> Any:
        # For `isinstance`; nobody can ask for a class that has not been loaded.
        models = sys.modules.get("wingbeat.idl.identifier")
        return type(self) if models is None else getattr(models, type(self).__name__, type(self))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return getattr(self._model(), name)

    def __reduce__(self) -> Any:
        return type(self), tuple(getattr(self, name) for name in self.__slots__)

    def __eq__(self, other: object) -> bool:
        if type(other) is type(self):
            return all(getattr(self, name) == getattr(other, name) for name in self.__slots__)
        return self._model() == other if isinstance(other, type(self._model())) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._model())

    def __repr__(self) -> str:
        return repr(self._model())

    def __str__(self) -> str:
        return str(self._model())


class WorkflowExecutionIdentifier(_Identifier):
    """One execution of a workflow."""

    __slots__ = ("project", "domain", "name")  # the order of the parameters
    _ARGUMENTS = __slots__

    def __init__(self, project: str, domain: str, name: str) -> None:
        self.project = project
        self.domain = domain
        self.name = name


class Identifier(_Identifier):
    """One registered version of a task."""

    __slots__ = ("project", "domain", "name", "version")
    _ARGUMENTS = ("resource_type", *__slots__)

    #: `flyteidl.core.ResourceType.TASK`
    resource_type: ClassVar[int] = 1

    def __init__(self, project: str, domain: str, name: str, version: str) -> None:
        self.project = project
        self.domain = domain
        self.name = name
        self.version = version
