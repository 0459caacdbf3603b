"""What transformers are given as `ctx`: flytekit's `FlyteContext`, as far as a task's process needs it.

Made when the first transformer asks for it (runtime contract 7.3 and 7.4).
"""

from __future__ import annotations

from wingbeat.exceptions import NotCovered
from wingbeat.runtime import context
from wingbeat.runtime.context_manager import FlyteContextManager, top
from wingbeat.runtime.execution_state import ExecutionMode, ExecutionState

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from wingbeat.runtime.compilation_state import CompilationState
    from wingbeat.runtime.context import ExecutionParameters
    from wingbeat.runtime.file_access import FileAccess
    from wingbeat.runtime.output_metadata import OutputMetadataTracker
    from wingbeat.runtime.serialization import SerializationSettings

__all__ = ["ExecutionMode", "ExecutionState", "FlyteContext", "FlyteContextManager", "current"]


class ContextBuilder:
    """The fields of a `FlyteContext`, to be changed before `build`."""

    def __init__(
        self,
        file_access: FileAccess,
        level: int = 0,
        compilation_state: Any = None,
        execution_state: ExecutionState | None = None,
        flyte_client: Any = None,
        serialization_settings: SerializationSettings | None = None,
        in_a_condition: bool = False,
        output_metadata_tracker: OutputMetadataTracker | None = None,
        worker_queue: Any = None,
    ) -> None:
        self.file_access = file_access
        self.level = level
        self.compilation_state = compilation_state
        self.execution_state = execution_state
        self.flyte_client = flyte_client
        self.serialization_settings = serialization_settings
        self.in_a_condition = in_a_condition
        self.output_metadata_tracker = output_metadata_tracker
        self.worker_queue = worker_queue

    def build(self) -> FlyteContext:
        """The new context, one level further in."""
        return FlyteContext(**{**vars(self), "level": self.level + 1})

    def with_execution_state(self, es: ExecutionState) -> ContextBuilder:
        """Run in another way."""
        self.execution_state = es
        return self

    def with_file_access(self, fa: FileAccess) -> ContextBuilder:
        """Put files elsewhere."""
        self.file_access = fa
        return self

    def with_serialization_settings(self, ss: SerializationSettings) -> ContextBuilder:
        """Use other settings."""
        self.serialization_settings = ss
        return self

    def with_output_metadata_tracker(self, t: OutputMetadataTracker) -> ContextBuilder:
        """Use other notes on outputs."""
        self.output_metadata_tracker = t
        return self

    def with_worker_queue(self, wq: Any) -> ContextBuilder:
        """Use a worker queue."""
        self.worker_queue = wq
        return self

    def with_client(self, c: Any) -> ContextBuilder:
        """Use a client of Flyte's."""
        self.flyte_client = c
        return self

    def with_compilation_state(self, c: CompilationState) -> ContextBuilder:
        """Build a graph. wingbeat builds none: whoever makes such a context the current one is left to flytekit."""
        self.compilation_state = c
        return self

    def with_new_compilation_state(self) -> ContextBuilder:
        """The same, from the beginning."""
        return self.with_compilation_state(self.new_compilation_state())

    def new_compilation_state(self, prefix: str = "") -> CompilationState:
        """A fresh state of a graph; `prefix` is what the names of its nodes begin with."""
        from wingbeat.runtime.compilation_state import CompilationState

        return CompilationState(prefix)

    def new_execution_state(self, working_dir: Any = None) -> ExecutionState:
        """A fresh state without parameters; its folder is a new one by default."""
        return ExecutionState(working_dir or self.file_access.get_random_local_directory())


