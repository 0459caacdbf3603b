"""What became of the marks of a run: its phases, and the line that `WINGBEAT_PHASES` asks for."""

from __future__ import annotations

import os
import time
from itertools import pairwise

from wingbeat.runtime import phases

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from wingbeat.runtime.phases import Mark


class Phase:
    """One phase.

    `start` (since the process began), `wall` and `cpu` (of all threads) are seconds; `rss` and `peak` are the bytes of
    memory that the process had at its end, and at most until then, None where they were not measured.
    """

    __slots__ = ("cpu", "name", "peak", "rss", "start", "wall")

    def __init__(self, name: str, start: float, wall: float, cpu: float, status: bytes) -> None:
        self.name = name
        self.start = start
        self.wall = wall
        self.cpu = cpu
        self.rss = kibibytes(status, b"VmRSS:")
        self.peak = kibibytes(status, b"VmHWM:")

    def as_json(self) -> dict[str, Any]:
        """As in the line."""
        times = {name: round(getattr(self, name), 6) for name in ("start", "wall", "cpu")}
        return {"name": self.name, **times, "rss": self.rss, "peak": self.peak}


def until_now() -> list[Phase]:
    """The phases so far, in order and without gaps; the last one lasts until now."""
    began = process_start()
    end: Mark = ("", time.perf_counter(), time.process_time(), phases.memory())
    points = [*phases.marks, end]
    result = []
    wall, cpu = began, 0.0  # a process's CPU clock begins with it
    for (name, *_), (_, wall_end, cpu_end, status) in pairwise(points):
        result.append(Phase(name, wall - began, wall_end - wall, cpu_end - cpu, status))
        wall, cpu = wall_end, cpu_end
    return result


def started() -> float:
    """When the process began, in seconds since the epoch."""
    return time.time() - (time.perf_counter() - process_start())


def process_start() -> float:
    """When the process began, on the scale of `time.perf_counter`; where Linux does not say, the first mark.

    Linux counts it in ticks of mostly 10 ms, rounded down. The start cannot be later than what CPU time has been used
    allows, which for an interpreter that has just started is the better figure.
    """
    _, marked, used, _ = phases.marks[0]
    try:
        with open("/proc/self/stat", "rb", buffering=0) as file:
            ticks = int(file.readall().rpartition(b")")[2].split()[19])
        tick = 1 / os.sysconf("SC_CLK_TCK")
        since_boot = time.clock_gettime(time.CLOCK_BOOTTIME)
    except (OSError, ValueError, AttributeError, IndexError):  # another system
        return marked - used
    earliest = time.perf_counter() - (since_boot - ticks * tick)
    return max(earliest, min(marked - used, earliest + tick))


def kibibytes(status: bytes, name: bytes) -> int | None:
    """A line of `/proc/self/status` such as `VmRSS:     1234 kB`, in bytes."""
    _, _, rest = status.partition(name)
    words = rest.split(None, 1)
    return int(words[0]) * 1024 if words else None


def run_and_report(run: Callable[[], int], target: str) -> int:
    """Run a task and write the line, however it ends."""
    phases.measure_memory()
    try:
        status = run()
    except BaseException as error:
        outcome, status = end_of(error)
        write(target, line(outcome, status))
        raise
    write(target, line(phases.notes.get("outcome", "succeeded"), status))
    return status


def end_of(error: BaseException) -> tuple[str, int]:
    """What an exception that nobody catches makes of the process: a word, and its exit status."""
    if isinstance(error, SystemExit):
        code = error.code
        return "exited", code if isinstance(code, int) else int(code is not None)
    if type(error).__name__ == "NotCovered":
        return "handed over", 0
    return "interrupted" if isinstance(error, KeyboardInterrupt) else "crashed", 1


def line(outcome: str, status: int) -> str:
    """One JSON object; docs/phases.md explains its fields."""
    listed = until_now()
    total = listed[-1].start + listed[-1].wall
    began = started()
    import json

    from wingbeat._core import __version__

    facts = dict(phases.notes)
    task = facts.pop("task", None)
    facts.pop("outcome", None)
    fields = {
        "task": getattr(task, "name", None),
        "outcome": outcome,
        "exit_status": status,
        "pid": os.getpid(),
        "started": round(began, 6),
        "total": round(total, 6),
        "cpu": round(sum(phase.cpu for phase in listed), 6),
        "peak": listed[-1].peak,
        **facts,
        "phases": [phase.as_json() for phase in listed],
        "version": __version__,
    }
    return json.dumps(fields)


def write(target: str, text: str) -> None:
    """Append the line to a file in one piece, so that many processes may share it; `stderr` is what its name says.

    What cannot be written is a warning: the run has nothing to do with it.
    """
    try:
        if target == "stderr":
            os.write(2, f"{text}\n".encode())
            return
        descriptor = os.open(target, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            os.write(descriptor, f"{text}\n".encode())
        finally:
            os.close(descriptor)
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the path
        from wingbeat.runtime import log

        log.warning(f"WINGBEAT_PHASES={target}: the phases of this run could not be written there: {error}")
