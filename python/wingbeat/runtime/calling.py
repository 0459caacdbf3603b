"""A task that is called like a function: it runs here and now, as flytekit runs it (runtime contract 5.6).

Arguments and outputs go through Flyte's form and back, so that the call sees what a run would: types are checked, a
dataclass is a copy, a file lies where files of this execution do. The task's hooks are called, and it has a working
folder and checkpoints of its own.
"""

from __future__ import annotations

from wingbeat.authoring.process import executes_task
from wingbeat.errors import TypeTransformerFailedError
from wingbeat.runtime.context_manager import FlyteContextManager
from wingbeat.runtime.loading import dispatches
from wingbeat.runtime.outputs import name_outputs, type_of
from wingbeat.types.codec import Codec, InterfaceCodec

TYPE_CHECKING = False
if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from typing import Any

    from wingbeat.runtime.flyte_context import FlyteContext

#: Tasks that were called inside of one, by name: the log says so once.
_nested: set[str] = set()


def call(task: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """What the task returns for these arguments: None, its output, or a named tuple of its outputs.

    Raises:
        AssertionError: the arguments are not those of the task.
        TypeTransformerFailedError: an argument, or an output, does not fit its type.
        TypeError, IndexError: the result does not fit the number of outputs.
        Exception: whatever the task raises; its text says which task it was.
    """
    arguments = bind(task, args, kwargs)
    announce(task)
    if dispatches(task):
        return on_literals(task, arguments)
    arguments = converted_inputs(task, arguments)
    with entered(task) as ctx:
        parameters = task.pre_execute(ctx.user_space_params)
        with seen(ctx, parameters):
            try:
                result = task.execute(**arguments)
            except Exception as error:
                told(task, error)
                raise
            return converted_outputs(task, task.post_execute(parameters, result))


async def call_async(task: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """The same of an asynchronous task, where it is awaited; others run meanwhile."""
    arguments = bind(task, args, kwargs)
    announce(task)
    arguments = converted_inputs(task, arguments)
    with entered(task) as ctx:
        parameters = task.pre_execute(ctx.user_space_params)
        with seen(ctx, parameters):
            try:
                result = await task.async_execute(**arguments)
            except Exception as error:
                told(task, error)
                raise
            return converted_outputs(task, task.post_execute(parameters, result))


def on_literals(task: Any, arguments: dict[str, Any]) -> Any:
    """The same of a task that has a `dispatch_execute` of its own."""
    from wingbeat.idl import LiteralMap

    hints = task.python_interface.inputs
    document = InterfaceCodec({name: hints[name] for name in arguments}).encode(arguments)
    with entered(task) as ctx:
        return converted_outputs(task, task.dispatch_execute(ctx, LiteralMap.from_bytes(document)))


def bind(entity: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
    """The arguments by name. Those that are missing stay so: the function has defaults for them, or complains.

    Raises:
        AssertionError: there are too many, or one twice, or one of an unknown name.
    """
    declared = entity.python_interface.inputs
    for name in kwargs:
        if name not in declared:
            raise AssertionError(f"Received unexpected keyword argument '{name}' in function '{entity.name}'")
    if len(args) > len(declared):
        raise AssertionError(
            f"Received more arguments than expected in function '{entity.name}'. Expected {len(declared)} but got "
            f"{len(args)}"
        )
    bound = dict(zip(declared, args, strict=False))
    for name in bound:
        if name in kwargs:
            raise AssertionError(f"Got multiple values for argument '{name}' in function '{entity.name}'")
    return {**bound, **kwargs}


def announce(entity: Any) -> None:
    """Say that a task is called inside of one, which is rarely what was meant."""
    if entity.name in _nested or not executes_task():
        return
    _nested.add(entity.name)
    from wingbeat.runtime import log

    log.error(f"{entity.name} is called inside of a task: it runs in the same container, not as a task of its own")


def entered(task: Any) -> AbstractContextManager[FlyteContext]:
    """The context of the call, for a `with`."""
    ctx = FlyteContextManager.current_context()
    state = ctx.execution_state or ctx.new_execution_state()
    parameters: Any = state.user_space_params
    sandbox = parameters.with_task_sandbox().build()
    sandbox.enable_deck = task.enable_deck
    inner = state.with_params(mode=task.local_execution_mode(), user_space_params=sandbox)
    return FlyteContextManager.with_context(ctx.with_execution_state(inner))


def seen(ctx: FlyteContext, parameters: Any) -> AbstractContextManager[FlyteContext]:
    """The same with what `pre_execute` has returned."""
    state: Any = ctx.execution_state
    return FlyteContextManager.with_context(ctx.with_execution_state(state.with_params(user_space_params=parameters)))


def told(task: Any, error: Exception) -> None:
    """Have an exception say which task raised it, as in flytekit."""
    error.args = (f"Error encountered while executing '{task.name}':\n  {error}",)


def converted_inputs(task: Any, arguments: dict[str, Any]) -> dict[str, Any]:
    """The arguments as a run of the task would find them."""
    hints = task.python_interface.inputs
    converted = {}
    for name, value in arguments.items():
        try:
            converted[name] = to_and_fro(value, hints[name])
        except TypeTransformerFailedError as error:
            error.args = (
                f"Failed to convert inputs of task '{task.name}':\n  Failed argument '{name}': {renamed(error, name)}",
            )
            raise
    return converted


def converted_outputs(task: Any, result: Any) -> Any:
    """What the task has returned, as one that takes its outputs would find it."""
    interface = task.python_interface
    hints = interface.outputs
    if type(result).__name__ == "LiteralMap" and hasattr(result, "to_flyte_idl"):  # converted by the task itself
        values = {
            name: Codec(hints[name]).decode(literal.to_flyte_idl().SerializeToString())
            for name, literal in result.literals.items()
        }
    else:
        values = {}
        own = type_of(task)
        for position, (name, value) in enumerate(name_outputs(task, result).items()):
            hint = own(name, value) if own else hints[name]
            try:
                values[name] = to_and_fro(value, hint)
            except Exception as error:
                place = position if name == f"o{position}" else name
                text = (
                    f"Failed to convert outputs of task '{task.name}' at position {place}.\n"
                    f"Failed to convert type {type(value)} to type {hint}.\n"
                    f"Error Message: {renamed(error, name)}."
                )
                error.args = (text,)
                raise
    if len(values) != len(hints):
        raise AssertionError(f"task '{task.name}' returned {len(values)} of {len(hints)} outputs")
    if not values:
        return None
    if len(values) == 1 and not interface.output_tuple_name:
        return next(iter(values.values()))
    return interface.output_tuple(**values)


def to_and_fro(value: Any, hint: Any) -> Any:
    """A value in Flyte's form, and back."""
    codec = Codec(hint)
    return codec.decode(codec.encode(value))


def renamed(error: Exception, name: str) -> str:
    """The text of an error of a codec, in which the value has a name."""
    text = str(error)
    return f"{name}{text[len('value') :]}" if getattr(error, "path", "").startswith("value") else text