class FlyteContext:
    """Everything around a running task. Not to be changed; `with_file_access` and its like make changed copies.

    Args:
        file_access: Puts files where they belong.
        level: How many contexts this one was made from.
        execution_state: How the task runs.
        serialization_settings: How the task was registered; by default what `_F_SS_C` says.
        output_metadata_tracker: Notes on outputs.
        flyte_client, compilation_state, in_a_condition, origin_stackframe, worker_queue: Kept for whoever sets them;
            nothing here does.
    """

    Builder = ContextBuilder

    def __init__(
        self,
        file_access: FileAccess,
        level: int = 0,
        flyte_client: Any = None,
        compilation_state: Any = None,
        execution_state: ExecutionState | None = None,
        serialization_settings: SerializationSettings | None = None,
        in_a_condition: bool = False,
        origin_stackframe: Any = None,
        output_metadata_tracker: OutputMetadataTracker | None = None,
        worker_queue: Any = None,
    ) -> None:
        self.file_access = file_access
        self.level = level
        self.flyte_client = flyte_client
        self.compilation_state = compilation_state
        self.execution_state = execution_state
        self._serialization_settings = serialization_settings
        self.in_a_condition = in_a_condition
        self.origin_stackframe = origin_stackframe
        self.output_metadata_tracker = output_metadata_tracker
        self.worker_queue = worker_queue

    @property
    def user_space_params(self) -> ExecutionParameters | None:
        """What `current_context()` returns."""
        return self.execution_state.user_space_params if self.execution_state else None

    @property
    def serialization_settings(self) -> SerializationSettings:
        """How the task was registered. Raises ValueError if `_F_SS_C` cannot be read."""
        if self._serialization_settings is not None:
            return self._serialization_settings
        from wingbeat.runtime.serialization import from_environment

        return from_environment(context.process_context())

    @staticmethod
    def current_context() -> FlyteContext:
        """The context now."""
        return current()

    def new_builder(self) -> ContextBuilder:
        """What makes a changed copy."""
        return ContextBuilder(
            self.file_access,
            self.level,
            self.compilation_state,
            self.execution_state,
            self.flyte_client,
            self._serialization_settings,
            self.in_a_condition,
            self.output_metadata_tracker,
            self.worker_queue,
        )

    def with_execution_state(self, es: ExecutionState) -> ContextBuilder:
        """What makes a copy that runs in another way."""
        return self.new_builder().with_execution_state(es)

    def with_file_access(self, fa: FileAccess) -> ContextBuilder:
        """What makes a copy that puts files elsewhere."""
        return self.new_builder().with_file_access(fa)

    def with_serialization_settings(self, ss: SerializationSettings) -> ContextBuilder:
        """What makes a copy with other settings."""
        return self.new_builder().with_serialization_settings(ss)

    def with_output_metadata_tracker(self, t: OutputMetadataTracker) -> ContextBuilder:
        """What makes a copy with other notes on outputs."""
        return self.new_builder().with_output_metadata_tracker(t)

    def with_worker_queue(self, wq: Any) -> ContextBuilder:
        """What makes a copy with a worker queue."""
        return self.new_builder().with_worker_queue(wq)

    def with_client(self, c: Any) -> ContextBuilder:
        """What makes a copy with a client of Flyte's."""
        return self.new_builder().with_client(c)

    def with_compilation_state(self, c: CompilationState) -> ContextBuilder:
        """What makes a copy that builds a graph. See the builder's."""
        return self.new_builder().with_compilation_state(c)

    def with_new_compilation_state(self) -> ContextBuilder:
        """The same, from the beginning."""
        return self.new_builder().with_new_compilation_state()

    def new_compilation_state(self, prefix: str = "") -> CompilationState:
        """A fresh state of a graph; `prefix` is what the names of its nodes begin with."""
        return self.new_builder().new_compilation_state(prefix)

    def enter_conditional_section(self) -> ContextBuilder:
        """Raises NotCovered: wingbeat runs no conditions."""
        raise NotCovered("flytekit.core.context_manager.FlyteContext.enter_conditional_section")

    def get_deck(self) -> str:
        """Raises NotCovered: a deck is made when the task has run, or by `Deck.publish`."""
        raise NotCovered("flytekit.core.context_manager.FlyteContext.get_deck")

    def set_stackframe(self, s: Any) -> None:
        """Note which call has made this context, a `traceback.FrameSummary`."""
        self.origin_stackframe = s

    def get_origin_stackframe_repr(self) -> str:
        """That call as text; empty if it was not noted."""
        frame = self.origin_stackframe
        return f"StackOrigin({frame.name}, {frame.lineno}, {frame.filename})" if frame else ""

    def new_execution_state(self, working_dir: Any = None) -> ExecutionState:
        """A fresh state with the same parameters; its folder is the sandbox by default."""
        return ExecutionState(
            working_dir or self.file_access.local_sandbox_dir, user_space_params=self.user_space_params
        )


def current() -> FlyteContext:
    """The context that was pushed last, else that of the process."""
    return top() or of_process()


def of_process() -> FlyteContext:
    """The context of this process; outside of a task one with a temporary sandbox, which lasts as long.

    It is the same object until its parameters or its files change: user code compares contexts by identity.
    """
    parameters = context.process_context()
    access = parameters._belongings.get("file access")
    if access is None:
        access = parameters._belongings["file access"] = file_access(parameters)
    kept: FlyteContext | None = parameters._belongings.get("flyte context")
    replaced = context.replaced_context()
    if kept is not None and kept.file_access is access and kept.user_space_params is replaced:
        return kept
    parameters._belongings["flyte context"] = made = new(parameters, access, replaced)
    return made


def new(parameters: ExecutionParameters, access: FileAccess, replaced: ExecutionParameters) -> FlyteContext:
    """A context of this process, with the parameters that code sees now."""
    in_task = parameters.output_metadata_prefix is not None
    mode = ExecutionMode.TASK_EXECUTION if in_task else ExecutionMode.LOCAL_TASK_EXECUTION
    state = ExecutionState(access.local_sandbox_dir, mode, user_space_params=replaced)
    if not in_task:
        return FlyteContext(access, execution_state=state)
    from wingbeat.runtime.output_metadata import tracker

    return FlyteContext(access, execution_state=state, output_metadata_tracker=tracker())


def file_access(parameters: ExecutionParameters) -> FileAccess:
    """Files of this execution."""
    from wingbeat.runtime import environment
    from wingbeat.runtime.file_access import FileAccess
    from wingbeat.runtime.workspace import make_folder

    metadata: dict[str, Any] = environment.upload_metadata()
    return FileAccess(make_folder(), parameters.raw_output_prefix, execution_metadata=metadata)
