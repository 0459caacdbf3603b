"""What wingbeat does not cover, met in a run of many elements: a failure, because flytekit cannot take that over."""

from __future__ import annotations

import sys

from wingbeat.runtime import execution

REASON = (
    "flytekit cannot take over a run of many elements, because it runs one in each process: leave out --elements, or "
    "do without"
)


def reportable(error: BaseException) -> BaseException:
    """The exception to report: the one given, or that something is not covered, which it may come of."""
    missing = execution.not_covered()
    if missing is None or isinstance(error, KeyboardInterrupt):
        return error
    from wingbeat.flytekit_compat import fallback

    return fallback.failure(missing, REASON)


def forget() -> None:
    """What one element has met is not the next one's affair."""
    if "wingbeat.exceptions" in sys.modules:
        from wingbeat import exceptions

        exceptions.forget_not_covered()
