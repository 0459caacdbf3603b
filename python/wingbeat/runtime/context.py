"""What user code learns about its execution: `current_context()` (runtime contract 7.1)."""

from __future__ import annotations

import time

from wingbeat.runtime import environment
from wingbeat.runtime.identifiers import Identifier, WorkflowExecutionIdentifier

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from logging import Logger
    from typing import Any


class ExecutionParameters:
    """The execution that the current task is part of.

    Args:
        execution_id: The execution; its parts are empty where the engine said nothing.
        task_id: The task.
        raw_output_prefix: `--raw-output-data-prefix` as it was given: where user data is written.
        output_metadata_prefix: `--output-prefix` as it was given: where outputs.pb is written.
        attempt: Which attempt of the task this is, from 0.
        started: When the process started, in seconds since the epoch.
    """

    def __init__(
        self,
        execution_id: WorkflowExecutionIdentifier,
        task_id: Identifier,
        raw_output_prefix: str,
        output_metadata_prefix: str | None = None,
        attempt: int = 0,
        started: float | None = None,
    ) -> None:
        self.execution_id = execution_id
        self.task_id = task_id
        self.raw_output_prefix = raw_output_prefix
        self.output_metadata_prefix = output_metadata_prefix
        self.attempt = attempt
        self._started = time.time() if started is None else started
        self._working_directory = ""
        self._attributes: dict[str, Any] = {}

    @property
    def execution_date(self) -> datetime:
        """When this process started, in UTC. Not when the workflow did, whatever the name says."""
        from datetime import datetime, timezone

        return datetime.fromtimestamp(self._started, timezone.utc)

    @property
    def working_directory(self) -> str:
        """A folder of this execution's own; made when first asked for, removed when the process ends."""
        if not self._working_directory:
            from wingbeat.runtime.workspace import make_folder

            self._working_directory = make_folder()
        return self._working_directory

    @property
    def logging(self) -> Logger:
        """The logger `user_space`: level INFO, on stderr."""
        from wingbeat.runtime.log import user_logger

        return user_logger()

    @property
    def checkpoint(self) -> Any:
        """Checkpoints are not supported here.

        Raises:
            NotImplementedError: always.
        """
        raise NotImplementedError("Checkpointing is not available in this execution")

    def has_attr(self, attr_name: str) -> bool:
        """Whether something was put here under that name, in any case."""
        return attr_name.upper() in self._attributes

    def get(self, key: str) -> Any:
        """What was put here under that name, in any case.

        Raises:
            AssertionError: nothing was.
        """
        name = key.upper()
        if name in self._attributes:
            return self._attributes[name]
        raise AssertionError(f"{name} not available as a parameter in Flyte context - are you in right task-type?")

    def __getattr__(self, attr_name: str) -> Any:
        if attr_name.startswith("_"):  # copy, pickle and friends ask for these
            raise AttributeError(attr_name)
        return self.get(attr_name)


# Module variables and not ContextVars: a process runs one task, and threads that the task starts belong to it.
_entered: ExecutionParameters | None = None
_current: Any = None


def current_context() -> ExecutionParameters:
    """The execution that this process is; outside of one, a stand-in whose identifiers say `local`."""
    global _current
    if _current is None:
        _current = process_context()
    return _current


def process_context() -> ExecutionParameters:
    """The same before any `pre_execute` has put something in its place."""
    global _entered
    if _entered is None:
        _entered = local_context()
    return _entered


def local_context() -> ExecutionParameters:
    """The stand-in for functions that are called without Flyte."""
    from wingbeat.runtime.workspace import raw_folder

    return ExecutionParameters(
        WorkflowExecutionIdentifier("local", "local", "local"),
        Identifier("local", "local", "local", "local"),
        raw_output_prefix=raw_folder(),
    )


def enter(raw_output_prefix: str, output_metadata_prefix: str) -> ExecutionParameters:
    """Make the execution that the environment describes the current one."""
    global _entered, _current
    _entered = _current = ExecutionParameters(
        WorkflowExecutionIdentifier(**environment.identifier(environment.EXECUTION)),
        Identifier(**environment.identifier(environment.TASK)),
        raw_output_prefix,
        output_metadata_prefix,
        environment.attempt(),
    )
    return _entered


def replace(parameters: Any) -> None:
    """Let user code see what a task's `pre_execute` has returned; None changes nothing (runtime contract 5.3)."""
    global _current
    if parameters is not None:
        _current = parameters
