"""What user code learns about its execution: `current_context()` (runtime contract 7.1)."""

from __future__ import annotations

import time

from wingbeat.runtime import environment
from wingbeat.runtime.identifiers import Identifier, WorkflowExecutionIdentifier

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from logging import Logger
    from typing import Any

    from wingbeat.runtime.checkpoint import Checkpoint
    from wingbeat.runtime.parameters_builder import Builder as ParametersBuilder
    from wingbeat.runtime.secrets import SecretsManager
    from wingbeat.runtime.stats import TaggableStats


class _BuilderClass:
    """`ExecutionParameters.Builder`, loaded when somebody asks for it."""

    def __get__(self, instance: object, owner: type) -> type[ParametersBuilder]:
        from wingbeat.runtime.parameters_builder import Builder

        return Builder


class ExecutionParameters:
    """The execution that the current task is part of; flytekit's class, with the same constructor.

    What is not given is found out, or made, when it is asked for.

    Args:
        execution_date: When the process started; by default now.
        tmp_dir: An existing folder for temporary files; by default one of the process's own.
        stats: Where metrics go; by default the statsd of the environment.
        execution_id: The execution; its parts are empty where the engine said nothing.
        logging: The user's logger; by default `user_space`.
        raw_output_prefix: `--raw-output-data-prefix` as it was given: where user data is written.
        output_metadata_prefix: `--output-prefix` as it was given: where outputs.pb is written.
        checkpoint: What keeps checkpoints, if anything does.
        decks: The decks of the task so far.
        task_id: The task.
        enable_deck: Whether the decks will be kept.
        attributes: What `pre_execute` has put here for the task, by names in upper case.
    """

    Builder = _BuilderClass()

    #: Which element of a map task this is, from 0; None in any other task.
    map_index: int | None = None

    def __init__(
        self,
        execution_date: datetime | None = None,
        tmp_dir: str | None = None,
        stats: Any = None,
        execution_id: WorkflowExecutionIdentifier | None = None,
        logging: Logger | None = None,
        raw_output_prefix: str = "",
        output_metadata_prefix: str | None = None,
        checkpoint: Any = None,
        decks: list[Any] | None = None,
        task_id: Identifier | None = None,
        enable_deck: bool = False,
        **attributes: Any,
    ) -> None:
        self.execution_id = execution_id or WorkflowExecutionIdentifier("", "", "")
        self.task_id = task_id or Identifier("", "", "", "")
        self.raw_output_prefix = raw_output_prefix
        self.output_metadata_prefix = output_metadata_prefix
        self.enable_deck = enable_deck
        self._started = time.time()
        self._execution_date = execution_date
        self._tmp_dir = tmp_dir
        self._stats = stats
        self._logging = logging
        self._checkpoint = checkpoint
        self._checkpoint_paths: tuple[str, str | None] | None = None
        self._secrets: SecretsManager | None = None
        self._decks = [] if decks is None else decks
        #: What the modules of the runtime have made for this execution and no other, by their names for it.
        self._belongings: dict[str, Any] = {}
        self._timeline: Any = None
        self._attrs = attributes

    @property
    def attempt(self) -> int:
        """Which attempt of the task this is, from 0."""
        return environment.attempt()

    @property
    def execution_date(self) -> datetime:
        """When this process started, in UTC. Not when the workflow did, whatever the name says."""
        if self._execution_date is None:
            from datetime import datetime, timezone

            self._execution_date = datetime.fromtimestamp(self._started, timezone.utc)
        return self._execution_date

    @property
    def working_directory(self) -> str:
        """A folder of this execution's own; made when first asked for, removed when the process ends."""
        if self._tmp_dir is None:
            from wingbeat.runtime.workspace import working_directory

            self._tmp_dir = working_directory()
        return self._tmp_dir

    @property
    def logging(self) -> Logger:
        """The logger `user_space`: level INFO, on stderr."""
        if self._logging is None:
            from wingbeat.runtime.log import user_logger

            self._logging = user_logger()
        return self._logging

    @property
    def stats(self) -> TaggableStats:
        """Where metrics go: a statsd, which is looked up for the first of them. Outside of a task, nowhere."""
        if self._stats is None:
            self._stats = self._make_stats()
        stats: TaggableStats = self._stats
        return stats

    def _make_stats(self) -> TaggableStats:
        if self.output_metadata_prefix is None:
            from wingbeat.runtime.local_stats import LocalStats

            return LocalStats()
        from wingbeat.runtime.stats import stats_of

        return stats_of(self.task_id)

    @property
    def secrets(self) -> SecretsManager:
        """The secrets that the task has asked for: `secrets.get("group", "key")`.

        Where to look is read from the environment when this is first asked for.
        """
        if self._secrets is None:
            from wingbeat.runtime.secrets import SecretsManager

            self._secrets = SecretsManager(local=self.output_metadata_prefix is None)
        return self._secrets

    @property
    def checkpoint(self) -> Checkpoint:
        """What earlier attempts have kept, and where to keep something for later ones.

        Raises:
            NotImplementedError: the command has no `--checkpoint-path`.
        """
        if self._checkpoint is None:
            if self._checkpoint_paths is None:
                raise NotImplementedError(
                    "Checkpointing is not available, please check the version of the platform: this task was started "
                    "without --checkpoint-path."
                )
            from wingbeat.runtime.checkpoint import SyncCheckpoint

            self._checkpoint = SyncCheckpoint(*self._checkpoint_paths)
        checkpoint: Checkpoint = self._checkpoint
        return checkpoint

    @property
    def decks(self) -> list[Any]:
        """The decks of the task so far; more may be appended."""
        return self._decks

    @property
    def default_deck(self) -> Any:
        """The deck named `default`; made when first asked for."""
        from wingbeat.runtime.deck import default_deck

        return default_deck(self)

    @property
    def timeline_deck(self) -> Any:
        """The deck that draws where time went."""
        from wingbeat.runtime.deck import timeline_deck

        return timeline_deck(self)

    @staticmethod
    def new_builder(current: ExecutionParameters | None = None) -> ParametersBuilder:
        """What makes another one, from these parameters or from nothing."""
        return ExecutionParameters.Builder(current)

    def builder(self) -> ParametersBuilder:
        """What makes a changed copy."""
        return ExecutionParameters.Builder(self)

    def with_enable_deck(self, enable_deck: bool) -> ParametersBuilder:
        """What makes a copy that keeps decks, or does not."""
        builder = self.builder()
        builder.enable_deck = enable_deck
        return builder

    def with_task_sandbox(self) -> ParametersBuilder:
        """What makes a copy with a temporary folder of its own, where it also keeps checkpoints."""
        from wingbeat.runtime.parameters_builder import in_sandbox

        return in_sandbox(self)

    def has_attr(self, attr_name: str) -> bool:
        """Whether something was put here under that name, in any case."""
        return attr_name.upper() in self._attrs

    def get(self, key: str) -> Any:
        """What was put here under that name, in any case.

        Raises:
            AssertionError: nothing was.
        """
        name = key.upper()
        if name in self._attrs:
            return self._attrs[name]
        raise AssertionError(f"{name} not available as a parameter in Flyte context - are you in right task-type?")

    def __getattr__(self, attr_name: str) -> Any:
        if attr_name.startswith("_"):  # copy, pickle and friends ask for these
            raise AttributeError(attr_name)
        return self.get(attr_name)

    def __repr__(self) -> str:
        return (
            f"ExecutionParameters(execution_id={self.execution_id}, task_id={self.task_id}, "
            f"execution_date={self.execution_date}, raw_output_prefix={self.raw_output_prefix!r}, "
            f"output_metadata_prefix={self.output_metadata_prefix!r}, map_index={self.map_index}, "
            f"enable_deck={self.enable_deck}, decks={len(self._decks)})"
        )


