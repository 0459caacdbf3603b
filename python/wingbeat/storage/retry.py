"""Trying again what may succeed the next time (runtime contract 12.1, row 14).

Exponential back-off with full jitter: the wait before attempt n is drawn from [0, backoff × 2^(n-1)], so that the many
processes that one overloaded store has refused do not come back together. A `Retry-After` of the server is a lower
bound of the wait where the client shows it.
"""

from __future__ import annotations

import errno
import os
import sys
import time

from wingbeat.storage.limits import number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, TypeVar

    T = TypeVar("T")

#: Further attempts after the first, unless `FLYTE_AWS_RETRIES` says otherwise. flytekit means to make five in all.
RETRIES = 4
#: The upper bound of the first wait in seconds, unless `FLYTE_AWS_BACKOFF_SECONDS` says otherwise.
BACKOFF = 0.5
#: No wait is longer, in seconds, whatever a server asks for.
LONGEST_WAIT = 60.0

#: HTTP statuses of what may succeed the next time.
STATUSES = frozenset((408, 425, 429, 500, 502, 503, 504, 509))
#: What stores say when they are asked too often, under statuses that differ.
WORDS = ("reduce your request rate", "SlowDown", "RequestTimeout", "TooManyRequests", "ServerBusy")
#: Classes of drivers and their HTTP clients that stand for a connection that failed.
BROKEN = frozenset(
    (
        "ClientConnectionError",
        "ClientPayloadError",
        "ServerDisconnectedError",
        "HTTPClientError",
        "IncompleteRead",
        "IncompleteReadError",
        "IncompleteBody",
        "ProtocolError",
        "ResponseStreamingError",
        "ServiceRequestError",
        "ServiceResponseError",
        "TimeoutError",
        "TransportError",
    )
)
#: Failures of the operating system that stand for the same.
NETWORK = frozenset(
    (
        errno.ECONNABORTED,
        errno.ECONNREFUSED,
        errno.ECONNRESET,
        errno.EHOSTUNREACH,
        errno.ENETUNREACH,
        errno.EPIPE,
        errno.ETIMEDOUT,
    )
)
#: What another attempt would not change.
FINAL = (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError, FileExistsError)


def call(action: Callable[[], T], what: str) -> T:
    """The result of `action`, which is called again while it fails for a while only. `what` is named in the log.

    Raises:
        Exception: what `action` raised last.
    """
    left = retries()
    attempt = 1
    while True:
        try:
            return action()
        except Exception as error:
            if attempt > left or not transient(error):
                raise
            wait = wait_before(attempt, error)
            announce(f"{what}: {first_line(error)}; attempt {attempt + 1} of {left + 1} in {wait:.1f} s")
        time.sleep(wait)
        attempt += 1


def retries() -> int:
    """How often at most something is done again. Raises ValueError for a setting that is no number."""
    return number("FLYTE_AWS_RETRIES", RETRIES)


def transient(error: BaseException) -> bool:
    """Whether it may go better the next time."""
    if isinstance(error, FINAL):
        return False
    for one in chain(error):
        status = status_of(one)
        if status is not None:
            return status in STATUSES or any(word in str(one) for word in WORDS)
        if isinstance(one, (ConnectionError, TimeoutError)) or getattr(one, "errno", None) in NETWORK:
            return True
        if any(cls.__name__ in BROKEN for cls in type(one).__mro__) or any(word in str(one) for word in WORDS):
            return True
    return False


def wait_before(attempt: int, error: BaseException) -> float:
    """Seconds to wait after this failure of this attempt."""
    bound = backoff() * 2 ** (attempt - 1)
    # Not by `random`: a task that sets its seed must not make all of them wait alike.
    drawn = bound * int.from_bytes(os.urandom(4), "big") / 2**32
    return min(max(drawn, retry_after(error)), LONGEST_WAIT)


def backoff() -> float:
    """The upper bound of the first wait in seconds. Raises ValueError for a setting that is no number."""
    text = os.environ.get("FLYTE_AWS_BACKOFF_SECONDS", "").strip()
    try:
        return float(text) if text else BACKOFF
    except ValueError:
        raise ValueError(f"FLYTE_AWS_BACKOFF_SECONDS={text!r}: expected a number of seconds") from None


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what it was raised for."""
    seen = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def status_of(error: BaseException) -> int | None:
    """The HTTP status that an exception of a client carries."""
    response = getattr(error, "response", None)
    if isinstance(response, dict):  # botocore
        return number_of(response.get("ResponseMetadata", {}).get("HTTPStatusCode"))
    # gcsfs; aiohttp and our own; azure and requests.
    for holder, name in ((error, "code"), (error, "status"), (error, "status_code"), (response, "status_code")):
        status = number_of(getattr(holder, name, None))
        if status is not None:
            return status
    return None


def number_of(value: Any) -> int | None:
    """A status that may be written as text; None for what is no status."""
    if isinstance(value, str) and value.isdecimal():
        value = int(value)
    return value if isinstance(value, int) and 100 <= value < 600 else None


def retry_after(error: BaseException) -> float:
    """The seconds that the server asks to wait for; none if it does not say, or its client does not show it."""
    for one in chain(error):
        for name, value in headers_of(one).items():
            if str(name).lower() == "retry-after":
                return seconds_of(str(value))
    return 0.0


def headers_of(error: BaseException) -> Any:
    """The headers of the response that an exception stands for."""
    response = getattr(error, "response", None)
    if isinstance(response, dict):  # botocore
        return response.get("ResponseMetadata", {}).get("HTTPHeaders") or {}
    headers = getattr(error, "headers", None) or getattr(response, "headers", None)
    return headers if hasattr(headers, "items") else {}


def seconds_of(text: str) -> float:
    """Seconds, or a date as in HTTP."""
    if text.strip().isdecimal():
        return float(text)
    from email.utils import parsedate_to_datetime

    try:
        return max(parsedate_to_datetime(text).timestamp() - time.time(), 0.0)
    except (TypeError, ValueError):
        return 0.0


def first_line(error: BaseException) -> str:
    """A short text."""
    text = str(error).partition("\n")[0][:300]
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def announce(text: str) -> None:
    """Log a line.

    Where nobody has loaded `logging`, nobody has configured it, and its last resort would write just this. It is not
    loaded here: see `object_errors.translated`.
    """
    logging = sys.modules.get("logging")
    if logging is not None and hasattr(logging, "getLogger"):
        logging.getLogger("wingbeat").warning(text)
    elif sys.stderr is not None:
        try:
            sys.stderr.write(f"{text}\n")
        except (OSError, ValueError):  # it is full or closed, which is no reason not to try again
            return
