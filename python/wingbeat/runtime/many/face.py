"""`wingbeat.map_elements`: many elements of a task from Python, by the workers of `wingbeat-map-execute --elements`."""

from __future__ import annotations

import os
import shutil
import sys

from wingbeat import storage
from wingbeat._core import literal_map
from wingbeat.authoring.naming import extract_task_module
from wingbeat.errors import OffloadedLiteralError
from wingbeat.runtime import context, map_task
from wingbeat.runtime.invocation import DEFAULT_RESOLVER, Invocation
from wingbeat.runtime.many.pool import Pool
from wingbeat.runtime.many.selection import Selection, SelectionError, parse
from wingbeat.runtime.many.source import Job, Prefixes
from wingbeat.runtime.workspace import sandbox
from wingbeat.types.codec import Codec, InterfaceCodec

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from typing import Any

    from wingbeat.runtime.many.result import Result

_MAP_RESOLVER = "flytekit.core.array_node_map_task.ArrayNodeMapTaskResolver"


class ElementError(Exception):
    """An element has failed.

    `index` says which one. `kind` (`USER` or `SYSTEM`), `code` and `recoverable` are what Flyte would be told;
    `message` is the whole of it, with the traceback.
    """

    def __init__(self, index: int, kind: str, code: str, recoverable: bool, reason: str, message: str) -> None:
        super().__init__(f"element {index}: {reason}")
        self.index = index
        self.kind = kind
        self.code = code
        self.recoverable = recoverable
        self.message = message


class ElementResult:
    """What has become of one element.

    `value` is what the task has returned, as the next task would read it; None if it failed, raised `IgnoreOutputs`
    (then `ignored`), or returns nothing. `error` is why it failed.
    """

    __slots__ = ("error", "ignored", "index", "value")

    def __init__(
        self, index: int, value: Any = None, error: ElementError | None = None, *, ignored: bool = False
    ) -> None:
        self.index = index
        self.value = value
        self.error = error
        self.ignored = ignored

    def __repr__(self) -> str:
        end = f"error={self.error!r}" if self.error else "ignored=True" if self.ignored else f"value={self.value!r}"
        return f"ElementResult(index={self.index}, {end})"

    def get(self) -> Any:
        """The value. Raises the error, if there is one."""
        if self.error is not None:
            raise self.error
        return self.value


def map_elements(
    task: Any,
    inputs: Mapping[str, Any] | bytes | str | os.PathLike[str],
    elements: Iterable[int] | str | None = None,
    jobs: int = 1,
    *,
    bound: Collection[str] = (),
    concurrency: int = 1,
    element_timeout: float | None = None,
    isolate: bool = False,
) -> Iterator[ElementResult]:
    """Run a task once for each element of lists, in worker processes, and yield results as they come, in any order.

    Each element has a context of its own, as in a container of its own: index, working directory, raw output prefix
    (below that of the caller). What a worker's death, or `sys.exit`, costs is the element that it was running. Leaving
    the iteration early ends the workers. Nothing is left behind but what values refer to.

        >>> for result in map_elements(double, {"a": [1, 2, 3]}, jobs=2):  # doctest: +SKIP
        ...     print(result.index, result.get())

    Args:
        task: A task with at most one output.
        inputs: The value of each input: a list with one for each element, or, of those in `bound`, the one for all.
            Or a serialized literal map of that, or the location of a file with one.
        elements: Which ones, as indices or as text such as `0:100,200`; by default all.
        jobs: How many workers.
        bound: The inputs that are the same for all elements.
        concurrency: How many elements each worker runs at a time, if the task is an `async def`.
        element_timeout: Seconds that an element may take.
        isolate: Whether each element has a process of its own, forked from this one.

    Raises:
        TypeError, ValueError: inputs are missing, unknown, of different lengths, or do not fit their types; an element
            is not there; a number is too small; the task has several outputs.
        StorageError: the inputs cannot be read.
        PoolError, OSError: from the iteration, if no worker can be had.
    """
    for name, number in (("jobs", jobs), ("concurrency", concurrency)):
        if number < 1:
            raise ValueError(f"{name} is {number}, expected 1 or more")
    if isolate and concurrency > 1:
        raise ValueError("isolate gives each element a process, concurrency puts several into one: choose one")
    outputs = task.python_interface.outputs
    if len(outputs) > 1:
        raise ValueError(f"Only tasks with a single output can be mapped: {task.name} has {', '.join(outputs)}")
    document = read(task, inputs, bound)
    here = context.process_context()
    folder = os.path.join(sandbox(), f"flyte-elements-{os.urandom(8).hex()}")
    raw = storage.join(here.raw_output_prefix, os.urandom(16).hex())
    job = Job(map_task.Mapped(task, bound), bound, document, Prefixes(folder, raw), here)
    job.invocation = invocation_of(task, bound, folder, raw)
    chosen = select(elements, job.count)
    return results(job, folder, lambda: Pool(job, chosen, jobs, concurrency, element_timeout, isolate=isolate))


