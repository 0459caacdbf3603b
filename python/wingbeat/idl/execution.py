"""The messages of `flyteidl/core/execution.proto` and `errors.proto`: how things run, and how they fail."""

from __future__ import annotations

from wingbeat.idl.model import Model, field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import timedelta
    from typing import Any


class _Phase:
    """Numbers with names."""

    @classmethod
    def enum_to_string(cls, int_value: int) -> str:
        """The name of a number; the number itself if there is none."""
        return next((name for name, value in vars(cls).items() if value == int_value), str(int_value))


class WorkflowExecutionPhase(_Phase):
    """How far a workflow is."""

    UNDEFINED = 0
    QUEUED = 1
    RUNNING = 2
    SUCCEEDING = 3
    SUCCEEDED = 4
    FAILING = 5
    FAILED = 6
    ABORTED = 7
    TIMED_OUT = 8
    ABORTING = 9


class NodeExecutionPhase(_Phase):
    """How far a node is."""

    UNDEFINED = 0
    QUEUED = 1
    RUNNING = 2
    SUCCEEDED = 3
    FAILING = 4
    FAILED = 5
    ABORTED = 6
    SKIPPED = 7
    TIMED_OUT = 8
    DYNAMIC_RUNNING = 9
    RECOVERED = 10


class TaskExecutionPhase(_Phase):
    """How far a task is."""

    UNDEFINED = 0
    QUEUED = 1
    RUNNING = 2
    SUCCEEDED = 3
    ABORTED = 4
    FAILED = 5
    INITIALIZING = 6
    WAITING_FOR_RESOURCES = 7


class ExecutionError(Model, proto="execution_pb2.ExecutionError"):
    """Why an execution failed."""

    class ErrorKind:
        """Who is to answer for it."""

        UNKNOWN = 0
        USER = 1
        SYSTEM = 2

    code: str
    message: str
    error_uri: str
    kind: int

    def _repr_html_(self) -> str:
        return f"<b>{self.code}</b> <pre>{self.message}</pre>"


class TaskLog(Model, proto="execution_pb2.TaskLog"):
    """Where the log of a task is to be had; `ttl` is for how long."""

    class MessageFormat:
        """What its lines are."""

        UNKNOWN = 0
        CSV = 1
        JSON = 2

    uri: str
    name: str
    message_format: int | None = None
    ttl: timedelta | None = field(default=None, always=True)


class ContainerError(Model, proto="errors_pb2.ContainerError"):
    """Why a container failed; `timestamp` is a protobuf `Timestamp`."""

    class Kind:
        """Whether trying again may help."""

        NON_RECOVERABLE = 0
        RECOVERABLE = 1

    code: str
    message: str
    kind: int
    origin: int
    timestamp: Any = field(default=None, always=True, raw=True)
    worker: str = ""

    def to_flyte_idl(self) -> Any:
        """The message, in which the timestamp is always set."""
        message = super().to_flyte_idl()
        message.timestamp.SetInParent()
        return message


class ErrorDocument(Model, proto="errors_pb2.ErrorDocument"):
    """The content of `error.pb`."""

    error: ContainerError
