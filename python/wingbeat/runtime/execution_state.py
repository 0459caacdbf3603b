"""How a task runs: `ctx.execution_state` (runtime contract 7.3)."""

from __future__ import annotations

import enum
import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from wingbeat.runtime.context import ExecutionParameters


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

    Args:
        working_dir: A folder of this machine for temporary files.
        mode: How the task runs.
        engine_dir: A folder for files that the engine will read; by default one in `working_dir`.
        branch_eval_mode: Always None here: nothing that runs conditions.
        user_space_params: What `current_context()` returns.

    Raises:
        ValueError: there is no working directory.
    """

    Mode = ExecutionMode

    def __init__(
        self,
        working_dir: str | os.PathLike[str],
        mode: ExecutionMode | None = None,
        engine_dir: str | os.PathLike[str] | None = None,
        branch_eval_mode: Any = None,
        user_space_params: ExecutionParameters | None = None,
    ) -> None:
        if not working_dir:
            raise ValueError("Working directory is needed")
        self.working_dir = working_dir
        self.mode = mode
        self.branch_eval_mode = branch_eval_mode
        self.user_space_params = user_space_params
        self._engine_dir = engine_dir

    @property
    def engine_dir(self) -> str | os.PathLike[str]:
        """A folder for files that the engine will read; made when asked for. wingbeat itself has no use for it."""
        if self._engine_dir is None:
            self._engine_dir = os.path.join(self.working_dir, "engine_dir")
        os.makedirs(self._engine_dir, exist_ok=True)
        return self._engine_dir

    def take_branch(self) -> None:
        """The branch that runs now was chosen."""
        from wingbeat.runtime.compilation_state import BranchEvalMode

        self.branch_eval_mode = BranchEvalMode.BRANCH_ACTIVE

    def branch_complete(self) -> None:
        """The branch that was chosen has run."""
        from wingbeat.runtime.compilation_state import BranchEvalMode

        self.branch_eval_mode = BranchEvalMode.BRANCH_SKIPPED

    def with_params(
        self,
        working_dir: str | os.PathLike[str] | None = None,
        mode: ExecutionMode | None = None,
        engine_dir: str | os.PathLike[str] | None = None,
        branch_eval_mode: Any = None,
        user_space_params: ExecutionParameters | None = None,
    ) -> ExecutionState:
        """A copy in which what is given is replaced."""
        return ExecutionState(
            working_dir or self.working_dir,
            mode or self.mode,
            engine_dir or self._engine_dir,
            branch_eval_mode or self.branch_eval_mode,
            user_space_params or self.user_space_params,
        )

    def is_local_execution(self) -> bool:
        """Whether no engine has started this process."""
        return self.mode is not None and "LOCAL" in self.mode.name
