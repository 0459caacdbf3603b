"""Packages that are installed when the task starts: `_F_RUNTIME_PACKAGES` (runtime contract 11)."""

from __future__ import annotations

import importlib
import os
import signal
import site
import subprocess
import sys

from wingbeat.runtime import log, termination

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType


def install(requirements: str) -> None:
    """Install pip requirements, separated by blanks, into this environment.

    A failure is logged and nothing more: the task may do without. A SIGTERM reaches pip, and ends this process once
    pip has ended.
    """
    packages = requirements.split()
    if not packages:
        return
    status = run([sys.executable, "-m", "pip", "install", *packages])
    if status:
        log.error(
            f"_F_RUNTIME_PACKAGES: pip could not install {' '.join(packages)} (exit status {status}, its output is "
            "above); the task runs without"
        )
    importlib.reload(site)  # a folder with packages may be new, or name others in .pth files
    importlib.invalidate_caches()


def run(command: list[str]) -> int:
    """The exit status of a program, as negative number the signal that ended it.

    Raises:
        SystemExit: SIGTERM came meanwhile, and the kernel protects this process, the first of its container, from it.
    """
    child: list[subprocess.Popen[bytes]] = []
    received: list[int] = []

    def forward(number: int, _frame: FrameType | None) -> None:
        received.append(number)
        for process in child:
            process.send_signal(number)

    termination.forget()
    before = signal.signal(signal.SIGTERM, forward)
    try:
        child.append(subprocess.Popen(command))  # noqa: S603 the registration says what to install
        if received:
            forward(received[0], None)
        status = child[0].wait()
    finally:
        signal.signal(signal.SIGTERM, before or signal.SIG_DFL)
        termination.show_stacks()
    if received:
        os.kill(os.getpid(), signal.SIGTERM)
        raise SystemExit(128 + signal.SIGTERM)
    return status
