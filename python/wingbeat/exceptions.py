"""Exceptions that user code raises to tell Flyte more than that something failed (runtime contract 5.7).

The names, the codes and the text of flytekit's `flytekit.exceptions.base`, `.user` and `.system`.
"""

from __future__ import annotations

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
    "FlyteValueException",
    "IgnoreOutputs",
    "NotCoveredError",
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


class FlyteRecoverableException(FlyteUserException):
    """Raised in a task, the only user error that Flyte retries (within the task's `retries`)."""

    _ERROR_CODE = "USER:Recoverable"


class FlyteAssertion(FlyteUserException, AssertionError):  # noqa: N818
    """Something that the caller has to see to is not so: a file to upload does not exist, say."""

    _ERROR_CODE = "USER:AssertionError"


class FlyteValueException(FlyteUserException, ValueError):  # noqa: N818
    """A value that cannot be used: which one, and why not."""

    _ERROR_CODE = "USER:ValueError"

    def __init__(self, received_value: object, error_message: str) -> None:
        super().__init__(f"Value error!  Received: {received_value}. {error_message}")


class FlyteDataNotFoundException(FlyteValueException):
    """There is nothing at the path that was to be downloaded."""

    def __init__(self, path: str) -> None:
        super().__init__(path, "File not found")


class FlyteSystemException(FlyteException):
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


class NotCoveredError(NotImplementedError):
    """Something that flytekit does and wingbeat does not."""
