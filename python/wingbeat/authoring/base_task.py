"""The classes that all tasks derive from: what is known of a task, and the hooks that a run calls (authoring spec 1.4).

What costs time to find out, and what a run does not ask for, is computed when somebody does.
"""

from __future__ import annotations

from abc import abstractmethod

from wingbeat.authoring.tracking import TrackedInstance

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, ClassVar, Generic, TypeVar

    from wingbeat.authoring.interface import Interface
    from wingbeat.authoring.task_metadata import TaskMetadata

    T = TypeVar("T")
else:
    T = None

    class Generic:
        """Lets the classes be generic, for type checkers and for `class Own(PythonTask[Config])`, without `typing`."""

        def __class_getitem__(cls, item: object) -> type:
            return cls


class Lazily:
    """An attribute that is computed when it is first asked for, unless it has been assigned to."""

    def __init__(self, compute: Callable[[Any], Any]) -> None:
        self._compute = compute

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is None:
            return self
        value = instance.__dict__[self._name] = self._compute(instance)
        return value


class FlyteEntities:
    """All tasks, workflows and launch plans of the process, in the order in which they were made."""

    entities: ClassVar[list[Any]] = []


class Task:
    """What Flyte knows of any task.

    Args:
        task_type: What the engine calls tasks of this kind.
        name: The name under which it is registered.
        interface: Its inputs and outputs, as Flyte describes them.
        metadata: How Flyte treats it.
        task_type_version: The version of the kind.
        security_ctx: What it may use.
        docs: What is written about it.
        kwargs: Not looked at, as in flytekit.
    """

    def __init__(
        self,
        task_type: str,
        name: str | None,
        interface: Any = None,
        metadata: TaskMetadata | None = None,
        task_type_version: int = 0,
        security_ctx: Any = None,
        docs: Any = None,
        **kwargs: Any,
    ) -> None:
        self._task_type = task_type
        self._task_type_version = task_type_version
        self._docs = docs
        if name is not None:
            self._name = name
        if interface is not None:
            self._interface = interface
        if metadata is not None:
            self._metadata = metadata
        if security_ctx is not None:
            self._security_ctx = security_ctx
        FlyteEntities.entities.append(self)

    _name: Any = Lazily(lambda _: "")
    _interface: Any = Lazily(lambda _: None)
    _metadata: Any = Lazily(lambda self: self._described())
    _security_ctx: Any = Lazily(lambda _: None)

    def _described(self) -> TaskMetadata:
        """The metadata of a task that was given none."""
        from wingbeat.authoring.task_metadata import TaskMetadata

        return TaskMetadata()

    @property
    def interface(self) -> Any:
        """The inputs and outputs, as Flyte describes them: a `TypedInterface`."""
        return self._interface

    @property
    def metadata(self) -> TaskMetadata:
        """How Flyte treats the task."""
        metadata: TaskMetadata = self._metadata
        return metadata

    @property
    def name(self) -> str:
        """The name under which the task is registered."""
        return str(self._name)

    @property
    def task_type(self) -> str:
        """What the engine calls tasks of this kind."""
        return self._task_type

    @property
    def task_type_version(self) -> int:
        """The version of the kind."""
        return self._task_type_version

    @property
    def python_interface(self) -> Interface | None:
        """The inputs and outputs in Python; None where nothing is known of them."""
        return None

    @property
    def security_context(self) -> Any:
        """What the task may use."""
        return self._security_ctx

    @property
    def docs(self) -> Any:
        """What the task was given as `docs`."""
        return self._docs

    def get_type_for_input_var(self, k: str, v: Any) -> Any:
        """The type of an input's value."""
        return type(v)

    def get_type_for_output_var(self, k: str, v: Any) -> Any:
        """The type of an output's value."""
        return type(v)

    def get_input_types(self) -> dict[str, Any] | None:
        """The types of the inputs; None where nothing is known of them."""
        return None

    def get_container(self, settings: Any) -> Any:
        """The container that Flyte runs; None for a task that has none."""
        return None

    def get_k8s_pod(self, settings: Any) -> Any:
        """The pod that Flyte runs; None for a task that has none."""
        return None

    def get_sql(self, settings: Any) -> Any:
        """The statement that Flyte runs; None for a task that has none."""
        return None

    def get_custom(self, settings: Any) -> dict[str, Any] | None:
        """What a kind of tasks keeps in the registration."""
        return None

    def get_config(self, settings: Any) -> dict[str, str] | None:
        """More of that, as text."""
        return None

    def get_extended_resources(self, settings: Any) -> Any:
        """Accelerators and shared memory; None where none are asked for."""
        return None

    def local_execution_mode(self) -> Any:
        """The mode in which a call of the task runs."""
        return _mode("LOCAL_TASK_EXECUTION")

    @abstractmethod
    def dispatch_execute(self, ctx: Any, input_literal_map: Any) -> Any:
        """Run the task on literals."""

    @abstractmethod
    def pre_execute(self, user_params: Any) -> Any:
        """Called before the inputs are converted."""

    @abstractmethod
    def execute(self, **kwargs: Any) -> Any:
        """Run the task on values."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run the task here and now, see `PythonTask`."""
        return _runtime("calling", "call")(self, args, kwargs)

    def __repr__(self) -> str:
        return f"<task {self.name}>"


