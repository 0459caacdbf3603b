"""Work in a copy of this process, which ends with it: what it loads, and the threads it starts, stay there.

Clients of object stores start threads, and a process with threads cannot be forked safely. Whoever is to fork workers
later lets a copy of itself talk to the store.
"""

from __future__ import annotations

import os
import pickle
import traceback

from wingbeat.runtime.many.board import memory
from wingbeat.runtime.many.isolation import flush

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn, TypeVar

    T = TypeVar("T")


class ApartError(Exception):
    """The copy has died."""


def begin(work: Callable[[], T]) -> Callable[[], T]:
    """Begin to work; call the result to wait for what comes of it.

    What `work` returns, or raises, must be something that can be pickled.

    Raises:
        ApartError: from the call, if the process has died.
        Exception: from the call, whatever `work` raises.
        OSError: no process can be started.
    """
    answer = memory(0)
    flush()
    pid = os.fork()
    if pid == 0:
        be_the_copy(work, answer)

    def result() -> T:
        _, status = os.waitpid(pid, 0)
        try:
            if status != 0:
                raise ApartError(f"a process of this one has died: {os.waitstatus_to_exitcode(status)}")
            with open(answer, "rb", closefd=False) as file:
                file.seek(0)
                failed, found = pickle.load(file)  # noqa: S301 our own
        finally:
            os.close(answer)
        if failed:
            raise found
        value: T = found
        return value

    return result


def be_the_copy(work: Callable[[], object], answer: int) -> NoReturn:
    """Do the work, leave what comes of it, and end."""
    status = 1
    try:
        try:
            found = False, work()
        except Exception as error:  # noqa: BLE001 raised again by who waits
            found = True, error
        with open(answer, "wb", closefd=False) as file:
            pickle.dump(found, file, pickle.HIGHEST_PROTOCOL)
        status = 0
    except BaseException:  # noqa: BLE001 nothing may get out of a forked process
        traceback.print_exc()
    finally:
        flush()
        os._exit(status)
