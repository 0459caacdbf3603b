"""Exceptions that user code raises to tell Flyte more than that something failed (runtime contract 5.7).

The names, the codes and the text of flytekit's `flytekit.exceptions.base`, `.user` and `.system`; the rest of them is
in `wingbeat.rare_exceptions`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType

__all__ = [
    "FlyteAssertion",
    "FlyteDataNotFoundException",
    "FlyteDownloadDataException",
    "FlyteException",
    "FlyteRecoverableException",
    "FlyteSystemException",
    "FlyteUploadDataException",
    "FlyteUserException",
    "FlyteUserRuntimeException",
    "FlyteValidationException",
    "FlyteValueException",
    "IgnoreOutputs",
    "NotCovered",
    "Recoverable",
    "first_not_covered",
    "forget_not_covered",
]


class CodedClass(type):
    """Makes `error_code` readable on the class; an instance has it only where a class says so."""

    _ERROR_CODE: str

    @property
    def error_code(cls) -> str:
        return cls._ERROR_CODE


class FlyteException(Exception, metaclass=CodedClass):  # noqa: N818
    """Base of the exceptions with an error code.

    Subclasses set `_ERROR_CODE`. `timestamp` is when it happened, in seconds since the epoch; None means now.
    """

    _ERROR_CODE = "UnknownFlyteException"

    def __init__(self, *args: object, timestamp: float | None = None) -> None:
        super().__init__(*args)
        self._timestamp = timestamp

    @property
    def timestamp(self) -> float | None:
        """When it happened, in seconds since the epoch."""
        return self._timestamp

    def __str__(self) -> str:
        text = f"{self._ERROR_CODE}: error={','.join(map(str, self.args)) if self.args else 'None'}"
        return f"{text}, cause={self.__cause__}" if self.__cause__ else text


class FlyteUserException(FlyteException):
    """A failure that the user's code is to answer for."""

    _ERROR_CODE = "USER:Unknown"


class Recoverable(FlyteException):
    """flytekit's `flytekit.exceptions.base.FlyteRecoverableException`: what is worth trying again, whoever failed.

    Raised in a task function, it is not retried; only the class of the same name in `flytekit.exceptions.user` is.
    """

    _ERROR_CODE = "RecoverableFlyteException"


Recoverable.__name__ = Recoverable.__qualname__ = "FlyteRecoverableException"
# Two classes of one name are told apart by their modules: only the other one makes Flyte try again.
Recoverable.__module__ = "flytekit.exceptions.base"


class FlyteRecoverableException(FlyteUserException, Recoverable):
    """Raised in a task, the only user error that Flyte retries (within the task's `retries`)."""

    _ERROR_CODE = "USER:Recoverable"


class FlyteAssertion(FlyteUserException, AssertionError):  # noqa: N818
    """Something that the caller has to see to is not so: a file to upload does not exist, say."""

    _ERROR_CODE = "USER:AssertionError"


class FlyteValidationException(FlyteAssertion):
    """Something is not as it has to be."""

    _ERROR_CODE = "USER:ValidationError"


class FlyteValueException(FlyteUserException, ValueError):  # noqa: N818
    """A value that cannot be used: which one, and why not."""

    _ERROR_CODE = "USER:ValueError"

    def __init__(self, received_value: object, error_message: str) -> None:
        super().__init__(f"Value error!  Received: {received_value}. {error_message}")


class FlyteDataNotFoundException(FlyteValueException):
    """There is nothing at the path that was to be downloaded."""

    def __init__(self, path: str) -> None:
        super().__init__(path, "File not found")


class FlyteSystemException(Recoverable):
    """A failure that the platform is to answer for. Raised in a task function, it is not retried, as in flytekit."""

    _ERROR_CODE = "SYSTEM:Unknown"


class FlyteDownloadDataException(FlyteSystemException):
    """A file or folder could not be downloaded."""

    _ERROR_CODE = "SYSTEM:DownloadDataError"


class FlyteUploadDataException(FlyteSystemException):
    """A file or folder could not be uploaded. Raised while outputs are converted, it lets Flyte try again.

    `uri` is where it was to go, where that is known, else empty.
    """

    _ERROR_CODE = "SYSTEM:UploadDataError"
    uri = ""


