"""A run of many elements, start to end."""

from __future__ import annotations

import gc

from wingbeat import storage
from wingbeat.runtime import environment, execution, failure, log, phases
from wingbeat.runtime.many import apart, resume, selection, source, uncovered
from wingbeat.runtime.many.ledger import Ledger
from wingbeat.runtime.many.outcome import Outcome
from wingbeat.runtime.many.pool import Pool, PoolError
from wingbeat.runtime.many.progress import Progress
from wingbeat.runtime.many.stop import Stop
from wingbeat.runtime.many.summary import Summary
from wingbeat.runtime.many.writing import settle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from wingbeat.runtime.invocation import Invocation
    from wingbeat.runtime.many.collect import Collector
    from wingbeat.runtime.many.options import Options
    from wingbeat.runtime.many.selection import Selection
    from wingbeat.runtime.many.source import Job

#: What a user has asked for and cannot have: said in one line, without a traceback.
_REFUSED = (selection.SelectionError, source.ElementsError, resume.OccupiedError)
_PREVIEW = 200


def run(invocation: Invocation, options: Options) -> int:
    """Run the elements; the result is the exit status of the process (see `Outcome.exit_status`).

    Nothing is run, and nothing written, if the task cannot be set up, the elements are none, or the prefix is taken.
    """
    if environment.flytekit() == "flytekit":
        phases.note(outcome="failed")
        log.error(f"WINGBEAT_FLYTEKIT=flytekit asks for flytekit; {uncovered.REASON}")
        return 1
    at = execution.Steps()
    job = None
    try:
        job = source.load(at, invocation)
        if job is None:
            return 0
        elements = selection.parse(options.elements, job.count)
        phases.note(task=job.task)
        at.begin("read", "prepare")
        if not options.resume:
            refuse(invocation.output_prefix, elements)
        if options.collect is not None:
            job.collector = make_collector(job)
        with Stop(options.grace) as stop:
            ledger = open_ledger(job, elements, options)
            left = keep_finished(job, elements, ledger) if options.resume else elements
            phases.begin("elements")
            try:
                work(job, left, options, ledger, stop)
            except (PoolError, OSError) as error:  # what has been done is worth a summary
                ledger.problem(f"{type(error).__name__}: {error}")
            ledger.outcome.signal = stop.signal
            return close(job, elements, options, ledger)
    except _REFUSED as error:
        phases.note(outcome="failed", error=type(error).__name__)
        log.error(str(error))
        return 1
    except BaseException as error:
        failed = uncovered.reportable(error)
        if not isinstance(failed, Exception):
            raise
        phases.note(outcome="failed", error=type(failed).__name__)
        failure.judge(failed, at.step, None)
        return 1
    finally:
        if job is not None and job.collector is not None:
            job.collector.close()


def refuse(output_prefix: str, elements: Selection) -> None:
    """`resume.refuse`; where threads are needed for that, in a process that may have some."""
    if storage.local_path(output_prefix) is not None:
        resume.refuse(output_prefix, elements)
    else:
        apart.begin(lambda: resume.refuse(output_prefix, elements))()


def make_collector(job: Job) -> Collector:
    """What gathers the outputs, in the folder for temporary files."""
    from wingbeat.runtime.many.collect import Collector
    from wingbeat.runtime.workspace import sandbox

    return Collector(job.task.python_interface.outputs, sandbox())


def open_ledger(job: Job, elements: Selection, options: Options) -> Ledger:
    """Where results go."""
    outcome = Outcome(len(elements), options.min_success_ratio, options.max_failures)
    text = str(elements)
    summary = Summary(
        outcome,
        task=job.task.name,
        elements=text if len(text) <= _PREVIEW else f"{text[:_PREVIEW]}…",
        jobs=options.jobs,
        concurrency=options.concurrency,
    )
    return Ledger(outcome, summary, Progress(options.progress, outcome), job.collector)


def keep_finished(job: Job, elements: Selection, ledger: Ledger) -> Selection:
    """The elements that are left to run, when what an earlier run has left whole is kept."""
    outputs = job.task.python_interface.outputs
    finished = resume.finished(job.prefixes.output, elements, outputs, ledger.skip)
    return elements.without(index for index in elements if index in finished)


def work(job: Job, elements: Selection, options: Options, ledger: Ledger, stop: Stop) -> None:
    """Run elements until all are through, too many have failed, or a signal says so."""
    with Pool(
        job, elements, options.jobs, options.concurrency, options.element_timeout, isolate=options.isolate
    ) as pool:
        pool.watch(stop.arrived)
        for result in pool.results():
            if result is None:
                ledger.progress.tick()
            else:
                ledger.take(result)
            if stop.signal is not None:
                stop.seen()
                pool.stop()
                if stop.overdue:
                    pool.abandon()
            elif ledger.outcome.hopeless:
                pool.stop()


def close(job: Job, elements: Selection, options: Options, ledger: Ledger) -> int:
    """Make sure of what was written, write what is about all elements, and say how it went."""
    outcome, prefix = ledger.outcome, job.prefixes.output
    phases.begin("summary")
    try:
        settle(prefix)
        if job.collector is not None and outcome.word == "succeeded":
            assert options.collect is not None
            write_collected(job.collector, elements, storage.join(prefix, options.collect))
            ledger.summary.collected = options.collect
    except storage.StorageError as error:
        ledger.problem(str(error))
    try:
        ledger.summary.write(prefix)
    except storage.StorageError as error:
        ledger.problem(str(error))
    phases.note(outcome=outcome.word, elements=outcome.run)
    ledger.progress.end()
    gc.freeze()  # the end of the process need not look at all that is there
    return outcome.exit_status


def write_collected(collector: Collector, elements: Selection, target: str) -> None:
    """Write the outputs of all elements as one literal map.

    Raises:
        StorageError: they could not be gathered, or written.
    """
    from wingbeat.runtime.many.collect import CollectError
    from wingbeat.storage import transfer

    try:
        transfer.write_chunks(target, collector.chunks(elements))
    except (CollectError, OSError) as error:
        raise storage.StorageError("write", target, str(error)) from error
