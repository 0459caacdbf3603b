"""What obstore raises, as what Python and the rest of storage know."""

from __future__ import annotations

import errno
import re

TYPE_CHECKING = False


class RefusedError(OSError):
    """The store has answered with a status that says no. `status` is that of HTTP."""

    def __init__(self, text: str, status: int) -> None:
        super().__init__(text)
        self.status = status


class IncompleteReadError(OSError):
    """Fewer bytes, or more, have come than the object has."""


class NotExpressibleError(Exception):
    """A name, an option or a setting that obstore cannot handle; fsspec's driver can."""


def translated(error: Exception) -> Exception:
    """The exception to raise instead."""
    kind = type(error).__name__
    text, _, details = str(error).partition("\n\nDebug source:")
    text = shortened(text)
    if isinstance(error, FileNotFoundError):
        return FileNotFoundError(errno.ENOENT, text)
    if kind in ("PermissionDeniedError", "UnauthenticatedError"):
        return PermissionError(errno.EACCES, text)
    if kind == "InvalidPathError":
        return NotExpressibleError(text)
    if kind != "GenericError":
        return error
    status = re.search(r"\bstatus: (\d{3})\b", details)
    if status and "169.254.169.254" in details:
        # Nobody gives credentials here. Whoever may read without can go on without.
        return PermissionError(errno.EACCES, f"no credentials were found ({text})")
    if status:
        code = int(status[1])
        if code == 404:  # of a bucket
            return FileNotFoundError(errno.ENOENT, text)
        return PermissionError(errno.EACCES, text) if code in (401, 403) else RefusedError(text, code)
    if re.search(r"Missing\w*(Key|Credential|Account)", details):
        return PermissionError(errno.EACCES, text)
    if "HttpError" in details or "reqwest" in details:
        if "169.254.169.254" in details:
            return PermissionError(errno.EACCES, f"no credentials were found ({text})")
        return TimeoutError(text) if "TimedOut" in details or "kind: Timeout" in details else ConnectionError(text)
    return error


def shortened(text: str) -> str:
    """One line: the status and, of an answer in XML, its code and message."""
    text = text.rpartition("Server returned non-2xx status code: ")[2]
    body = text.find("<")
    if body >= 0:
        said = ": ".join(re.findall(r"<(?:Code|Message)>([^<]*)</", text[body:]))
        text = text[:body] + said
    return " ".join(text.split()).rstrip(" :.")[:1000]
