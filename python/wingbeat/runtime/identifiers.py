"""The names that the engine gave to this execution and this task."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar


class _Identifier:
    """Compares and prints by content."""

    __slots__: tuple[str, ...] = ()

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.__slots__)

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, name) for name in self.__slots__))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self.__slots__)})"


class WorkflowExecutionIdentifier(_Identifier):
    """One execution of a workflow."""

    __slots__ = ("domain", "name", "project")

    def __init__(self, project: str, domain: str, name: str) -> None:
        self.project = project
        self.domain = domain
        self.name = name


class Identifier(_Identifier):
    """One registered version of a task."""

    __slots__ = ("domain", "name", "project", "version")

    #: `flyteidl.core.ResourceType.TASK`
    resource_type: ClassVar[int] = 1

    def __init__(self, project: str, domain: str, name: str, version: str) -> None:
        self.project = project
        self.domain = domain
        self.name = name
        self.version = version
