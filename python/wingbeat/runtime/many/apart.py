"""Work in a copy of this process, which ends with it: what it loads, and the threads it starts, stay there.

Clients of object stores start threads, and a process with threads cannot be forked safely. Whoever is to fork workers
later lets a copy of itself talk to the store.
"""

from __future__ import annotations

import os

from wingbeat.runtime.many import safety
from wingbeat.runtime.many.board import memory
from wingbeat.runtime.many.isolation import flush

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, NoReturn


class ApartError(Exception):
    """The copy has died."""


class Apart:
    """Work that a copy of this process does. Call it to wait for what comes of it.

    Args:
        work: What to do. What it returns, or raises, must be something that can be pickled.

    Raises:
        OSError: from the constructor, if no process can be started.
    """

    def __init__(self, work: Callable[[], Any]) -> None:
        self._answer = memory(0)
        flush()
        self._pid = os.fork()
        if self._pid == 0:
            be_the_copy(work, self._answer)

    def has_ended(self) -> bool:
        """Whether a call need not wait."""
        return os.waitid(os.P_PID, self._pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def __call__(self) -> Any:
        """What `work` returns. To be called once.

        Raises:
            ApartError: the process has died.
            Exception: whatever `work` raises.
        """
        import pickle

        _, status = os.waitpid(self._pid, 0)
        try:
            if status != 0:
                raise ApartError(f"a process has died that this one needs: {os.waitstatus_to_exitcode(status)}")
            with open(self._answer, "rb", closefd=False) as file:
                file.seek(0)
                failed, found = pickle.load(file)  # noqa: S301 our own
        finally:
            os.close(self._answer)
        if failed:
            raise found
        return found


def begin(work: Callable[[], Any]) -> Callable[[], Any]:
    """Begin to work in a copy of this process; in itself, when the result is called, if it had better not be copied."""
    return work if safety.impossible() or safety.risky() else Apart(work)


def be_the_copy(work: Callable[[], object], answer: int) -> NoReturn:
    """Do the work, leave what comes of it, and end."""
    status = 1
    try:
        try:
            found = False, work()
        except Exception as error:  # noqa: BLE001 raised again by who waits
            found = True, error
        import pickle

        with open(answer, "wb", closefd=False) as file:
            pickle.dump(found, file, pickle.HIGHEST_PROTOCOL)
        status = 0
    except BaseException:  # noqa: BLE001 nothing may get out of a forked process
        import traceback

        traceback.print_exc()
    finally:
        flush()
        os._exit(status)
