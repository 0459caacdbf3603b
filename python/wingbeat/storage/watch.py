"""An end for calls of drivers that would wait for ever."""

from __future__ import annotations

from _thread import allocate_lock, start_new_thread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    T = TypeVar("T")


def call(action: Callable[[], T], patience: float, progress: Callable[[], int]) -> T:
    """The result of `action`, which is called in a thread.

    When there has been no `progress` for `patience` seconds, the thread is left to itself: a call that blocks cannot
    be ended.

    Raises:
        TimeoutError: there was no progress.
        BaseException: what `action` raised.
    """
    results: list[T] = []
    errors: list[BaseException] = []
    done = allocate_lock()
    done.acquire()

    def run() -> None:
        try:
            results.append(action())
        except BaseException as error:  # noqa: BLE001 raised in the thread that waits
            errors.append(error)
        done.release()

    start_new_thread(run, ())
    reached = progress()
    while not done.acquire(timeout=patience):
        before, reached = reached, progress()
        if reached == before:
            raise TimeoutError(f"nothing has come for {patience:g} s")
    if errors:
        raise errors[0]
    return results[0]
