"""How plugins make changed copies of `ExecutionParameters`: flytekit's `ExecutionParameters.Builder`."""

from __future__ import annotations

import os

from wingbeat.runtime.context import ExecutionParameters

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from logging import Logger
    from typing import Any

    from wingbeat.runtime.checkpoint import Checkpoint
    from wingbeat.runtime.identifiers import Identifier, WorkflowExecutionIdentifier


class Builder:
    """The fields of an `ExecutionParameters`, to be changed before `build`.

    As in flytekit, the decks and the attributes of `current` are shared: what `add_attr` adds is seen there too.
    """

    def __init__(self, current: ExecutionParameters | None = None) -> None:
        self.stats: Any = current.stats if current else None
        self.execution_date: datetime | None = current.execution_date if current else None
        self.working_dir: str | None = current.working_directory if current else None
        self.execution_id: WorkflowExecutionIdentifier | None = current.execution_id if current else None
        self.logging: Logger | None = current.logging if current else None
        self.checkpoint: Checkpoint | None = checkpoint_of(current) if current else None
        self.decks: list[Any] = current._decks if current else []
        self.attrs: dict[str, Any] = current._attrs if current else {}
        self.raw_output_prefix: str | None = current.raw_output_prefix if current else None
        self.task_id: Identifier | None = current.task_id if current else None
        self.output_metadata_prefix: str | None = current.output_metadata_prefix if current else None
        self.enable_deck = current.enable_deck if current else False
        self.map_index = current.map_index if current else None

    def add_attr(self, key: str, v: Any) -> Builder:
        """Add what the task will find as `current_context().<key>`; `key` is in upper case."""
        self.attrs[key] = v
        return self

    def build(self) -> ExecutionParameters:
        """The new parameters. The working directory is made if it is missing."""
        if self.working_dir:
            os.makedirs(self.working_dir, exist_ok=True)
        built = ExecutionParameters(
            execution_date=self.execution_date,
            tmp_dir=self.working_dir,
            stats=self.stats,
            execution_id=self.execution_id,
            logging=self.logging,
            raw_output_prefix=self.raw_output_prefix or "",
            output_metadata_prefix=self.output_metadata_prefix,
            checkpoint=self.checkpoint,
            decks=self.decks,
            task_id=self.task_id,
            enable_deck=self.enable_deck,
            **self.attrs,
        )
        built.map_index = self.map_index
        return built


def checkpoint_of(parameters: ExecutionParameters) -> Checkpoint | None:
    """What keeps checkpoints, if anything does."""
    return parameters.checkpoint if parameters._checkpoint or parameters._checkpoint_paths else None


def in_sandbox(parameters: ExecutionParameters) -> Builder:
    """`ExecutionParameters.with_task_sandbox`."""
    from wingbeat.runtime.checkpoint import SyncCheckpoint
    from wingbeat.runtime.workspace import make_folder

    builder = Builder(parameters)
    builder.working_dir = make_folder()
    checkpoints = os.path.join(builder.working_dir, "__cp")
    os.mkdir(checkpoints)
    builder.checkpoint = SyncCheckpoint(checkpoints)
    return builder