def read(task: Any, inputs: Any, bound: Collection[str]) -> bytes:
    """The inputs as a literal map."""
    if isinstance(inputs, bytes):
        return inputs
    if isinstance(inputs, (str, os.PathLike)):
        return storage.read(os.fspath(inputs))
    hints = task.python_interface.inputs
    for problem, names in (
        ("has no input", [name for name in (*inputs, *bound) if name not in hints]),
        ("is not given its input", [name for name in hints if name not in inputs]),
    ):
        if names:
            raise TypeError(f"task {task.name} {problem} {', '.join(map(repr, names))}")
    literals = {}
    for name, hint in hints.items():
        codec: Codec[Any] = Codec(hint if name in bound else list[hint])  # type: ignore[valid-type] # known at run time
        literals[name] = codec.encode(inputs[name] if name in bound else list(inputs[name]))
    return literal_map(literals)


def select(elements: Iterable[int] | str | None, count: int) -> Selection:
    """The elements to run; unlike those of a command, they may be none."""
    if elements is None:
        return Selection([(0, count)])
    if isinstance(elements, str):
        return parse(elements, count)
    chosen = Selection((index, index + 1) for index in elements)
    if chosen and not 0 <= chosen[0] <= chosen[-1] < count:
        wrong = chosen[0] if chosen[0] < 0 else chosen[-1]
        raise SelectionError(f"there is no element {wrong}; there are {count}")
    return chosen


def invocation_of(task: Any, bound: Collection[str], folder: str, raw: str) -> Invocation | None:
    """How workers find the task that cannot be copied from this process; None if they cannot: it is in a notebook.

    Raises:
        RuntimeError: this process is such a worker, and the module of its task has come back to where it began.
    """
    spawning = sys.modules.get("wingbeat.runtime.many.spawning")
    if spawning is not None and spawning.is_loading:
        raise RuntimeError(
            "map_elements is called while the module of its own task is imported; call it in a function, or below "
            "`if __name__ == '__main__':`"
        )
    _, module, variable, _ = extract_task_module(task)
    if not module or not is_importable(module):
        return None
    inner = ("task-module", module, "task-name", variable)
    return Invocation(
        inputs="",
        output_prefix=folder,
        raw_output_data_prefix=raw,
        resolver=_MAP_RESOLVER,
        resolver_args=("vars", ",".join(bound), "resolver", DEFAULT_RESOLVER, *inner),
        test=False,
    )


def is_importable(module: str) -> bool:
    """Whether another process will find a module: what was typed into an interpreter is in none."""
    from importlib.util import find_spec

    try:
        return find_spec(module) is not None
    except (ImportError, ValueError):
        return False


def results(job: Job, folder: str, make: Callable[[], Pool]) -> Iterator[ElementResult]:
    """What becomes of elements, as it does. Their files are in `folder` until then."""
    codec = InterfaceCodec(job.task.python_interface.outputs)
    try:
        with make() as pool:
            for result in pool.results():
                if result is not None:
                    own = os.path.join(folder, str(result.index))
                    yield converted(result, own, codec)
                    shutil.rmtree(own, ignore_errors=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def converted(result: Result, folder: str, codec: InterfaceCodec) -> ElementResult:
    """A result, with what the element has left in its folder."""
    index = result.index
    if result.ok:
        document = storage.read(os.path.join(folder, "outputs.pb"))
        try:
            values = codec.decode(document)
        except OffloadedLiteralError:
            from wingbeat.runtime import offloaded_inputs

            values = codec.decode(offloaded_inputs.fetch(document, None, ()))
        return ElementResult(index, next(iter(values.values()), None))
    if result.ignored:
        return ElementResult(index, ignored=True)
    message = message_of(folder) or result.reason
    error = ElementError(index, result.kind, result.code, result.recoverable, result.reason, message)
    return ElementResult(index, error=error)


def message_of(folder: str) -> str:
    """What error.pb says; empty if there is none, because it could not be written."""
    from wingbeat.idl import plain

    for name in os.listdir(folder) if os.path.isdir(folder) else ():
        if name.startswith("error"):
            return str(plain.error_document(storage.read(os.path.join(folder, name)))["message"])
    return ""
