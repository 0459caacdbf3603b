"""What all elements of a run have in common: made once, before workers are forked."""

from __future__ import annotations

import os

from wingbeat import storage
from wingbeat.runtime import context, execution, map_task
from wingbeat.runtime.inputs import InputCodec
from wingbeat.runtime.many import apart
from wingbeat.runtime.many.randomness import Randomness
from wingbeat.runtime.outputs import OutputCodec

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from typing import Any

    from wingbeat._core import Elements
    from wingbeat.runtime.context import ExecutionParameters
    from wingbeat.runtime.invocation import Invocation
    from wingbeat.runtime.many.collect import Collector


class ElementsError(ValueError):
    """The inputs have no elements, or cannot tell how many."""


class Prefixes:
    """Where the files of a run go; each element has a folder of its own in each.

    Args:
        output: `--output-prefix`.
        raw: `--raw-output-data-prefix`.
        checkpoint: `--checkpoint-path`, or None.
        previous: `--prev-checkpoint`, or None.
    """

    __slots__ = ("checkpoint", "output", "previous", "raw", "target")

    def __init__(self, output: str, raw: str, checkpoint: str | None = None, previous: str | None = None) -> None:
        self.output = storage.join(output, "")
        path = storage.local_path(output)
        #: The same as `output` wherever an element may have changed to.
        self.target = self.output if path is None else os.path.join(os.path.abspath(path), "")
        self.raw = storage.join(raw, "")
        self.checkpoint = checkpoint and storage.join(checkpoint, "")
        self.previous = previous and storage.join(previous, "")


class Job:
    """A task, the inputs of all its elements, and where their files go.

    Args:
        task: The mapped task.
        bound: The inputs that are the same for all elements.
        document: The inputs, a serialized literal map. What is stored elsewhere for all elements is fetched.
        prefixes: Where files go.
        run: The execution that the elements are part of.
        randomness: What random numbers elements are to find; by default as if the task had been imported now.

    Raises:
        TypeTransformerFailedError, MalformedLiteralError, StorageError: the inputs cannot be read.
        ElementsError: there is no list of elements, or several of different lengths.
    """

    def __init__(
        self,
        task: Any,
        bound: Collection[str],
        document: bytes,
        prefixes: Prefixes,
        run: ExecutionParameters,
        randomness: Randomness | None = None,
    ) -> None:
        self.task = task
        self.bound = bound
        self.prefixes = prefixes
        self.run = run
        self.randomness = randomness or Randomness()
        self.reader = InputCodec(task)
        self.writer = OutputCodec(task)
        #: The command line that the job is of; None if it is of none.
        self.invocation: Invocation | None = None
        #: Keeps the outputs of elements for `--collect`.
        self.collector: Collector | None = None
        self.document, self.elements = self.reader.find_elements(document, bound)
        self.count = count_of(self.elements, task)

    def output_prefix(self, index: int) -> str:
        """The output prefix of an element, as a process of its own would be given it."""
        return f"{self.prefixes.output}{index}"

    def target(self, index: int) -> str:
        """The same place, for whoever writes."""
        return f"{self.prefixes.target}{index}"

    def parameters(self, index: int) -> ExecutionParameters:
        """The execution of one element, as `current_context()` shows it."""
        prefixes, run = self.prefixes, self.run
        made = context.ExecutionParameters(
            execution_id=run.execution_id,
            task_id=run.task_id,
            raw_output_prefix=f"{prefixes.raw}{index}",
            output_metadata_prefix=f"{prefixes.output}{index}",
        )
        if prefixes.checkpoint is not None:
            previous = None if prefixes.previous is None else f"{prefixes.previous}{index}"
            made._checkpoint_paths = f"{prefixes.checkpoint}{index}", previous
        made.map_index = index
        return made

    def decode(self, index: int) -> dict[str, Any]:
        """The arguments of one element. For the errors see `InputCodec.decode`."""
        return self.reader.decode(self.document, index, self.bound, self.elements)


def count_of(elements: Elements, task: Any) -> int:
    """How many elements there are."""
    counts = elements.counts()
    if not counts:
        inputs = ", ".join(task.python_interface.inputs) or "there are none"
        raise ElementsError(
            f"task {task.name} has no list of elements among its inputs ({inputs}): all are the same for every element"
        )
    if len(set(counts.values())) > 1:
        found = ", ".join(f"{name} has {count}" for name, count in counts.items())
        raise ElementsError(f"the lists of elements differ in length: {found}")
    count: int = next(iter(counts.values()))
    return count


class ManyPlan(execution.Plan):
    """A run of many elements: as of any task, and what is decoded of the inputs is each element's own affair."""

    def find_resolver(self) -> Any:
        """The resolver of the map task."""
        return map_task.find_resolver(self.invocation.resolver, self.invocation.resolver_args)

    def load_task(self, resolver: Any) -> Any:
        """The mapped task."""
        task = map_task.load(resolver, self.invocation.resolver_args, self.invocation.max_concurrency)
        self.bound = task.bound_inputs
        return task


def fetch(uri: str) -> Callable[[], bytes]:
    """Begin to read the inputs; call the result to wait for them. This process stays without threads."""
    if storage.local_path(uri) is not None:
        return lambda: storage.read(uri)
    return apart.begin(lambda: storage.read(uri))


def load(at: execution.Steps, invocation: Invocation, document: bytes | None = None) -> Job | None:
    """The job that a command line asks for; None if it asks for a dry run.

    Args:
        at: Told of the steps, for whoever reports a failure.
        invocation: The command line.
        document: The inputs, if they have been fetched already.

    Raises:
        Exception: any that the set-up of a single run may raise; and as `Job`.
        NotCovered: the module needs more of flytekit than there is.
    """
    plan = ManyPlan(invocation)
    parameters, resolver = execution.set_up(plan)
    if invocation.test:
        return None
    fetching = fetch(invocation.inputs) if document is None else None
    randomness = Randomness()
    at.begin("load", "import")
    task = plan.load_task(resolver)
    randomness.note()
    at.begin("read", "fetch")
    data = document if fetching is None else fetching()
    assert data is not None
    at.begin("decode")
    prefixes = Prefixes(
        invocation.output_prefix,
        execution.raw_output_prefix(invocation),
        invocation.checkpoint_path,
        invocation.prev_checkpoint,
    )
    job = Job(task, plan.bound, data, prefixes, parameters, randomness)
    execution.demand_covered()
    job.invocation = invocation
    return job
