"""Memory that runs out inside of the codec: a MemoryError, as anywhere else."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

#: Raises the limit of the address space step by step above what the process has, until the work fits.
PROGRAM = """
import resource
from wingbeat import Codec

codec = Codec(list[int])
values = list(range(10**12, 10**12 + 300_000))
data = codec.encode(values)
work, least = {work}, {least}
used = int(open("/proc/self/statm").read().split()[0]) * 4096
failures = 0
for more in range(1, 60):
    resource.setrlimit(resource.RLIMIT_AS, (used + more * 2**20, resource.RLIM_INFINITY))
    try:
        result = work()
    except MemoryError:
        failures += 1
        continue
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert result == least
    print(failures)
    break
"""
WORKS = {"decode": ("lambda: codec.decode(data)", "values"), "encode": ("lambda: codec.encode(values)", "data")}


@pytest.mark.parametrize("work", WORKS)
def test_a_lack_of_memory_is_a_memory_error(work: str) -> None:
    code = PROGRAM.format(work=WORKS[work][0], least=WORKS[work][1])
    # With it, a panic would print a backtrace, for which there is no memory either.
    env = {**os.environ, "RUST_BACKTRACE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 0