class FlyteUserRuntimeException(FlyteException):
    """Carries an exception of user code through library code.

    `value` is that exception; its `error_code`, if it has one, is reported.
    """

    _ERROR_CODE = "USER:RuntimeError"

    def __init__(self, exc_value: Exception, timestamp: float | None = None) -> None:
        super().__init__(str(exc_value), timestamp=timestamp)
        self._exc_value = exc_value

    @property
    def value(self) -> Exception:
        """The exception of user code."""
        return self._exc_value

    @property
    def error_code(self) -> object:
        """The code of the innermost exception that has one."""
        code = getattr(self._exc_value, "error_code", None)
        if code is None:
            code = getattr(type(self._exc_value), "error_code", None)
        return self._ERROR_CODE if code is None else code


class IgnoreOutputs(Exception):  # noqa: N818
    """Raised in a task to end it successfully without writing outputs: all but one worker of a distributed job."""


class NotCovered(BaseException):
    """Something of flytekit's that wingbeat does not do: flytekit itself takes the execution over where it may.

    Not an `Exception`, so that user code which expects failures does not go on without what it asked for. The first one
    of a process is remembered (`first_not_covered`), for code that swallows it all the same.

    Args:
        name: What was used, by flytekit's dotted name: `flytekit.remote.FlyteRemote`.
        reason: Why it is not covered, if there is more to say than that it is not; a clause without a full stop.
        file: The file of the user's code that used it. By default the innermost one on the stack that is neither
            wingbeat's nor a library's, or else the innermost that is not wingbeat's; empty if there is none.
        line: The line there; 0 if there is none.
    """

    def __new__(cls, *args: object, **_: object) -> NotCovered:
        """In a process that user code has started by `multiprocessing`, one that gets to the process of the task."""
        import sys

        processes = sys.modules.get("multiprocessing.process")
        in_child = processes is not None and processes.parent_process() is not None
        return super().__new__(NotCoveredInChildError if in_child else cls, *args)

    def __init__(self, name: str, reason: str = "", file: str | None = None, line: int = 0) -> None:
        if file is None:
            file, line = _place()
        super().__init__(name, reason, file, line)
        self.name = name
        self.reason = reason
        self.file = file
        self.line = line
        if not _met:
            _met.append(self)

    def __str__(self) -> str:
        place = f" ({self.file}:{self.line})" if self.file else ""
        return f"{self.name} is not covered by wingbeat{f': {self.reason}' if self.reason else ''}{place}"


class NotCoveredInChildError(NotCovered, Exception):
    """One of another process. A pool of processes returns exceptions; by anything else, its workers die unseen."""


_met: list[NotCovered] = []
#: In which folders packages are installed.
_LIBRARIES = ("/site-packages/", "/dist-packages/")


def first_not_covered() -> NotCovered | None:
    """The first `NotCovered` that was made in this process, whatever has become of it; None if there was none."""
    return _met[0] if _met else None


def forget_not_covered() -> None:
    """Let the next one be the first: for whoever only wants to know whether something is covered."""
    _met.clear()


def _place() -> tuple[str, int]:
    """File and line of the user's code that is running; of an installed package's, if none of the user's is there."""
    import os
    import sys

    ours = os.path.dirname(os.path.abspath(__file__)) + os.sep
    standard = os.path.dirname(os.path.abspath(os.__file__)) + os.sep
    installed = ("", 0)
    frame: FrameType | None = sys._getframe()
    while frame is not None:
        file = frame.f_code.co_filename
        if any(folder in file for folder in _LIBRARIES):
            if not installed[0] and not file.startswith(ours):
                installed = (file, frame.f_lineno)
        elif not file.startswith((ours, standard, "<")) and not _is_command(os.path.basename(file)):
            return file, frame.f_lineno
        frame = frame.f_back
    return installed


def _is_command(name: str) -> bool:
    """Whether a script of this name may be one that runs wingbeat's commands."""
    return name == "entrypoint.py" or (name.startswith(("wingbeat", "pyflyte-")) and "." not in name)
