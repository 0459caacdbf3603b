"""One element of a map task, in a process that runs many: its files are those that a process of its own would leave."""

from __future__ import annotations

import os
from time import perf_counter

from wingbeat.runtime import context, execution, failure, log
from wingbeat.runtime.many import death, uncovered
from wingbeat.runtime.many.isolation import flush
from wingbeat.runtime.many.result import Result, one_line
from wingbeat.runtime.message import shorten, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from wingbeat.runtime.failure import Judgement
    from wingbeat.runtime.many.source import Job
    from wingbeat.runtime.many.writing import Writer
    from wingbeat.storage import StorageError

#: Step -> the phase of a result that begins with it.
_PHASES = {"decode": "decode", "execute": "execute", "finish": "encode", "write": "write"}
_CODE_LIMIT = 200

#: See `execution.RESERVE`. One for all elements: to make it takes longer than to run a small one.
_reserve: list[bytes] = []


class Clock(execution.Steps):
    """The steps of one element, and when its phases began."""

    def __init__(self) -> None:
        self.began = perf_counter()
        self._marks: list[tuple[str, float]] = []

    def begin(self, step: str, phase: str = "") -> None:
        """The next step."""
        self.step = step
        begins = _PHASES.get(step)
        if begins is not None:
            self._marks.append((begins, perf_counter()))

    def phases(self, end: float) -> dict[str, float]:
        """How many seconds each phase has lasted; the last one until `end`."""
        found = {}
        for name, start in reversed(self._marks):
            found[name] = end - start
            end = start
        return found


class Element:
    """One element on its way.

    Args:
        job: The job.
        index: Which element.
        writer: Takes its documents.
        report: Is given the result when everything has arrived, maybe in another thread.
    """

    def __init__(self, job: Job, index: int, writer: Writer, report: Callable[[Result], None]) -> None:
        self._job = job
        self._index = index
        self._writer = writer
        self._report = report
        self._at = Clock()
        self._process = os.getpid()
        #: Its execution, which owns its temporary folders.
        self.parameters = job.parameters(index)

    def run(self) -> None:
        """Run it to its end. Whatever it raises is its failure, and reported."""
        context.become(self.parameters)
        try:
            arguments = self.begin()
            result = self._job.task.execute(**arguments)
            del arguments
            self.end(result)
        except BaseException as error:  # noqa: BLE001 also sys.exit: it must not end the others
            self.fail(error)

    def begin(self) -> dict[str, Any]:
        """The arguments of the task's function, which is to be called next."""
        if not _reserve:
            _reserve.append(bytes(execution.RESERVE))
        uncovered.forget()
        at = self._at
        at.begin("prepare")
        context.replace(self._job.task.pre_execute(self.parameters))
        at.begin("decode")
        arguments = self._job.decode(self._index)
        at.begin("execute")
        return arguments

    def end(self, result: Any) -> None:
        """Write what the function has returned."""
        self._be_the_first()
        job, at, index = self._job, self._at, self._index
        prefix = job.output_prefix(index)
        parameters = context.replaced_context()
        _, documents = execution.finish(at, job.task, parameters, result, job.writer, prefix)
        execution.demand_covered()
        at.begin("write")
        if job.collector is not None:
            job.collector.keep(index, documents[-1][1])
        self._writer.put(job.target(index), documents, self._arrived)

    def _be_the_first(self) -> None:
        """End a process that the task has forked and that comes back from it too: one outcome is enough."""
        if os.getpid() != self._process:
            flush()
            os._exit(0)

    def _arrived(self, failed: StorageError | None) -> None:
        if failed is None:
            self._say(ok=True)
        else:
            self.fail(failed)

    def fail(self, error: BaseException) -> None:
        """Report a failure as the process of a single element does, and that the element has left its process."""
        self._be_the_first()
        at = self._at
        error = uncovered.reportable(error)
        if isinstance(error, MemoryError):
            _reserve.clear()
            execution.release(error)
        if isinstance(error, Exception):
            if failure.ignored(error, at.step):
                failure.announce_ignored(error)
                self._say(ignored=True)
                return
            judgement = failure.judge(error, at.step, self._job.task)
        else:
            judgement = death.left(error, at.step, self._job.task)
        self.settle(judgement, one_line(f"{type(error).__name__}: {shorten(text_of(error), 1000)}"))

    def settle(self, judgement: Judgement | None = None, reason: str = "") -> None:
        """Report how it has ended: without a judgement, well. Of a failure, error.pb is written where there is one."""
        if judgement is None or not judgement.verdict.reported:
            self._say(judgement, reason, ok=judgement is None)
            return

        def arrived(failed: StorageError | None) -> None:
            if failed is not None:
                log.error(f"The error above could not be reported: {failed}")
            self._say(judgement, reason)

        self._at.begin("write")
        self._writer.put(self._job.target(self._index), [judgement.document()], arrived)

    def _say(
        self, judgement: Judgement | None = None, reason: str = "", *, ok: bool = False, ignored: bool = False
    ) -> None:
        end = perf_counter()
        seconds, phases = end - self._at.began, self._at.phases(end)
        if judgement is None:
            result = Result(self._index, ok, ignored, "", False, "", "", seconds, phases)
        else:
            kind = "USER" if judgement.verdict.origin == failure.USER else "SYSTEM"
            code = judgement.code[:_CODE_LIMIT]
            result = Result(self._index, ok, ignored, kind, judgement.recoverable, code, reason, seconds, phases)
        self._report(result)
