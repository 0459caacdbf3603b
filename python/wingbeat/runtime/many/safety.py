"""Whether this process can be copied."""

from __future__ import annotations

import os
import sys
import time

#: Seconds for threads to end that are about to.
_PATIENCE = 0.2
#: Threads of native code that look after themselves when a process is copied.
_HARMLESS = frozenset((b"jemalloc_bg_thd",))


def impossible() -> str:
    """Why a copy of this process would not work; empty if it might."""
    if sys.platform == "darwin":
        return "the libraries of macOS do not allow it"
    return "a GPU is in use" if uses_gpu() else ""


def risky() -> str:
    """Why a copy of this process might hang; empty if it should not.

    A copy has the thread that made it and no other, and whatever the others were about to do stays undone, with the
    locks that they hold. Threads of native code that bear the name of the program count as those of numpy's BLAS, which
    looks after itself.
    """
    end = time.monotonic() + _PATIENCE
    while len(sys._current_frames()) > 1:
        if time.monotonic() > end:
            return f"{len(sys._current_frames()) - 1} other threads are running"
        time.sleep(0.002)
    names = thread_names()
    others = sorted(set(names[1:]) - {names[0]} - _HARMLESS) if names else []
    if others:
        return f"native threads are running: {b', '.join(others).decode('utf-8', 'replace')}"
    return ""


def thread_names() -> list[bytes]:
    """The names of this process's threads, that of the first one first; none where the system does not say."""
    try:
        numbers = sorted(map(int, os.listdir("/proc/self/task")))
    except OSError:
        return []
    names = []
    for number in numbers:
        try:
            with open(f"/proc/self/task/{number}/comm", "rb", buffering=0) as file:
                names.append(file.read().strip())
        except OSError:  # it has ended
            continue
    return names


def uses_gpu() -> bool:
    """Whether this process has opened a device of NVIDIA's, as CUDA does when it is initialized."""
    try:
        numbers = os.listdir("/proc/self/fd")
    except OSError:
        return False
    for number in numbers:
        try:
            if os.readlink(f"/proc/self/fd/{number}").startswith("/dev/nvidia"):
                return True
        except OSError:  # that of the list itself
            continue
    return False
