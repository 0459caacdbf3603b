"""`@workflow`: what is known of a workflow without running its body (authoring spec 1.3 and 2.1).

The body says which tasks a workflow consists of. It is run where the workflow is registered, and never in a task's
container, where only the tasks matter; there, whoever calls a workflow, or asks for its nodes, gets `NotCovered`.
"""

from __future__ import annotations

from wingbeat.authoring.base_task import FlyteEntities, Lazily
from wingbeat.authoring.tracking import TrackedInstance

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, NoReturn

    from wingbeat.authoring.documentation import Documentation
    from wingbeat.authoring.interface import Interface
    from wingbeat.authoring.options import Options
    from wingbeat.authoring.workflow_settings import WorkflowFailurePolicy, WorkflowMetadata, WorkflowMetadataDefaults

__all__ = ["PythonFunctionWorkflow", "WorkflowBase", "workflow"]

_GRAPH = "a workflow's body is run where it is registered"


class WorkflowBase:
    """Base of the workflows.

    Args:
        name: The name under which it is registered.
        workflow_metadata: What happens when a node fails; None stands for the default.
        workflow_metadata_defaults: What holds for nodes that say nothing; None stands for the default.
        python_interface: Its inputs and outputs; None where the class finds them out.
        on_failure: What is run when a node fails.
        docs: What is written about it.
        default_options: The labels and annotations of its default launch plan.
        kwargs: For the next class.
    """

    def __init__(
        self,
        name: str | None,
        workflow_metadata: WorkflowMetadata | None,
        workflow_metadata_defaults: WorkflowMetadataDefaults | None,
        python_interface: Interface | None,
        on_failure: Any = None,
        docs: Documentation | None = None,
        default_options: Options | None = None,
        **kwargs: Any,
    ) -> None:
        if name is not None:
            self._name = name
        if workflow_metadata is not None:
            self._workflow_metadata = workflow_metadata
        if workflow_metadata_defaults is not None:
            self._workflow_metadata_defaults = workflow_metadata_defaults
        if python_interface is not None:
            self._python_interface = python_interface
        self._on_failure = on_failure
        self._failure_node: Any = None
        self._docs = docs
        self._default_options = default_options
        FlyteEntities.entities.append(self)
        super().__init__(**kwargs)

    _name: Any = ""
    _python_interface: Any = None
    _workflow_metadata: Any = Lazily(lambda _: _metadata(None))
    _workflow_metadata_defaults: Any = Lazily(lambda _: _metadata_defaults(False))

    @property
    def name(self) -> str:
        """The name under which it is registered."""
        return str(self._name)

    @property
    def short_name(self) -> str:
        """The last part of the name."""
        return self.name.rpartition(".")[2]

    @property
    def docs(self) -> Documentation | None:
        """What is written about it."""
        return self._docs

    @property
    def workflow_metadata(self) -> WorkflowMetadata:
        """What happens when a node fails."""
        metadata: WorkflowMetadata = self._workflow_metadata
        return metadata

    @property
    def workflow_metadata_defaults(self) -> WorkflowMetadataDefaults:
        """What holds for nodes that say nothing."""
        defaults: WorkflowMetadataDefaults = self._workflow_metadata_defaults
        return defaults

    @property
    def python_interface(self) -> Interface:
        """Its inputs and outputs."""
        interface: Interface = self._python_interface
        return interface

    @property
    def interface(self) -> Any:
        """The same as Flyte describes them: a `TypedInterface`."""
        from wingbeat.authoring.typed_interface import typed_interface

        return typed_interface(self.python_interface)

    @property
    def on_failure(self) -> Any:
        """What is run when a node fails."""
        return self._on_failure

    @property
    def failure_node(self) -> Any:
        """The node of it."""
        return self._failure_node

    @property
    def default_options(self) -> Options | None:
        """The labels and annotations of its default launch plan."""
        return self._default_options

    @property
    def nodes(self) -> list[Any]:
        """Its nodes. Raises NotCovered."""
        self._refuse("nodes")

    @property
    def output_bindings(self) -> list[Any]:
        """Where its outputs come from. Raises NotCovered."""
        self._refuse("output_bindings")

    def compile(self, **kwargs: Any) -> Any:
        """Run the body. Raises NotCovered."""
        self._refuse("compile")

    def execute(self, **kwargs: Any) -> Any:
        """Run its nodes here and now. Raises NotCovered."""
        self._refuse("execute")

    def local_execute(self, ctx: Any, **kwargs: Any) -> Any:
        """Run its nodes on literals, here and now. Raises NotCovered."""
        self._refuse("local_execute")

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run its nodes here and now. Raises NotCovered, so that flytekit does."""
        self._refuse("__call__")

    def construct_node_metadata(self) -> Any:
        """What a node says that stands for the workflow: a `NodeMetadata`."""
        from wingbeat.idl.workflow import NodeMetadata

        return NodeMetadata(name=self.short_name, interruptible=self.workflow_metadata_defaults.interruptible)

    def local_execution_mode(self) -> Any:
        """The mode in which a call runs."""
        # By name, because authoring must not depend on the runtime.
        modes: Any = __import__("wingbeat.runtime.execution_state", fromlist=("ExecutionMode",)).ExecutionMode
        return modes.LOCAL_WORKFLOW_EXECUTION

    def _refuse(self, member: str) -> NoReturn:
        from wingbeat.exceptions import NotCovered

        raise NotCovered(f"flytekit.core.workflow.WorkflowBase.{member}", f"{_GRAPH}; it was asked of {self.name}")

    def __repr__(self) -> str:
        interface = self.python_interface
        return (
            f"WorkflowBase - {self.name} && "
            f"Inputs ({len(interface.inputs)}): {interface.inputs} && "
            f"Outputs ({len(interface.outputs)}): {interface.outputs} && "
            f"Output bindings: [] && "
        )


class PythonFunctionWorkflow(WorkflowBase, TrackedInstance):
    """A workflow made of a function.

    It is the resolver of tasks that its body makes. These can be told from each other by their number only, and as the
    body is not run, none is found (authoring spec 8.2, case 39).

    Args:
        workflow_function: The function. Its annotations are the workflow's interface.
        metadata, default_metadata, on_failure, docs, default_options: As for `WorkflowBase`.
        docstring: Not looked at; the function has its own.
        pickle_untyped: Whether a parameter without an annotation is accepted, as `Any`.
    """

    def __init__(
        self,
        workflow_function: Callable[..., Any],
        metadata: WorkflowMetadata | None,
        default_metadata: WorkflowMetadataDefaults | None,
        docstring: Any = None,
        on_failure: Any = None,
        docs: Documentation | None = None,
        pickle_untyped: bool = False,
        default_options: Options | None = None,
    ) -> None:
        self._workflow_function = workflow_function
        self._pickle_untyped = pickle_untyped
        self._lhs = workflow_function.__name__
        self.compiled = False
        self.mapping: list[Any] = []
        super().__init__(None, metadata, default_metadata, None, on_failure, docs, default_options)

    _name: Any = Lazily(lambda self: _registered_name(self._workflow_function))
    _python_interface: Any = Lazily(lambda self: _interface(self._workflow_function, self._pickle_untyped))

    @property
    def function(self) -> Callable[..., Any]:
        """The function as the decorator saw it."""
        return self._workflow_function

    def task_name(self, t: Any) -> str:
        """The name of a task that the body makes."""
        return f"{self.name}.{t.__module__}.{t.name}"

    def add(self, t: Any) -> None:
        """Know another task of the body's."""
        self.mapping.append(t)

    def get_all_tasks(self) -> list[Any]:
        """The tasks of the body that are known."""
        return self.mapping

    def loader_args(self, settings: Any, t: Any) -> list[str]:
        """The number of a task. Raises ValueError if it is not known."""
        if t not in self.mapping:
            raise ValueError("no such task")
        return [str(self.mapping.index(t))]

    def load_task(self, loader_args: Sequence[str]) -> Any:
        """The task of that number.

        Raises:
            RuntimeError: there is not exactly one argument.
            IndexError: it is not known.
        """
        if len(loader_args) != 1:
            raise RuntimeError(f"Unable to load task, received ambiguous loader args {loader_args}, expected only one")
        place = int(loader_args[0])
        if not -len(self.mapping) <= place < len(self.mapping):
            raise IndexError(
                f"list index out of range: the workflow {self.name} knows no task {place}, because its body is not run "
                "where tasks are; define the task at the top level of the module"
            )
        return self.mapping[place]


