"""What authored objects ask of the process that they are in; by name, because they must not depend on the runtime."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def pushed_context() -> Any:
    """The context that user code has pushed last; None if there is none."""
    contexts: Any = sys.modules.get("wingbeat.runtime.context_manager")
    return contexts and contexts.top()


def executes_task() -> bool:
    """Whether this process runs a task: it was started by one of the commands, and no other context was pushed.

    The same question in flytekit is whether the execution state has a mode, and not that of a local workflow.
    """
    pushed = pushed_context()
    if pushed is not None:
        mode = pushed.execution_state and pushed.execution_state.mode
        return bool(mode) and mode.name != "LOCAL_WORKFLOW_EXECUTION"
    # Where nothing has loaded the module, nothing has entered an execution.
    runtime: Any = sys.modules.get("wingbeat.runtime.context")
    if runtime is None:
        return False
    execution = runtime._entered if runtime.side_by_side is None else runtime.process_context()
    return execution is not None and execution.output_metadata_prefix is not None
