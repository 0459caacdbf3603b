"""What obstore raises, as what Python and the rest of storage know."""

from __future__ import annotations

import errno

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class RefusedError(OSError):
    """The store has answered with a status that says no. `status` is that of HTTP."""

    def __init__(self, text: str, status: int) -> None:
        super().__init__(text)
        self.status = status


class IncompleteReadError(OSError):
    """Fewer bytes, or more, have come than the object has."""


def complete(data: Any, size: int) -> Any:
    """The data, if it is all of it. Raises `IncompleteReadError`."""
    if len(data) != size:
        raise IncompleteReadError(f"{len(data)} bytes have come of {size}")
    return data


class NotExpressibleError(Exception):
    """A name, an option or a setting that obstore cannot handle; fsspec's driver can."""


#: Parts of the addresses at which clouds give credentials to what runs in them.
METADATA_SERVICES = ("//169.254.", "/latest/api/token", "//metadata.google.internal")

#: s3fs asks for the region and goes on; obstore shows nobody where the answer says it.
OTHER_REGION = "the bucket is in another region than AWS_REGION says"


def translated(error: Exception) -> Exception:
    """The exception to raise instead.

    It imports nothing: inputs are read in a thread, and what that imports the other thread would see half of.
    """
    kind = type(error).__name__
    text, _, details = str(error).partition("\n\nDebug source:")
    text = shortened(text)
    if isinstance(error, FileNotFoundError):
        return FileNotFoundError(errno.ENOENT, text)
    if kind in ("PermissionDeniedError", "UnauthenticatedError"):
        return PermissionError(errno.EACCES, text)
    if kind == "InvalidPathError":
        return NotExpressibleError(text)
    return of_request(error, text, details) if kind == "GenericError" else error


def of_request(error: Exception, text: str, details: str) -> Exception:
    """The exception for an answer that obstore has no class for, or for no answer."""
    status = status_in(details)
    if any(part in details for part in METADATA_SERVICES) and (status is None or status < 500):
        # Nobody gives credentials here. Whoever may read without can go on without.
        return PermissionError(errno.EACCES, f"no credentials were found ({text})")
    if "BareRedirect" in details or (status == 400 and "AuthorizationHeaderMalformed" in text):
        return NotExpressibleError(OTHER_REGION)
    if status == 404:  # of a bucket
        return FileNotFoundError(errno.ENOENT, text)
    if status in (401, 403) or "source: Missing" in details:  # a key, or the half of one
        return PermissionError(errno.EACCES, text)
    if status is not None:
        return RefusedError(text, status)
    if "HttpError" in details or "reqwest" in details:
        return TimeoutError(text) if "TimedOut" in details or "kind: Timeout" in details else ConnectionError(text)
    return error


def status_in(details: str) -> int | None:
    """The number after `status:`."""
    digits = details.partition(" status: ")[2][:3]
    return int(digits) if digits.isdecimal() and len(digits) == 3 else None


def shortened(text: str) -> str:
    """One line: the status and, of an answer in XML, its code and message."""
    text, xml, body = text.rpartition("Server returned non-2xx status code: ")[2].partition("<")
    said = [element(body, name) for name in ("Code", "Message")] if xml else []
    return " ".join(f"{text} {': '.join(filter(None, said))}".split()).rstrip(" :.")[:1000]


def element(document: str, name: str) -> str:
    """The text of the first element of this name."""
    return document.partition(f"<{name}>")[2].partition("</")[0]
