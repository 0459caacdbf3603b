"""What each failure means to Flyte: one table, one document, one exit status (runtime contract 5.7 and 5.8)."""

from __future__ import annotations

import time

from wingbeat import storage
from wingbeat._core import error_document
from wingbeat.runtime import environment, log, phases
from wingbeat.runtime.message import describe, printable, shorten, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

USER, SYSTEM = 1, 2  # flyteidl.core.ExecutionError.ErrorKind
DEFAULT_USER_CODE = "USER:RuntimeError"
_CODE_LIMIT = 1000
_CHAIN_LIMIT = 100


class Verdict:
    """One row of the table.

    `origin` is whose fault it is. `recoverable` says whether Flyte may try again; None asks the exception.
    `exit_status` is that of a reported failure. `reported` says whether there is an error.pb.
    """

    __slots__ = ("exit_status", "origin", "recoverable", "reported")

    def __init__(self, origin: int, recoverable: bool | None, exit_status: int = 0, reported: bool = True) -> None:
        self.origin = origin
        self.recoverable = recoverable
        self.exit_status = exit_status
        self.reported = reported


#: Step of `execution.run` -> what a failure there means.
VERDICTS = {
    "set up": Verdict(USER, recoverable=None, exit_status=1),
    "load": Verdict(USER, recoverable=None),
    "read": Verdict(SYSTEM, recoverable=True),
    "prepare": Verdict(SYSTEM, recoverable=True),
    "decode": Verdict(SYSTEM, recoverable=False),
    "execute": Verdict(USER, recoverable=None),
    "finish": Verdict(SYSTEM, recoverable=True),
    "encode": Verdict(SYSTEM, recoverable=False),
    "offload": Verdict(SYSTEM, recoverable=True),
    # Where outputs.pb could not be written, error.pb cannot be written either.
    "write": Verdict(SYSTEM, recoverable=True, exit_status=1, reported=False),
}
#: Exceptions that mean something else than the step they occur in: an object that is no task, inputs that are not a
#: literal map at all (flytekit parses them before it converts them), and outputs that could not be moved to or from a
#: store. Inputs that could not be moved are no exception: flytekit turns them into failures of the conversion.
EXCEPTIONS = {
    ("load", "NotATaskError"): Verdict(SYSTEM, recoverable=True),
    ("decode", "MalformedLiteralError"): Verdict(SYSTEM, recoverable=True),
    ("encode", "FlyteDownloadDataException"): Verdict(SYSTEM, recoverable=True),
    ("encode", "FlyteUploadDataException"): Verdict(SYSTEM, recoverable=True),
}
#: Only flytekit could run the task, and it cannot be had.
NOT_COVERED = Verdict(USER, recoverable=False)
#: A store that could not be reached, where `WINGBEAT_RETRY_STORAGE` is set; any failure of a task that has no code of
#: the user's (runtime contract 5.10).
OUTAGE = Verdict(SYSTEM, recoverable=True)
#: Steps in which values may be read from stores, or written there.
TRANSFERRING = ("decode", "execute", "encode")
#: Steps in which user code may raise `IgnoreOutputs`.
IGNORING = ("load", "execute", "finish")

# By name, because user code may have taken them from flytekit.
IGNORE_OUTPUTS = ("IgnoreOutputs", ("wingbeat.exceptions", "flytekit.core.base_task"))
RECOVERABLE = ("FlyteRecoverableException", ("wingbeat.exceptions", "flytekit.exceptions.user"))
TIMED = ("FlyteException", ("wingbeat.exceptions", "flytekit.exceptions.base"))
TRANSFERS = tuple(
    (name, ("wingbeat.exceptions", "flytekit.exceptions.system"))
    for name in ("FlyteDownloadDataException", "FlyteUploadDataException")
)


def report(error: Exception, step: str, task: Any, output_prefix: str) -> int:
    """Log a failure and write error.pb. The result is the exit status of the process.

    A failed task normally exits with 0: the engine reads error.pb only then.
    """
    if ignored(error, step):
        phases.note(outcome="ignored")
        announce_ignored(error)
        return 0
    phases.note(outcome="failed", error=type(error).__name__)
    judgement = judge(error, step, task)
    if not judgement.verdict.reported:
        return judgement.verdict.exit_status
    name, document = judgement.document()
    try:
        storage.write(storage.join(output_prefix, name), document)
    except storage.StorageError as failed:
        log.error(f"The error above could not be reported: {failed}")
        return 1
    return 1 if environment.fail_on_error() else judgement.verdict.exit_status


class Judgement:
    """What a failure means, and what error.pb says of it.

    `code` and `message` are those of the document, `recoverable` is whether Flyte may try again, `timestamp` when it
    happened, in seconds and nanoseconds.
    """

    __slots__ = ("code", "message", "recoverable", "timestamp", "verdict")

    def __init__(
        self, verdict: Verdict, code: str, message: str, recoverable: bool, timestamp: tuple[int, int]
    ) -> None:
        self.verdict = verdict
        self.code = code
        self.message = message
        self.recoverable = recoverable
        self.timestamp = timestamp

    def document(self) -> tuple[str, bytes]:
        """The name of the file, and its content."""
        worker = environment.distributed_worker()
        content = error_document(
            self.code, self.message, self.recoverable, self.verdict.origin, *self.timestamp, printable(worker or "")
        )
        return file_name(worker), content


