"""Writes error.pb for elements whose process has ended without an outcome."""

from __future__ import annotations

from wingbeat import storage
from wingbeat.runtime import context
from wingbeat.runtime.many.element import Element
from wingbeat.runtime.many.writing import Writer
from wingbeat.storage import transfer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from wingbeat.runtime.many.death import Death
    from wingbeat.runtime.many.result import Result
    from wingbeat.runtime.many.source import Job


def report(job: Job, index: int, death: Death, seconds: float) -> Result:
    """Write error.pb for an element, and say what has become of it; its process was at it for so many seconds.

    One that left whole outputs just before is well.
    """
    before = context.replaced_context()
    results: list[Result] = []
    element = Element(job, index, Writer(), results.append)
    context.become(element.parameters)
    try:
        if left_outputs(job, index):
            element.settle()
        else:
            element.settle(*death.judge(index, job.task))
    finally:
        context.become(before)
    (result,) = results
    result.seconds = seconds
    return result


def left_outputs(job: Job, index: int) -> bool:
    """Whether outputs.pb is there."""
    try:
        return transfer.exists(storage.join(job.target(index), "outputs.pb"))
    except storage.StorageError:
        return False
