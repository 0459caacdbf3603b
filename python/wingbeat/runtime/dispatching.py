"""Tasks that are run on literals: `dispatch_execute`, called by subclasses that override it (runtime contract 5.3)."""

from __future__ import annotations

from wingbeat.authoring.base_task import PythonTask
from wingbeat.exceptions import FlyteDownloadDataException, FlyteUploadDataException, FlyteUserRuntimeException
from wingbeat.more_exceptions import FlyteNonRecoverableSystemException
from wingbeat.runtime.context_manager import FlyteContextManager
from wingbeat.runtime.inputs import InputCodec
from wingbeat.runtime.outputs import OutputCodec

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from wingbeat.idl import LiteralMap


def overrides(task: Any) -> bool:
    """Whether a task converts its inputs and outputs in a way of its own."""
    method = getattr(type(task), "dispatch_execute", None)
    return method is not None and method is not PythonTask.dispatch_execute


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