class PythonTask(TrackedInstance, Task, Generic[T]):
    """A task whose inputs and outputs have types of Python. Derive from it where there is no function to run.

    A call converts the arguments to Flyte's form and back, runs the task, and does the same with its outputs; several
    outputs come as a named tuple.

    Args:
        task_type: What the engine calls tasks of this kind.
        name: The name under which it is registered.
        task_config: What the kind of tasks is told.
        interface: The inputs and outputs; by default none.
        environment: Environment variables of the container.
        disable_deck: Older code's way to say the opposite of `enable_deck`.
        enable_deck: Whether a run writes deck.html.
        deck_fields: The tabs to make without the task's doing; by default all.
        kwargs: For `Task`.

    Raises:
        ValueError: the parameters about decks contradict each other.
    """

    def __init__(
        self,
        task_type: str,
        name: str | None,
        task_config: T | None = None,
        interface: Interface | None = None,
        environment: dict[str, str] | None = None,
        disable_deck: bool | None = None,
        enable_deck: bool | None = None,
        deck_fields: Any = ("Source Code", "Dependencies", "Timeline", "Input", "Output"),
        **kwargs: Any,
    ) -> None:
        super().__init__(task_type=task_type, name=name, **kwargs)
        if interface is not None:
            self._python_interface = interface
        self._environment = environment or {}
        self._task_config = task_config
        if enable_deck is not None or disable_deck is not None:
            from wingbeat.authoring.settings import check_decks

            check_decks(enable_deck, disable_deck, deck_fields)
        self._disable_deck = not (enable_deck or disable_deck is False)
        self._deck_fields = [] if self._disable_deck else list(deck_fields or ())

    _python_interface: Any = Lazily(lambda _: _no_interface())
    _interface: Any = Lazily(lambda self: _typed(self.python_interface))

    @property
    def python_interface(self) -> Interface:
        """The inputs and outputs. Of a function task, read when first asked for: a module may hold many of them.

        Raises:
            SignatureError: the function's signature does not say what Flyte has to know.
        """
        interface: Interface = self._python_interface
        return interface

    @property
    def task_config(self) -> T | None:
        """What the kind of tasks is told."""
        return self._task_config

    def get_type_for_input_var(self, k: str, v: Any) -> Any:
        """The declared type of an input."""
        return self.python_interface.inputs[k]

    def get_type_for_output_var(self, k: str, v: Any) -> Any:
        """The declared type of an output."""
        return self.python_interface.outputs[k]

    def get_input_types(self) -> dict[str, Any]:
        """The declared types of the inputs."""
        return self.python_interface.inputs

    def construct_node_metadata(self) -> Any:
        """Only for graphs, which are not covered."""
        raise _not_covered("flytekit.core.base_task.PythonTask.construct_node_metadata")

    def compile(self, ctx: Any, *args: Any, **kwargs: Any) -> Any:
        """Only for graphs, which are not covered."""
        raise _not_covered("flytekit.core.base_task.PythonTask.compile")

    def dispatch_execute(self, ctx: Any, input_literal_map: Any) -> Any:
        """Run the task on literals: a `LiteralMap` of inputs becomes one of outputs.

        A subclass that overrides it decides how its inputs and outputs are converted; what it returns is written.
        """
        return _runtime("dispatching", "dispatch")(self, ctx, input_literal_map)

    def demand_covered(self) -> None:
        """Raise NotCovered, before anything is done, if only flytekit can run the task.

        That is so where a subclass overrides how flytekit itself converts values and makes decks.
        """
        for name in ("_literal_map_to_python_input", "_output_to_literal_map", "_write_decks"):
            if hasattr(type(self), name):
                raise _not_covered(f"flytekit.core.base_task.PythonTask.{name}", f"{self.name} overrides it")

    def pre_execute(self, user_params: Any) -> Any:
        """Called before the inputs are converted; what it returns goes to `post_execute`. For subclasses."""
        return user_params

    @abstractmethod
    def execute(self, **kwargs: Any) -> Any:
        """Run the task on values. For subclasses."""

    def post_execute(self, user_params: Any, rval: Any) -> Any:
        """Called with what `execute` has returned; what it returns becomes the outputs. For subclasses."""
        return rval

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables of the container."""
        return self._environment

    @property
    def disable_deck(self) -> bool:
        """The opposite of `enable_deck`, for older code."""
        import warnings

        message = "`disable_deck` is deprecated and will be removed in the future.\nPlease use `enable_deck` instead."
        warnings.warn(message, DeprecationWarning, stacklevel=2)
        return self._disable_deck

    @property
    def enable_deck(self) -> bool:
        """Whether a run of the task writes deck.html."""
        return not self._disable_deck

    @property
    def deck_fields(self) -> list[Any]:
        """The tabs that deck.html has without the task's doing."""
        return self._deck_fields


def _runtime(module: str, name: str) -> Any:
    # By name, because authoring must not depend on the runtime.
    return getattr(__import__(f"wingbeat.runtime.{module}", fromlist=(name,)), name)


def _mode(name: str) -> Any:
    return _runtime("execution_state", "ExecutionMode")[name]


def _no_interface() -> Interface:
    from wingbeat.authoring.interface import Interface

    return Interface()


def _typed(interface: Interface) -> Any:
    from wingbeat.authoring.typed_interface import typed_interface

    return typed_interface(interface)


def _not_covered(name: str, reason: str = "it is for graphs of tasks, which are made where they are registered") -> Any:
    from wingbeat.exceptions import NotCovered

    return NotCovered(name, reason)
