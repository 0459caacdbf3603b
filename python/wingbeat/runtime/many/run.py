"""A run of many elements, start to end."""

from __future__ import annotations

from wingbeat.runtime import execution, failure
from wingbeat.runtime.many import selection, source
from wingbeat.runtime.many.element import Element
from wingbeat.runtime.many.isolation import Isolation
from wingbeat.runtime.many.outcome import Outcome
from wingbeat.runtime.many.writing import Writer, settle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from wingbeat.runtime.invocation import Invocation
    from wingbeat.runtime.many.options import Options


def run(invocation: Invocation, options: Options) -> int:
    """Run the elements; the result is the exit status of the process: 0 if as many succeeded as must, else 1."""
    at = execution.Steps()
    try:
        job = source.load(at, invocation)
        if job is None:
            return 0
        elements = selection.parse(options.elements, job.count)
    except Exception as error:  # noqa: BLE001 whatever a step raises, the table knows it
        failure.judge(error, at.step, None)
        return 1
    outcome = Outcome(len(elements), options.min_success_ratio, options.max_failures)
    writer = Writer()
    isolation = Isolation(job.randomness)
    for index in elements:
        Element(job, index, writer, outcome.take).run()
        isolation.restore()
    settle(invocation.output_prefix)
    return 0 if outcome.failed <= outcome.allowed else 1
