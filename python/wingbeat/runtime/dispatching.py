"""Tasks that are run on literals: `dispatch_execute`, called by subclasses that override it (runtime contract 5.3)."""

from __future__ import annotations

from wingbeat.exceptions import FlyteDownloadDataException, FlyteUploadDataException, FlyteUserRuntimeException
from wingbeat.more_exceptions import FlyteNonRecoverableSystemException
from wingbeat.runtime.context_manager import FlyteContextManager
from wingbeat.runtime.inputs import InputCodec
from wingbeat.runtime.outputs import OutputCodec, preview

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from wingbeat.idl import LiteralMap


class OnLiterals:
    """A task that has a `dispatch_execute` of its own, as a run sees it: all is done while it is executed.

    Its decks are off, as they are made where that method is not the task's own.
    """

    enable_deck = False
    #: The step in which a failure would be the same: its own code is the plugin's, not the user's.
    failed_in = "finish"

    def __init__(self, task: Any) -> None:
        self._task = task
        self.name = task.name
        self.python_interface = task.python_interface
        self.demand_covered = task.demand_covered

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
        Exception: whatever its hooks raise.
    """
    from wingbeat.idl import LiteralMap

    parameters = task.pre_execute(ctx.user_space_params)
    state = ctx.execution_state.with_params(user_space_params=parameters)
    with FlyteContextManager.with_context(ctx.with_execution_state(state)):
        arguments = unless_it_fits_not(lambda: InputCodec(task).decode(input_literal_map.serialize_to_string()))
        try:
            result = task.execute(**arguments)
        except Exception as error:
            raise FlyteUserRuntimeException(error) from error
        result = task.post_execute(parameters, result)
        document = unless_it_fits_not(lambda: OutputCodec(task).encode(result))
        return LiteralMap.from_bytes(document)


def unless_it_fits_not(convert: Any) -> Any:
    """The result of a conversion; what goes wrong in it is a failure for good, but for what moves files."""
    try:
        return convert()
    except (FlyteUploadDataException, FlyteDownloadDataException):
        raise
    except Exception as error:
        raise FlyteNonRecoverableSystemException(error) from error