def judge(error: Exception, step: str, task: Any) -> Judgement:
    """What a failure means; it is logged, too."""
    verdict = verdict_of(error, step, task)
    recoverable = is_a(error, RECOVERABLE) if verdict.recoverable is None else verdict.recoverable
    code = code_of(error) if verdict.origin == USER else "SYSTEM"
    message = describe(error)
    announce(error, message, verdict, recoverable, what(step, task))
    return Judgement(verdict, code, message, recoverable, timestamp_of(error))


def ignored(error: Exception, step: str) -> bool:
    """Whether user code wants the run to leave nothing behind."""
    return step in IGNORING and is_a(error, IGNORE_OUTPUTS)


def verdict_of(error: Exception, step: str, task: Any) -> Verdict:
    """The row of the table."""
    if type(error).__name__ == "FlytekitNeededError":
        return NOT_COVERED
    step = getattr(task, "failed_in", step) if step == "execute" else step
    if step != "write" and getattr(task, "fails_as_system", False):
        return OUTAGE
    if step in TRANSFERRING and environment.retry_storage() and is_outage(error):
        return OUTAGE
    rows = (EXCEPTIONS.get((step, cls.__name__)) for cls in type(error).__mro__)
    return next((row for row in rows if row is not None), VERDICTS[step])


def is_outage(error: Exception) -> bool:
    """Whether this comes of a transfer between the task and a store, and may go better the next time.

    flytekit takes it for a failure for good, of the user's if the task was running (runtime contract 5.8): retries
    that it does not count on would surprise a user. Other connections of user code are its own affair.
    """
    from wingbeat.storage import retry

    cause: BaseException | None = error
    for _ in range(_CHAIN_LIMIT):
        if cause is None:
            break
        if isinstance(cause, storage.StorageError) or any(is_a(cause, one) for one in TRANSFERS):
            return retry.transient(cause)
        cause = cause.__cause__
    return False


def announce(error: BaseException, message: str, verdict: Verdict, recoverable: bool, doing: str) -> None:
    """The lines on stderr for an exception."""
    announce_as(f"{type(error).__name__}: {text_of(error)}", message, verdict, recoverable, doing)


def announce_as(reason: str, message: str, verdict: Verdict, recoverable: bool, doing: str) -> None:
    """The lines on stderr; log scrapers know the first and the last of the frame (runtime contract 1.5)."""
    if verdict.origin == USER:
        log.error(f"Exception when {doing}, reason {shorten(reason, 1000)}")
        kind = "User Error"
    else:
        kind = "Unknown System Error" if recoverable else "Non-recoverable System Error"
    log.error(f"!! Begin {kind} Captured by Flyte !!")
    log.error(message)
    log.error("!! End Error Captured by Flyte !!")


def announce_ignored(error: Exception) -> None:
    """The line on stderr of a run that is to leave nothing behind."""
    log.warning(f"IgnoreOutputs received, outputs.pb will not be written: {shorten(text_of(error), 1000)}")


def what(step: str, task: Any) -> str:
    """What was being done, in the words of flytekit's log."""
    if step == "set up":
        return "setting up"
    return "loading_task" if task is None or step == "load" else f"executing task {task.name}"


def code_of(error: Exception) -> str:
    """The exception's `error_code`, if it is text or an integer; whatever else it is must not hide the error."""
    try:
        code = getattr(error, "error_code", None)
        if code is None:
            code = getattr(type(error), "error_code", None)
    except Exception:  # noqa: BLE001 a property of the user's
        return DEFAULT_USER_CODE
    if isinstance(code, (str, int)):
        return printable(str(code))[:_CODE_LIMIT]
    return DEFAULT_USER_CODE


def timestamp_of(error: BaseException) -> tuple[int, int]:
    """When it happened, as seconds and nanoseconds: an exception of Flyte's may know, else now."""
    seconds = getattr(error, "timestamp", None) if is_a(error, TIMED) else None
    if not isinstance(seconds, (int, float)) or not 0 <= seconds < 253402300800:  # year 10000
        seconds = time.time()
    whole = int(seconds)
    return whole, int((seconds - whole) * 1_000_000_000)


def file_name(worker: str | None) -> str:
    """`error.pb`; in a distributed job, where workers share the folder, a name of its own."""
    if worker is None:
        return "error.pb"
    import os

    return f"error-{os.urandom(16).hex()}.pb"


def is_a(error: BaseException, name_and_modules: tuple[str, tuple[str, ...]]) -> bool:
    """`isinstance` for a class that is known by its name and the modules it may come from."""
    name, modules = name_and_modules
    return any(cls.__name__ == name and cls.__module__ in modules for cls in type(error).__mro__)