def workflow(
    _workflow_function: Callable[..., Any] | None = None,
    failure_policy: WorkflowFailurePolicy | None = None,
    interruptible: bool = False,
    on_failure: Any = None,
    docs: Documentation | None = None,
    pickle_untyped: bool = False,
    default_options: Options | None = None,
) -> Any:
    """Make a workflow of a function; used bare (`@workflow`) or with settings (`@workflow(interruptible=True)`).

    The parameters are flytekit's (authoring spec 1.3).

    Raises:
        FlyteValidationException: the policy is none, or `interruptible` is neither True nor False.
    """

    def made_of(function: Callable[..., Any]) -> PythonFunctionWorkflow:
        made = PythonFunctionWorkflow(
            function,
            _metadata(failure_policy) if failure_policy else None,
            None if interruptible is False else _metadata_defaults(interruptible),
            on_failure=on_failure,
            docs=docs,
            pickle_untyped=pickle_untyped,
            default_options=default_options,
        )
        made.__dict__.update(getattr(function, "__dict__", {}))
        # What `functools.update_wrapper` would set, except `__annotations__`: asking for them evaluates them.
        for attribute in ("__module__", "__name__", "__qualname__", "__doc__"):
            setattr(made, attribute, getattr(function, attribute, None))
        made.__dict__["__wrapped__"] = function
        return made

    return made_of if _workflow_function is None else made_of(_workflow_function)


def _registered_name(function: Callable[..., Any]) -> str:
    from wingbeat.authoring.naming import task_name

    return task_name(function)


def _interface(function: Callable[..., Any], pickle_untyped: bool) -> Interface:
    from wingbeat.authoring.interface import read_interface

    return read_interface(function, pickle_untyped=pickle_untyped)


def _metadata(policy: WorkflowFailurePolicy | None) -> WorkflowMetadata:
    from wingbeat.authoring.workflow_settings import WorkflowFailurePolicy, WorkflowMetadata

    return WorkflowMetadata(on_failure=policy or WorkflowFailurePolicy.FAIL_IMMEDIATELY)


def _metadata_defaults(interruptible: bool) -> WorkflowMetadataDefaults:
    from wingbeat.authoring.workflow_settings import WorkflowMetadataDefaults

    return WorkflowMetadataDefaults(interruptible)
