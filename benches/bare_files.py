"""The folders and files of many elements, nothing else: how many times faster two processes make them than one."""

from __future__ import annotations

import os
import tempfile
import time
from statistics import median
from typing import TYPE_CHECKING

from benches.launch import warm_memory

if TYPE_CHECKING:
    from pathlib import Path


def ratio(folder: Path, count: int, rounds: int) -> float:
    """How many times faster two processes are, the median of some rounds."""
    return median(seconds(folder, count, 1) / seconds(folder, count, 2) for _ in range(rounds))


def seconds(folder: Path, count: int, processes: int) -> float:
    """How long so many processes take for so many elements below one new folder."""
    warm_memory()
    below = tempfile.mkdtemp(dir=folder)
    start = time.perf_counter()
    children = []
    for first in range(processes):
        child = os.fork()
        if child == 0:
            for number in range(first, count, processes):
                make(f"{below}/{number}")
            os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)
    return time.perf_counter() - start


def make(folder: str) -> None:
    """What an element leaves, made as wingbeat makes it."""
    os.mkdir(folder)
    file = os.open(f"{folder}/.part", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    os.write(file, b"outputs of one integer")
    os.close(file)
    os.rename(f"{folder}/.part", f"{folder}/outputs.pb")
