"""References: tasks, workflows and launch plans that are registered already (authoring spec 1.3).

Only their interface is known here. Calling one is refused, as in flytekit.
"""

from __future__ import annotations

from wingbeat.authoring.interface import Interface, read_interface
from wingbeat.authoring.launch_plan import LaunchPlan
from wingbeat.authoring.record import Record
from wingbeat.authoring.workflow import PythonFunctionWorkflow
from wingbeat.idl.identifier import Identifier, ResourceType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, TypeVar

    T = TypeVar("T")

__all__ = [
    "LaunchPlanReference",
    "Reference",
    "ReferenceEntity",
    "ReferenceLaunchPlan",
    "ReferenceSpec",
    "ReferenceTemplate",
    "ReferenceWorkflow",
    "TaskReference",
    "WorkflowReference",
    "get_reference_entity",
    "reference_launch_plan",
    "reference_workflow",
]


class Reference(Record):
    """Base of what says which one is meant. A subclass has `resource_type`."""

    project: str
    domain: str
    name: str
    version: str

    def __init__(self, project: str, domain: str, name: str, version: str) -> None:
        if type(self) is Reference:
            raise TypeError("Can't instantiate abstract class Reference with abstract method resource_type")
        self.project = project
        self.domain = domain
        self.name = name
        self.version = version
        self._id = Identifier(self.resource_type, project, domain, name, version)

    @property
    def id(self) -> Identifier:
        """The same as Flyte has it."""
        return self._id

    @property
    def resource_type(self) -> int:
        """What it is, of `ResourceType`."""
        raise NotImplementedError(f"{type(self).__name__} has no `resource_type`")


class TaskReference(Reference):
    """Says which task is meant."""

    @property
    def resource_type(self) -> int:
        """A task."""
        return ResourceType.TASK


class LaunchPlanReference(Reference):
    """Says which launch plan is meant."""

    @property
    def resource_type(self) -> int:
        """A launch plan."""
        return ResourceType.LAUNCH_PLAN


class WorkflowReference(Reference):
    """Says which workflow is meant."""

    @property
    def resource_type(self) -> int:
        """A workflow."""
        return ResourceType.WORKFLOW


class ReferenceEntity:
    """Base of the references.

    Args:
        reference: Which one is meant.
        inputs, outputs: Its interface: name -> hint.

    Raises:
        ValueError: `reference` is something else.
    """

    def __init__(
        self,
        reference: WorkflowReference | TaskReference | LaunchPlanReference,
        inputs: Mapping[str, Any],
        outputs: Mapping[str, Any],
    ) -> None:
        if not isinstance(reference, (WorkflowReference, TaskReference, LaunchPlanReference)):
            raise ValueError(  # noqa: TRY004 flytekit's
                f"Must be one of task, workflow, or launch plan, but got {type(reference)}"
            )
        self._reference = reference
        self._native_interface = Interface(inputs, outputs)

    @property
    def reference(self) -> Reference:
        """Which one is meant."""
        return self._reference

    @property
    def id(self) -> Identifier:
        """The same as Flyte has it."""
        return self._reference.id

    @property
    def name(self) -> str:
        """Its name."""
        return self._reference.name

    @property
    def python_interface(self) -> Interface:
        """Its inputs and outputs."""
        return self._native_interface

    @property
    def interface(self) -> Any:
        """The same as Flyte describes them: a `TypedInterface`."""
        from wingbeat.authoring.typed_interface import typed_interface

        return typed_interface(self._native_interface)

    def construct_node_metadata(self) -> Any:
        """What a node says that stands for it: a `NodeMetadata`."""
        from wingbeat.idl.workflow import NodeMetadata

        return NodeMetadata(name=self.name.rpartition(".")[2])

    def execute(self, **kwargs: Any) -> Any:
        """Run it: for mocks.

        Raises:
            NotImplementedError: it is none.
        """
        raise NotImplementedError("Remote reference entities cannot be run locally. You must mock this out.")

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run it, if it is mocked.

        Raises:
            AssertionError: there are too many arguments, or one twice.
            NotImplementedError: it is not mocked.
        """
        inputs = self.python_interface.inputs
        if len(args) > len(inputs):
            raise AssertionError(
                f"Received more arguments than expected in function '{self.name}'. Expected {len(inputs)} but got "
                f"{len(args)}"
            )
        for value, name in zip(args, inputs, strict=False):
            if name in kwargs:
                raise AssertionError(f"Got multiple values for argument '{name}' in function '{self.name}'")
            kwargs[name] = value
        return self.execute(**kwargs)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._reference!r}>"


class ReferenceWorkflow(ReferenceEntity, PythonFunctionWorkflow):
    """A workflow that is registered already."""

    def __init__(
        self,
        project: str,
        domain: str,
        name: str,
        version: str,
        inputs: Mapping[str, Any],
        outputs: Mapping[str, Any],
    ) -> None:
        super().__init__(WorkflowReference(project, domain, name, version), inputs, outputs)


class ReferenceLaunchPlan(ReferenceEntity, LaunchPlan):
    """A launch plan that is registered already."""

    def __init__(
        self,
        project: str,
        domain: str,
        name: str,
        version: str,
        inputs: Mapping[str, Any],
        outputs: Mapping[str, Any],
    ) -> None:
        super().__init__(LaunchPlanReference(project, domain, name, version), inputs, outputs)


def made_of(cls: Callable[..., T], *place: str) -> Callable[[Callable[..., Any]], T]:
    """What makes a reference of a function, whose annotations are the interface; `place` says what it refers to."""

    def decorate(function: Callable[..., Any]) -> T:
        interface = read_interface(function)
        return cls(*place, interface.inputs, interface.outputs)

    return decorate


def reference_workflow(
    project: str, domain: str, name: str, version: str
) -> Callable[[Callable[..., Any]], ReferenceWorkflow]:
    """Make a reference of a function, whose annotations are the interface; it is never run."""
    return made_of(ReferenceWorkflow, project, domain, name, version)


def reference_launch_plan(
    project: str, domain: str, name: str, version: str
) -> Callable[[Callable[..., Any]], ReferenceLaunchPlan]:
    """Make a reference of a function, whose annotations are the interface; it is never run."""
    return made_of(ReferenceLaunchPlan, project, domain, name, version)


def get_reference_entity(
    resource_type: int,
    project: str,
    domain: str,
    name: str,
    version: str,
    inputs: Mapping[str, Any],
    outputs: Mapping[str, Any],
) -> Any:
    """A reference to what `resource_type` says, of `ResourceType`.

    Raises:
        FlyteValidationException: it says something else than a task, workflow or launch plan.
    """
    from wingbeat.authoring.reference_task import ReferenceTask

    classes: dict[int, Any] = {
        ResourceType.TASK: ReferenceTask,
        ResourceType.WORKFLOW: ReferenceWorkflow,
        ResourceType.LAUNCH_PLAN: ReferenceLaunchPlan,
    }
    if resource_type not in classes:
        from wingbeat.exceptions import FlyteValidationException

        raise FlyteValidationException("Resource type must be one of task, workflow, or launch plan")
    return classes[resource_type](project, domain, name, version, inputs, outputs)


class ReferenceTemplate:
    """A reference as a graph has it."""

    def __init__(self, id: Identifier, resource_type: int) -> None:  # noqa: A002 flytekit's name
        self.id = id
        self.resource_type = resource_type


class ReferenceSpec:
    """The same, as it would be registered."""

    def __init__(self, template: ReferenceTemplate) -> None:
        self.template = template
