"""A task made of its registration: types, settings and a class that executes it (runtime contract 5.10)."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from wingbeat.authoring.interface import Interface
from wingbeat.authoring.tracking import TrackedInstance

TYPE_CHECKING = False
if TYPE_CHECKING:
    from wingbeat.idl.tasks import TaskTemplate

T = TypeVar("T")


class ShimTaskExecutor(TrackedInstance, Generic[T]):
    """What executes tasks of one type. Made without arguments."""

    def execute_from_model(self, tt: TaskTemplate, **kwargs: Any) -> Any:
        """Execute one task.

        Args:
            tt: All that is known of it.
            kwargs: Its inputs.

        Returns:
            Its output; of several, anything that is indexed.
        """
        raise NotImplementedError(f"{type(self).__name__} has no `execute_from_model`")


class ExecutableTemplateShimTask:
    """Runs as any task does; its Python types are guessed of Flyte's, and it has no decks.

    Whatever goes wrong is a failure of the system, which Flyte tries again: there is no code of the user's in it.

    Args:
        tt: The template.
        executor_type: The class that executes it.
    """

    enable_deck = False
    fails_as_system = True

    def __init__(self, tt: TaskTemplate, executor_type: type[ShimTaskExecutor[Any]]) -> None:
        self.task_template = tt
        self.executor_type = executor_type
        self.executor = executor_type()

    @property
    def name(self) -> str:
        """The name under which it is registered."""
        return self.task_template.id.name

    @property
    def python_interface(self) -> Interface:
        """The inputs and outputs. What a type is in Python, the values that are returned decide."""
        from wingbeat.types.guess import guess

        declared = self.task_template.interface
        inputs = {name: guess(variable.type) for name, variable in declared.inputs.items()}
        return Interface(inputs, dict.fromkeys(sorted(declared.outputs, key=place), Any))

    def get_type_for_output_var(self, name: str, value: Any) -> Any:
        """The type of an output: that of the value; of a list or dict also what it is declared to hold."""
        if type(value) not in (list, dict):
            return type(value)
        from wingbeat.types.guess import guess

        return guess(self.task_template.interface.outputs[name].type)

    def pre_execute(self, user_params: Any) -> Any:
        """The same."""
        return user_params

    def execute(self, **kwargs: Any) -> Any:
        """Leave it to the executor."""
        return self.executor.execute_from_model(self.task_template, **kwargs)

    def post_execute(self, user_params: Any, rval: Any) -> Any:
        """The same."""
        return rval


def place(name: str) -> tuple[int, str]:
    """Where an output stands: `o10` after `o9`, any other name before, by the alphabet. A template has no order."""
    number = name[1:]
    return (int(number) if name[0] == "o" and number.isdecimal() else -1), name