# Module variables and not ContextVars: a process runs one task, and threads that the task starts belong to it.
_entered: ExecutionParameters | None = None
_current: Any = None

#: The parameters of a context that user code has pushed, and whether there is one; None while nobody has.
pushed: Callable[[], tuple[bool, Any]] | None = None

#: Where several elements of a map task run at the same time: the execution that the caller is part of, and what
#: `pre_execute` has put in its place; None while one runs at a time.
side_by_side: Callable[[], list[Any] | None] | None = None


def current_context() -> ExecutionParameters:
    """The execution that this process is; outside of one, a stand-in whose identifiers say `local`."""
    if pushed is not None:
        found, parameters = pushed()
        if found:
            return parameters
    return replaced_context()


def replaced_context() -> ExecutionParameters:
    """The same before any push: of the process, or what `pre_execute` has put in its place."""
    global _current
    place = side_by_side and side_by_side()
    if place:
        return place[1]
    if _current is None:
        _current = process_context()
    return _current


def process_context() -> ExecutionParameters:
    """The same before any `pre_execute` has put something in its place."""
    global _entered
    place = side_by_side and side_by_side()
    if place:
        entered: ExecutionParameters = place[0]
        return entered
    if _entered is None:
        _entered = local_context()
    return _entered


def map_index() -> int | None:
    """Which element of a map task this process runs; None if it runs another task, or has not begun."""
    if side_by_side is not None:
        return process_context().map_index
    return None if _entered is None else _entered.map_index


def local_context() -> ExecutionParameters:
    """The stand-in for functions that are called without Flyte."""
    from wingbeat.runtime.workspace import raw_folder

    return ExecutionParameters(
        execution_id=WorkflowExecutionIdentifier("local", "local", "local"),
        task_id=Identifier("local", "local", "local", "local"),
        raw_output_prefix=raw_folder(),
    )


def enter(
    raw_output_prefix: str,
    output_metadata_prefix: str,
    checkpoint_path: str | None = None,
    prev_checkpoint: str | None = None,
    map_index: int | None = None,
) -> ExecutionParameters:
    """Make the execution that the environment describes the current one.

    Args:
        raw_output_prefix: `--raw-output-data-prefix`.
        output_metadata_prefix: `--output-prefix`.
        checkpoint_path: `--checkpoint-path`; without it there are no checkpoints.
        prev_checkpoint: `--prev-checkpoint`.
        map_index: Which element of a map task is run.
    """
    made = ExecutionParameters(
        execution_id=WorkflowExecutionIdentifier(**environment.identifier(environment.EXECUTION)),
        task_id=Identifier(**environment.identifier(environment.TASK)),
        raw_output_prefix=raw_output_prefix,
        output_metadata_prefix=output_metadata_prefix,
    )
    if checkpoint_path is not None:
        made._checkpoint_paths = checkpoint_path, prev_checkpoint
    made.map_index = map_index
    become(made)
    return made


def become(parameters: ExecutionParameters) -> None:
    """Make an execution the current one."""
    global _entered, _current
    place = side_by_side and side_by_side()
    if place:
        place[:] = parameters, parameters
    else:
        _entered = _current = parameters


def replace(parameters: Any) -> None:
    """Let user code see what a task's `pre_execute` has returned; None changes nothing (runtime contract 5.3)."""
    global _current
    if parameters is None:
        return
    place = side_by_side and side_by_side()
    if place:
        place[1] = parameters
    else:
        _current = parameters
