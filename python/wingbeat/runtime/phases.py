"""Where the time of a run goes: one mark at the beginning of each phase.

On the start-up path of every task, so a mark is two clock reads and nothing else; what is made of the marks is in
`phase_report`, loaded when somebody asks.
"""

from __future__ import annotations

from os import environ
from time import perf_counter, process_time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    #: Name, wall clock and CPU time in seconds, content of `/proc/self/status` (empty if memory is not measured).
    Mark = tuple[str, float, float, bytes]

#: The marks so far. The first phase lasts since the process began.
marks: list[Mark] = [("start", perf_counter(), process_time(), b"")]
#: What else is known of the run.
notes: dict[str, Any] = {}

_measures_memory = False


def begin(name: str) -> None:
    """End one phase and begin the next. docs/phases.md lists the names."""
    marks.append((name, perf_counter(), process_time(), memory() if _measures_memory else b""))


def note(**facts: Any) -> None:
    """Keep what the report is to say besides: `task`, `outcome`, `error`, and more that JSON can hold."""
    notes.update(facts)


def reported(run: Callable[[], int]) -> int:
    """Run a task; if `WINGBEAT_PHASES` asks for it, say in the end where its time went. The result is that of `run`."""
    target = environ.get("WINGBEAT_PHASES")
    if not target:
        return run()
    from wingbeat.runtime.phase_report import run_and_report

    return run_and_report(run, target)


def measure_memory() -> None:
    """From now on, see at every mark how much memory the process has."""
    global _measures_memory
    _measures_memory = True


def memory() -> bytes:
    """`/proc/self/status`, which is parsed when the report is made; empty where there is none."""
    try:
        with open("/proc/self/status", "rb", buffering=0) as file:
            return file.readall()
    except OSError:
        return b""
