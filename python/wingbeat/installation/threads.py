"""Threads that numeric libraries start: one for each processor of the machine, whatever the container may use."""

from __future__ import annotations

import os
from importlib.util import find_spec

from wingbeat.installation.finding import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

#: Libraries with such threads.
LIBRARIES = ("numpy", "scipy", "sklearn", "torch", "tensorflow", "xgboost", "lightgbm")
VARIABLE = "OMP_NUM_THREADS"


def find() -> Iterator[Finding]:
    """Compare the variable, the machine and the limit of this container."""
    installed = [name for name in LIBRARIES if find_spec(name) is not None]
    machine, limit = os.cpu_count() or 1, quota()
    value = os.environ.get(VARIABLE)
    whole = max(1, round(limit)) if limit else None
    allowed = f"the container may use {limit or machine:g} of the machine's {machine} processors"
    if not installed:
        yield Finding("threads", "ok", "no library that starts threads of its own is installed")
    elif value is None and whole is not None and whole < machine:
        what = f"{VARIABLE} is not set: {installed[0]} starts {machine} threads, and {allowed}"
        yield Finding("threads", "problem", what, f"export {VARIABLE}={whole}")
    elif value is None:
        what = f"{VARIABLE} is not set: {installed[0]} starts a thread for each processor of the node, {machine} here"
        yield Finding("threads", "note", what, f"export {VARIABLE}=N, with the processors that the task requests")
    elif whole is not None and value.isdecimal() and int(value) > whole:
        yield Finding("threads", "problem", f"{VARIABLE} is {value}, and {allowed}", f"export {VARIABLE}={whole}")
    else:
        yield Finding("threads", "ok", f"{VARIABLE} is {value}")


def quota(root: str = "/sys/fs/cgroup") -> float | None:
    """How many processors the container may use at a time, None if nobody limits that."""
    both = text(f"{root}/cpu.max").split()
    if not both:  # the first version of control groups
        both = [text(f"{root}/cpu/cpu.cfs_{name}_us").strip() for name in ("quota", "period")]
    try:
        limit, period = map(float, both)
    except ValueError:  # "max", or there is no such file
        return None
    return limit / period if limit > 0 and period > 0 else None


def text(path: str) -> str:
    """The content of a file; empty if there is none."""
    try:
        with open(path, encoding="ascii") as file:
            return file.read()
    except OSError:
        return ""
