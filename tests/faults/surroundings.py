"""What a process is started in: variables, limits, rights, streams."""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import resource
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.runtime.process import Result, collect, environment

# Of <linux/capability.h> and <linux/prctl.h>.
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2
PR_SET_KEEPCAPS, PR_CAPBSET_DROP, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 8, 24, 47, 2
CAPABILITIES_VERSION_3 = 0x20080522

STRANGER = 54321  # a user that no passwd file knows


@dataclass
class Surroundings:
    """How a command is started.

    `folder` is the working directory, `env` are further variables (all there are, if `bare`), `enter` is called in the
    new process before the program, `stdout` and `stderr` are descriptors that it gets instead of pipes.
    """

    folder: Path
    env: dict[str, str] = field(default_factory=dict)
    bare: bool = False
    enter: Callable[[], None] | None = None
    stdout: int | None = None
    stderr: int | None = None

    def run(self, command: list[str], out: Path) -> Result:
        """What becomes of a command whose output prefix is `out`."""
        needed = {name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ}
        process = subprocess.Popen(
            command,
            cwd=self.folder,
            env={**needed, **self.env} if self.bare else environment(self.env),
            stdout=subprocess.PIPE if self.stdout is None else self.stdout,
            stderr=subprocess.PIPE if self.stderr is None else self.stderr,
            preexec_fn=self.enter,
        )
        said, complained = process.communicate()
        result = Result(process.returncode, (said or b"").decode(), (complained or b"").decode())
        collect(result, out)
        return result


def obey_modes() -> None:
    """Let permissions hold for root too, as they do for everybody else."""
    if os.geteuid() == 0:
        prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE)


def become_stranger() -> None:
    """Be a user without a name, who may read what the tests may read; without root, stay who one is."""
    if os.geteuid() != 0:
        return
    prctl(PR_SET_KEEPCAPS, 1)
    os.setgroups([])
    os.setresgid(STRANGER, STRANGER, STRANGER)
    os.setresuid(STRANGER, STRANGER, STRANGER)
    kept = 1 << CAP_DAC_READ_SEARCH
    header = (ctypes.c_uint32 * 2)(CAPABILITIES_VERSION_3, 0)
    sets = (ctypes.c_uint32 * 6)(kept, kept, kept, 0, 0, 0)  # effective, permitted, inheritable; twice
    if libc().capset(header, sets) != 0:
        raise OSError(ctypes.get_errno(), "capset")
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_READ_SEARCH)


def prctl(*arguments: int) -> None:
    words = [ctypes.c_ulong(argument) for argument in (*arguments, 0, 0, 0)[:5]]
    if libc().prctl(*words) != 0:
        raise OSError(ctypes.get_errno(), f"prctl {arguments}")


def libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def limited(kind: int, most: int) -> Callable[[], None]:
    """A limit for the new process."""
    return lambda: resource.setrlimit(kind, (most, most))


def closing(*descriptors: int) -> Callable[[], None]:
    """The new process begins without these streams."""
    return lambda: [os.close(one) for one in descriptors] and None


@contextlib.contextmanager
def broken_pipe() -> Iterator[int]:
    """The writing end of a pipe that nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        yield writing
    finally:
        os.close(writing)


@contextlib.contextmanager
def full_device() -> Iterator[int]:
    """What has no room for a byte."""
    descriptor = os.open("/dev/full", os.O_WRONLY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def small_disk(folder: Path, size: int, largest: int = 0) -> Iterator[Surroundings]:
    """A disk of so many bytes at `folder`, and a process that has it.

    Where nothing may be mounted, no file of the process may have more than `largest` bytes, by default `size`; a task
    whose own files are larger begins that by itself with `FILE_LIMIT`.
    """
    folder.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode != 0:
        most = largest or size
        enter = limited(resource.RLIMIT_FSIZE, most)
        yield Surroundings(folder.parent, env={"FILE_LIMIT": str(most)}, enter=enter)
        return
    try:
        yield Surroundings(folder.parent)
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def complaint(result: Result) -> str:
    """What stderr says besides the message of a failure, which the log shows between two marks."""
    return re.sub(r"[^\n]*!! Begin .*?!! End Error Captured by Flyte !![^\n]*\n", "", result.stderr, flags=re.DOTALL)
