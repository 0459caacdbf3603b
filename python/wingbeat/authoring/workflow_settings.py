"""What a workflow says about itself beside its graph (authoring spec 1.3)."""

from __future__ import annotations

from enum import Enum

from wingbeat.authoring.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["WorkflowFailurePolicy", "WorkflowMetadata", "WorkflowMetadataDefaults"]


class WorkflowFailurePolicy(Enum):
    """What happens to the other nodes when one fails."""

    #: They are not run.
    FAIL_IMMEDIATELY = 0
    #: Those that can run are run first.
    FAIL_AFTER_EXECUTABLE_NODES_COMPLETE = 1


class WorkflowMetadata(Record):
    """What happens when a node fails.

    Raises:
        FlyteValidationException: it is no `WorkflowFailurePolicy`.
    """

    on_failure: WorkflowFailurePolicy

    def __init__(self, on_failure: Any) -> None:
        if not isinstance(on_failure, WorkflowFailurePolicy):
            from wingbeat.exceptions import FlyteValidationException

            raise FlyteValidationException(f"Failure policy {on_failure} not acceptable")
        self.on_failure = on_failure

    def to_flyte_model(self) -> Any:
        """The message of `flyteidl`, as an object."""
        from wingbeat.idl.workflow import WorkflowMetadata as Message

        return Message(on_failure=self.on_failure.value)


class WorkflowMetadataDefaults(Record):
    """What holds for nodes that say nothing: whether they may be interrupted.

    Raises:
        FlyteValidationException: it is neither True nor False.
    """

    interruptible: bool

    def __init__(self, interruptible: Any) -> None:
        if interruptible is not True and interruptible is not False:
            from wingbeat.exceptions import FlyteValidationException

            raise FlyteValidationException(f"Interruptible must be boolean, {interruptible} invalid")
        self.interruptible = interruptible

    def to_flyte_model(self) -> Any:
        """The message of `flyteidl`, as an object."""
        from wingbeat.idl.workflow import WorkflowMetadataDefaults as Message

        return Message(interruptible=self.interruptible)
