"""Elements that have ended without an outcome: what error.pb says of them.

The engine would judge a pod that ends so: it tries again (runtime contract 1.4, 5.7). So may whoever reads error.pb.
"""

from __future__ import annotations

import time

from wingbeat.runtime import failure
from wingbeat.runtime.failure import SYSTEM, USER, Judgement, Verdict
from wingbeat.runtime.message import describe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: The task has ended the process.
LEFT = Verdict(USER, recoverable=True)
#: Somebody or something else has.
KILLED = Verdict(SYSTEM, recoverable=True)


def left(error: BaseException, step: str, task: Any) -> Judgement:
    """What `sys.exit`, or whatever else is no `Exception`, means: the end of the element, and not of its process."""
    message = describe(error)
    failure.announce(error, message, LEFT, True, failure.what(step, task))
    return Judgement(LEFT, failure.DEFAULT_USER_CODE, message, True, failure.timestamp_of(error))


def now() -> tuple[int, int]:
    """Seconds and nanoseconds."""
    return divmod(time.time_ns(), 1_000_000_000)
