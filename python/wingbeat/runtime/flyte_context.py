"""What transformers are given as `ctx`: flytekit's `FlyteContext`, as far as a task's process needs it.

Made when the first transformer asks for it (runtime contract 7.3 and 7.4).
"""

from __future__ import annotations

import enum
import os

from wingbeat.runtime import context

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from wingbeat.runtime.context import ExecutionParameters
    from wingbeat.runtime.file_access import FileAccess
    from wingbeat.runtime.serialization import SerializationSettings


class ExecutionMode(enum.Enum):
    """How a task runs; flytekit's names and numbers."""

    TASK_EXECUTION = 1
    LOCAL_WORKFLOW_EXECUTION = 2
    LOCAL_TASK_EXECUTION = 3
    DYNAMIC_TASK_EXECUTION = 4
    EAGER_EXECUTION = 5
    EAGER_LOCAL_EXECUTION = 6
    LOCAL_DYNAMIC_TASK_EXECUTION = 7


class ExecutionState:
    """The state of the execution.

    `mode` says how it runs, `working_dir` is a folder of this machine for temporary files, `user_space_params` is what
    `current_context()` returns.
    """

    Mode = ExecutionMode

    def __init__(self, mode: ExecutionMode, working_dir: Path, user_space_params: ExecutionParameters) -> None:
        self.mode = mode
        self.working_dir = working_dir
        self.user_space_params = user_space_params
        self.branch_eval_mode = None

    @property
    def engine_dir(self) -> str:
        """A folder for files that the engine will read; made when asked for. wingbeat itself has no use for it."""
        path = os.path.join(self.working_dir, "engine_dir")
        os.makedirs(path, exist_ok=True)
        return path

    def is_local_execution(self) -> bool:
        """Whether no engine has started this process."""
        return "LOCAL" in self.mode.name


class FlyteContext:
    """Everything around a running task.

    `file_access` puts files where they belong, `execution_state` says how the task runs, `user_space_params` is what
    `current_context()` returns. `compilation_state`, `output_metadata_tracker` and `worker_queue` are None: nothing
    that would need them runs here.
    """

    compilation_state = None
    output_metadata_tracker = None
    worker_queue = None

    def __init__(self, file_access: FileAccess, execution_state: ExecutionState) -> None:
        self.file_access = file_access
        self.execution_state = execution_state

    @property
    def user_space_params(self) -> ExecutionParameters:
        """What `current_context()` returns."""
        return self.execution_state.user_space_params

    @property
    def serialization_settings(self) -> SerializationSettings:
        """How the task was registered. Raises ValueError if `_F_SS_C` cannot be read."""
        from wingbeat.runtime.serialization import from_environment

        return from_environment(context.process_context())

    @staticmethod
    def current_context() -> FlyteContext:
        """The context now."""
        return current()


class FlyteContextManager:
    """Where flytekit's transformers ask for the context."""

    @staticmethod
    def current_context() -> FlyteContext:
        """The context now."""
        return current()


_made: tuple[ExecutionParameters, FileAccess] | None = None


def current() -> FlyteContext:
    """The context of this process; outside of a task one with a temporary sandbox, which lasts as long."""
    global _made
    parameters = context.process_context()
    if _made is None or _made[0] is not parameters:
        _made = parameters, file_access(parameters)
    access = _made[1]
    in_task = parameters.output_metadata_prefix is not None
    mode = ExecutionMode.TASK_EXECUTION if in_task else ExecutionMode.LOCAL_TASK_EXECUTION
    return FlyteContext(access, ExecutionState(mode, access.local_sandbox_dir, context.current_context()))


def file_access(parameters: ExecutionParameters) -> FileAccess:
    """Files of this execution."""
    from wingbeat.runtime import environment
    from wingbeat.runtime.file_access import FileAccess
    from wingbeat.runtime.workspace import make_folder

    metadata: dict[str, Any] = environment.upload_metadata()
    return FileAccess(make_folder(), parameters.raw_output_prefix, metadata)
