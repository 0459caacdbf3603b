"""The text of a failure: `Trace:`, the user's part of the traceback, `Message:` (runtime contract 5.8).

Every part is bounded, because the engine does not read an error.pb beyond its limit and shows nothing then.
"""

from __future__ import annotations

import os

from wingbeat.runtime.context import map_index

TYPE_CHECKING = False
if TYPE_CHECKING:
    import traceback
    from collections.abc import Iterator

#: In characters. With four bytes a character and six where a surrogate is spelled out, error.pb stays below 1 MiB.
TEXT_LIMIT = 20_000
TRACE_LIMIT = 100_000

_INDENT = "    "
_CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n"
_CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n\n"
_OURS = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
_LAUNCHERS = (_OURS, "<frozen importlib", os.path.join(os.path.dirname(os.__file__), "asyncio", ""))


def describe(error: BaseException) -> str:
    """The whole message, in flytekit's layout; of a map task, the trace begins with the element's index."""
    try:
        trace = "".join(trace_of(error))
    except Exception as failed:  # noqa: BLE001 `traceback` trusts what an exception says of itself, a SyntaxError's text say
        trace = f"The traceback could not be printed: {type(failed).__name__}: {text_of(failed)}\n"
    index = map_index()
    if index is not None:
        trace = f"Element {index} of the map task\n\n{trace}"
    trace = shorten(indent(printable(trace)), TRACE_LIMIT)
    summary = shorten(indent(printable(f"{type(error).__name__}: {shorten(text_of(error), TEXT_LIMIT)}")), TEXT_LIMIT)
    return f"Trace:\n\n{trace}\nMessage:\n\n{summary}"


def trace_of(error: BaseException) -> Iterator[str]:
    """The traceback as Python prints it, without wingbeat's frames and with long texts shortened."""
    own = frame_of_ours(error)
    if own:
        yield own
        return
    import traceback

    newest = traceback.TracebackException(type(error), error, error.__traceback__, compact=True)
    links: list[tuple[traceback.TracebackException, str]] = []
    one: traceback.TracebackException | None = newest
    while one is not None:
        older = one.__cause__
        joint = _CAUSE
        if older is None and not one.__suppress_context__:
            older, joint = one.__context__, _CONTEXT
        links.append((one, joint if older is not None else ""))
        one = older
    for exception, joint in reversed(links):
        yield joint
        fold(exception.stack)
        for part in exception.format(chain=False):
            yield shorten(part, TEXT_LIMIT)


def frame_of_ours(error: BaseException) -> str:
    """The trace of a failure in which no code but wingbeat's took part; empty for any other.

    A value that does not fit is found by the codec, and the user's code is not on the stack. Python's printer of
    tracebacks, with all that it loads, takes longer than reading a million numbers.
    """
    if error.__cause__ is not None or error.__context__ is not None or getattr(error, "__notes__", None):
        return ""
    if type(error).__module__ != "wingbeat.errors":
        return ""
    trace = error.__traceback__
    last = None
    while trace is not None:
        last = trace
        if not trace.tb_frame.f_code.co_filename.startswith(_OURS):
            return ""
        trace = trace.tb_next
    if last is None:
        return ""
    code = last.tb_frame.f_code
    return (
        "Traceback (most recent call last):\n"
        f'  File "{code.co_filename}", line {last.tb_lineno}, in {code.co_name}\n'
        f"{type(error).__module__}.{type(error).__name__}: {shorten(text_of(error), TEXT_LIMIT)}\n"
    )


def fold(stack: traceback.StackSummary) -> None:
    """Drop the frames that lead to the user's code; of a failure that is wingbeat's own, keep the last."""
    if not stack or not stack[0].filename.startswith(_OURS):
        return
    count = 0
    while count < len(stack) - 1 and stack[count].filename.startswith(_LAUNCHERS):
        count += 1
    del stack[:count]


def text_of(error: BaseException) -> str:
    """`str(error)`, or the words that Python's tracebacks use when that fails."""
    try:
        return str(error)
    except Exception:  # noqa: BLE001 the user's `__str__`; the failure to report is the other one
        return "<exception str() failed>"


def shorten(text: str, limit: int) -> str:
    """At most about `limit` characters: the middle is left out, and the text says how much of it."""
    if len(text) <= limit:
        return text
    half = limit // 2
    return f"{text[:half]}\n... {len(text) - 2 * half} characters left out ...\n{text[-half:]}"


def printable(text: str) -> str:
    """Text that UTF-8 can hold: lone surrogates are spelled out."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def indent(text: str) -> str:
    """Every line but blank ones, by four spaces."""
    return "".join(_INDENT + line if line.strip() else line for line in text.splitlines(keepends=True))
