"""One run of one task, start to end. Reads like the picture in ARCHITECTURE.md."""

from __future__ import annotations

import gc
import sys

from wingbeat import storage
from wingbeat.runtime import context, environment, loading, phases

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from wingbeat.exceptions import NotCovered
    from wingbeat.runtime.context import ExecutionParameters
    from wingbeat.runtime.deck.publishing import TaskDecks
    from wingbeat.runtime.invocation import Invocation
    from wingbeat.runtime.outputs import OutputCodec


#: Bytes that nothing is ever written to, so that they cost no memory, only a claim to some where that is limited: given
#: back before a lack of memory is reported. With none left, CPython 3.11 cannot even leave an exception's handler.
RESERVE = 4 * 2**20


class Plan:
    """What is particular to a kind of run: here, of a task that takes its inputs as they are.

    `element` and `bound` say what is decoded of the inputs, see `InputCodec.decode`; `output_prefix` is where the
    result goes.
    """

    element: int | None = None
    bound: tuple[str, ...] = ()

    def __init__(self, invocation: Invocation) -> None:
        self.invocation = invocation
        self.output_prefix = invocation.output_prefix

    def enter(self) -> ExecutionParameters:
        """Make the execution that the environment describes the current one."""
        asked = self.invocation
        prefix = raw_output_prefix(asked)
        return context.enter(
            prefix, asked.output_prefix, asked.checkpoint_path, asked.prev_checkpoint, map_index=self.element
        )

    def find_resolver(self) -> Any:
        """The object that `--resolver` names."""
        return loading.find_resolver(self.invocation.resolver, self.invocation.resolver_args)

    def load_task(self, resolver: Any) -> Any:
        """The task that the resolver finds."""
        task = loading.load_task(resolver, self.invocation.resolver_args)
        if not loading.dispatches(task):
            return task
        from wingbeat.runtime.dispatching import OnLiterals

        return OnLiterals(task)

    def decks(self, task: Any, parameters: ExecutionParameters) -> TaskDecks | None:
        """What keeps the task's decks, if it has any."""
        if self.element is not None or not getattr(task, "enable_deck", False):
            return None
        from wingbeat.runtime.deck.publishing import TaskDecks

        return TaskDecks(task, parameters)


def run(invocation: Invocation) -> int:
    """Run the task; the result is the exit status of the process."""
    return carry_out(Plan(invocation))


def carry_out(plan: Plan) -> int:
    """Run what is planned, and say where the time went if somebody asks."""
    return phases.reported(lambda: attempt(plan))


class Steps:
    """Which step a run is in: what a failure means depends on it."""

    step = "set up"

    def begin(self, step: str, phase: str = "") -> None:
        """The next step, which is also a phase: of the same name, unless another is given."""
        self.step = step
        phases.begin(phase or step)


def attempt(plan: Plan) -> int:
    """The run itself.

    An exception of any step ends in `failure.report`, which knows from the step what it means. What is not an
    `Exception` (`SystemExit`, `KeyboardInterrupt`) is not caught.

    Raises:
        NotCovered: flytekit is to run the task, from the start. Nothing has been written.
    """
    task = decks = None
    at = Steps()
    reserve = bytes(RESERVE)
    try:
        parameters, resolver = set_up(plan)
        if plan.invocation.test:
            return tested(plan.invocation)
        document = storage.fetch(plan.invocation.inputs)  # on its way while the user's module is imported

        at.begin("load", "import")
        # What there is by now stays: no collection, and not the end of the process either, need look at it again.
        gc.freeze()
        task = plan.load_task(resolver)
        phases.note(task=task)
        if hasattr(task, "demand_covered"):
            task.demand_covered()
        decks = plan.decks(task, parameters)
        from wingbeat.runtime.inputs import InputCodec
        from wingbeat.runtime.outputs import OutputCodec

        reader, writer = task if hasattr(task, "decode") else InputCodec(task), OutputCodec(task)
        demand_covered()

        at.begin("read", "fetch")
        data = document()
        at.begin("prepare")
        parameters = task.pre_execute(parameters)
        context.replace(parameters)
        at.begin("decode")
        arguments = reader.decode(data, plan.element, plan.bound)
        del data
        at.begin("execute")
        result = task.execute(**arguments)
        demand_covered()
        result, documents = finish(at, task, parameters, result, writer, plan.output_prefix)
        demand_covered()
        at.begin("write", "upload")
        for name, content in documents:
            storage.write(storage.join(plan.output_prefix, name), content)
    except BaseException as error:  # noqa: BLE001 whatever a step raises, the table knows it
        del reserve
        error = reportable(error, at.step, task)
        phases.begin("report")
        if isinstance(error, MemoryError):
            release(error)
        from wingbeat.runtime import failure

        status = failure.report(error, at.step, task, plan.output_prefix)
        if decks is not None and not failure.ignored(error, at.step):
            decks.failed(error)
        return status
    if decks is not None:
        decks.succeeded(arguments, result)
    return 0


