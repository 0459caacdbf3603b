"""A worker that runs several elements at the same time, of a task that is a coroutine, on one event loop.

They share what belongs to the process: the working directory, the environment, random numbers. It is restored whenever
no element is running.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import cast

from wingbeat.authoring.async_task import AsyncPythonFunctionTask
from wingbeat.authoring.function_task import PythonFunctionTask
from wingbeat.runtime import workspace
from wingbeat.runtime.many import side_by_side
from wingbeat.runtime.many.death import Death
from wingbeat.runtime.many.element import Element
from wingbeat.runtime.many.worker import Worker
from wingbeat.runtime.map_task import Mapped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from wingbeat.runtime.many.source import Job
    from wingbeat.runtime.many.worker import Place


class Coroutines(Worker):
    """Runs elements of a job.

    Args:
        job: The job.
        place: Where the worker belongs.
        count: How many elements at the same time.
        timeout: Seconds after which an element is cancelled; None for never.
    """

    def __init__(self, job: Job, place: Place, count: int, timeout: float | None) -> None:
        super().__init__(job, place, numbered=False)
        self._call = function_of(job.task)
        self._timeout = timeout
        self._free = list(range(count))
        self._running: set[asyncio.Task[None]] = set()
        side_by_side.begin()

    def run(self) -> None:
        """Run elements until there are no more."""
        asyncio.run(self._serve())
        self._writer.drain()
        self._board.leave(self._number)

    async def _serve(self) -> None:
        while True:
            taken = await self._take()
            if taken is None or self._board.stopped:
                break
            index, alone = taken
            if alone:
                await self._others()
            task = asyncio.create_task(self._run_beside(index, self._free.pop()))
            self._running.add(task)
            if alone:
                await self._others()
            elif not self._free:
                await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
        await self._others()

    async def _take(self) -> tuple[int, bool] | None:
        """The next element: other workers may be faster than this one has been told that there is any."""
        loop = asyncio.get_running_loop()
        while True:
            try:
                return self._line.take_now()
            except BlockingIOError:
                readable = asyncio.Event()
                loop.add_reader(self._line.work, readable.set)
                try:
                    await readable.wait()
                finally:
                    loop.remove_reader(self._line.work)

    async def _others(self) -> None:
        """Wait until none is running."""
        while self._running:
            await asyncio.wait(self._running)

    async def _run_beside(self, index: int, lane: int) -> None:
        self._board.begin(self._number, lane, index)
        element = Element(self._job, index, self._writer, self._report)
        side_by_side.enter(element.parameters)
        await self._carry_out(index, element)
        workspace.remove_folders(element.parameters)
        self._board.end(self._number, lane)
        self._free.append(lane)
        current = asyncio.current_task()
        assert current is not None
        self._running.discard(current)
        if not self._running:
            self._isolation.restore()

    async def _carry_out(self, index: int, element: Element) -> None:
        """As `Element.run`, and cancelled when it takes too long."""
        current = asyncio.current_task()
        late: list[bool] = []

        def cancel() -> None:
            late.append(True)
            current.cancel()  # type: ignore[union-attr] # it is running

        timer = None if self._timeout is None else asyncio.get_running_loop().call_later(self._timeout, cancel)
        try:
            result = self._call(**element.begin())
            if isinstance(result, Coroutine):
                result = await result
            element.end(result)
        except BaseException as error:  # noqa: BLE001 also sys.exit: it must not end the others
            if late and isinstance(error, asyncio.CancelledError):
                element.settle(*Death(0, timeout=self._timeout).judge(index, self._job.task))
            else:
                element.fail(error)
        finally:
            if timer is not None:
                timer.cancel()


def function_of(task: Any) -> Callable[..., Any]:
    """What returns the coroutine of an element; of a task that has a way of its own to run, that way."""
    inner: Any = getattr(task, "python_function_task", None)
    if type(task).execute is Mapped.execute:
        own = getattr(type(inner), "execute", None)
        if own is AsyncPythonFunctionTask.execute:
            return cast("Callable[..., Any]", inner.async_execute)
        if own is PythonFunctionTask.execute:
            return cast("Callable[..., Any]", inner.task_function)
    return cast("Callable[..., Any]", task.execute)
