"""Workers that begin as new interpreters and load the task themselves, where this process cannot be copied."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys

from wingbeat.runtime import execution, log
from wingbeat.runtime.invocation import Invocation
from wingbeat.runtime.many import source, worker
from wingbeat.runtime.many.board import Board, memory
from wingbeat.runtime.many.forking import Forking
from wingbeat.runtime.many.line import Line
from wingbeat.runtime.many.process import Process

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

    from wingbeat.runtime.many.source import Job

_PACKAGES = "_F_RUNTIME_PACKAGES"
#: What a worker needs of the command line.
_FIELDS = tuple(name for name in Invocation.__slots__ if name != "many")


#: Whether this process is a worker that is importing the user's module.
is_loading = False


class SpawnError(Exception):
    """This process can neither be copied, nor can another load the task."""


class Spawning(Forking):
    """Starts workers as new processes.

    Args:
        reason: Why this process is not copied instead.

    Raises:
        SpawnError: the job does not say how another process can find the task.
    """

    threads = True

    def __init__(
        self, job: Job, line: Line, board: Board, concurrency: int, timeout: float | None, reason: str
    ) -> None:
        super().__init__(job, line, board, concurrency, timeout)
        if job.invocation is None:
            raise SpawnError(
                f"workers cannot be forked, because {reason}, and new processes cannot load the task, because it is "
                "not in a module that they could import: put it into a file of its own"
            )
        log.info(f"Workers begin as new processes and are not forked: {reason}")
        self._document = written(job.document)

    def start(self, number: int, folder: str, elements: int | None) -> Process:
        """Start the worker of a row: see `Forking.start`."""
        stacks = memory(0)
        line = self._line.for_worker
        assert self._job.invocation is not None
        setup = written(
            pickle.dumps(
                {
                    "path": sys.path,
                    "arguments": sys.argv,
                    "invocation": {name: getattr(self._job.invocation, name) for name in _FIELDS},
                    "document": self._document,
                    "collector": self._job.collector,
                    "line": line,
                    "board": (*self._board.shape, self._board.descriptor),
                    "place": (number, folder, stacks, elements),
                    "way": (self._concurrency, self._timeout),
                }
            )
        )
        shared = [one for one in (*line, self._board.descriptor, self._document, stacks, setup) if one >= 0]
        flags = subprocess._args_from_interpreter_flags()  # type: ignore[attr-defined] # as multiprocessing does
        program = f"from wingbeat.runtime.many.spawning import begin; begin({setup})"
        try:
            for descriptor in shared:
                os.set_inheritable(descriptor, True)
            command = [sys.executable, *flags, "-c", program]
            pid = os.posix_spawn(sys.executable, command, os.environ, setpgroup=0)
        finally:
            for descriptor in shared:
                os.set_inheritable(descriptor, False)
            os.close(setup)
        return Process(pid, number, folder, stacks)


def written(data: bytes) -> int:
    """The descriptor of a file with this content."""
    descriptor = memory(0)
    with open(descriptor, "wb", closefd=False) as file:
        file.write(data)
    return descriptor


def read(descriptor: int) -> bytes:
    """All of a file that others may be reading too."""
    return os.pread(descriptor, os.fstat(descriptor).st_size, 0)


def begin(setup: int) -> NoReturn:
    """Be a worker: the whole program of its process."""
    given = pickle.loads(read(setup))  # noqa: S301 our own
    sys.path[:] = given["path"]
    sys.argv = given["arguments"]
    number, folder, stacks, elements = given["place"]
    place = worker.Place(number, Line(given["line"]), Board(*given["board"]), folder, stacks, elements)
    worker.main(lambda: worker.make(load(given), place, *given["way"]), place)


def load(given: dict[str, Any]) -> Job:
    """The job."""
    global is_loading
    is_loading = True
    packages = os.environ.pop(_PACKAGES, None)  # they are installed by now
    try:
        job = source.load(execution.Steps(), Invocation(**given["invocation"]), read(given["document"]))
    finally:
        is_loading = False
        if packages is not None:
            os.environ[_PACKAGES] = packages
    assert job is not None
    job.collector = given["collector"]
    return job