def not_covered() -> NotCovered | None:
    """What wingbeat was asked for first and does not cover, also if user code has swallowed the exception."""
    if "wingbeat.exceptions" not in sys.modules:
        return None
    from wingbeat import exceptions

    return exceptions.first_not_covered()


def demand_covered() -> None:
    """Raise that: a run that has met it may have taken another way than with flytekit."""
    missing = not_covered()
    if missing is not None:
        raise missing


def reportable(error: BaseException, step: str, task: Any) -> Exception:
    """The exception that a run fails with.

    Raises:
        BaseException: `error`, if it ends the process instead; what is not covered, if flytekit is to run the task.
    """
    missing = not_covered() or loading.missing_of_flytekit(error)
    if missing is not None and step != "write" and not isinstance(error, KeyboardInterrupt):
        from wingbeat.flytekit_compat import fallback

        return fallback.instead(missing, task)
    if not isinstance(error, Exception):
        raise error
    return error


def finish(
    at: Steps, task: Any, parameters: Any, result: Any, writer: OutputCodec, output_prefix: str
) -> tuple[Any, list[tuple[str, bytes]]]:
    """What the task makes of the result of its function, and the files to write, by name and in their order."""
    at.begin("finish")
    result = task.post_execute(parameters, result)
    at.begin("encode")
    answer = writer.encode(result)
    at.step = "offload"  # part of the same phase
    return result, writer.offload(answer, output_prefix)


def tested(invocation: Invocation) -> int:
    """What `--test` comes to (runtime contract 1.8)."""
    from wingbeat.runtime import log

    log.info(f"Test detected, returning. The resolver arguments are {' '.join(invocation.resolver_args)!r}")
    return 0


def release(error: BaseException) -> None:
    """Let go of what the failed functions had in their variables: what is left would not do to report it."""
    trace = error.__traceback__
    while trace is not None:
        try:  # noqa: SIM105  # `contextlib` takes memory that may not be there
            trace.tb_frame.clear()
        except RuntimeError:  # it is still running
            pass
        trace = trace.tb_next


def set_up(plan: Plan) -> tuple[ExecutionParameters, Any]:
    """What user code will find: packages, context, search path; and what will find the task."""
    environment.check_flytekit()
    if requirements := environment.runtime_packages():
        from wingbeat.runtime import packages

        packages.install(requirements)
    parameters = plan.enter()
    loading.extend_path()
    loading.hook_flytekit()
    return parameters, plan.find_resolver()


def raw_output_prefix(invocation: Invocation) -> str:
    """Where user data goes.

    Raises:
        ValueError: nobody said; flytekit does not start without it either.
    """
    if invocation.raw_output_data_prefix is None:
        raise ValueError("--raw-output-data-prefix is missing, or is a template that was not filled")
    return invocation.raw_output_data_prefix
