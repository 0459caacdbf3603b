"""Tasks that are run on literals: `dispatch_execute`, called by subclasses that override it (runtime contract 5.3)."""

from __future__ import annotations

from wingbeat.exceptions import (
    FlyteDownloadDataException,
    FlyteUploadDataException,
    FlyteUserRuntimeException,
    NotCovered,
)
from wingbeat.rare_exceptions import FlyteNonRecoverableSystemException
from wingbeat.runtime.context_manager import FlyteContextManager
from wingbeat.runtime.inputs import InputCodec
from wingbeat.runtime.outputs import OutputCodec, preview

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from wingbeat.idl import LiteralMap


class OnLiterals:
    """A task that has a `dispatch_execute` of its own, as a run sees it: all is done while it is executed.

    It has no decks, which are made where that method is not the task's own.
    """

    enable_deck = False
    #: The step in which a failure would be the same: its own code is the plugin's, not the user's.
    failed_in = "finish"

    def __init__(self, task: Any) -> None:
        self._task = task
        self.name = task.name
        self.python_interface = task.python_interface

    def demand_covered(self) -> None:
        """Raise NotCovered if the task has decks, or is one that only flytekit can run."""
        self._task.demand_covered()
        if self._task.enable_deck:
            raise NotCovered("flytekit.core.base_task.PythonTask.dispatch_execute", f"{self.name} has decks too")

    def decode(self, document: bytes, *_: Any) -> dict[str, Any]:
        """The inputs as they are."""
        return {"document": document}

    def pre_execute(self, parameters: Any) -> Any:
        """The same: the task's own is up to its `dispatch_execute`, as all hooks are."""
        return parameters

    def execute(self, document: bytes) -> LiteralMap:
        """What the task makes of its inputs.

        Raises:
            TypeError: that is no `LiteralMap`.
            Exception: whatever the task raises; of what carries another exception, that one.
        """
        from wingbeat.idl import LiteralMap

        try:
            result = self._task.dispatch_execute(FlyteContextManager.current_context(), LiteralMap.from_bytes(document))
        except FlyteUserRuntimeException as error:
            self.failed_in = "execute"
            raise error.value from None
        except FlyteNonRecoverableSystemException as error:
            self.failed_in = "encode"
            raise error.value from None
        if not isinstance(result, LiteralMap):
            raise TypeError(f"dispatch_execute of {self.name} returned {preview(result)}, expected a LiteralMap")
        return result

    def post_execute(self, parameters: Any, result: Any) -> Any:
        """The same."""
        return result


def dispatch(task: Any, ctx: Any, input_literal_map: LiteralMap) -> LiteralMap:
    """What a run does between reading the inputs and writing the outputs.

    Raises:
        FlyteNonRecoverableSystemException: an input or an output does not fit its type.
        FlyteUserRuntimeException: the task's `execute` has failed.
        Exception: whatever its hooks raise; where the task is only called, all that goes wrong, as it is.
    """
    from wingbeat.idl import LiteralMap

    parameters = task.pre_execute(ctx.user_space_params)
    state = ctx.execution_state.with_params(user_space_params=parameters)
    called = state.is_local_execution()
    with FlyteContextManager.with_context(ctx.with_execution_state(state)):
        data = input_literal_map.serialize_to_string()
        arguments = carried(lambda: InputCodec(task).decode(data), FlyteNonRecoverableSystemException, called)
        result = carried(lambda: task.execute(**arguments), FlyteUserRuntimeException, called)
        result = task.post_execute(parameters, result)
        document = carried(lambda: OutputCodec(task).encode(result), FlyteNonRecoverableSystemException, called)
        return LiteralMap.from_bytes(document)


def carried(step: Callable[[], Any], carrier: Callable[[Exception], Exception], called: bool) -> Any:
    """The result of a step. What it raises is carried by another exception, which says whose fault it is."""
    try:
        return step()
    except (FlyteUploadDataException, FlyteDownloadDataException) as error:
        if called or carrier is not FlyteUserRuntimeException:
            raise
        raise carrier(error) from error
    except Exception as error:
        if called:
            raise
        raise carrier(error) from error
