"""Many runs of one task in this process, on a store that fails; then what is in the store goes to a folder.

`python -m tests.faults.flaky_runs COUNT SHARE FOLDER` prints the exit statuses, how many requests there were, and how
many of them failed.
"""

from __future__ import annotations

import itertools
import json
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import fsspec

from tests.runtime.process import task_arguments
from tests.stores.faulty import FaultyStore, ServerError
from wingbeat.runtime import execution
from wingbeat.runtime.invocation import parse

#: What a store, or the network before it, may say. After the last two it has done what it was asked for.
ERRORS: list[Callable[[], BaseException]] = [
    lambda: ServerError(503),
    lambda: ServerError(429, Retry_After="0"),
    lambda: ServerError(500),
    lambda: TimeoutError("timed out"),
    lambda: ConnectionResetError(104, "Connection reset by peer"),
]


class FlakyStore(FaultyStore):
    """Fails by chance: before a file is transferred, after it was, or in the middle of a download."""

    chance: ClassVar[random.Random] = random.Random(20)
    share: ClassVar[float] = 0.0
    failed: ClassVar[int] = 0

    def fault(self, call: str, path: str) -> Any:
        self.calls.append((call, path))
        if self.chance.random() >= self.share:
            return None
        type(self).failed += 1
        error = self.chance.choice(ERRORS)()
        if call == "get" and self.chance.random() < 0.3:
            return lambda data: data[: len(data) // 2]
        if call == "write" and self.chance.random() < 0.3:
            return error
        raise error

    def pipe_file(self, path: str, value: bytes, **more: Any) -> None:
        error = self.fault("write", path)
        super(FaultyStore, self).pipe_file(path, value, **more)
        if error is not None:
            raise error


def main() -> None:
    count, share, folder = int(sys.argv[1]), float(sys.argv[2]), Path(sys.argv[3])
    fsspec.register_implementation("faulty", FlakyStore, clobber=True)
    store = fsspec.filesystem("faulty")
    for name in ("inputs-3.pb", "given.txt"):
        store.pipe_file(f"/{name}", folder.joinpath(name).read_bytes())
    FlakyStore.calls.clear()
    FlakyStore.share = share
    statuses = [execution.run(parse(arguments(number))) for number in range(count)]
    FlakyStore.share = 0.0
    print(json.dumps({"statuses": statuses, "requests": len(FlakyStore.calls), "failed": FlakyStore.failed}))
    for path in store.find("/"):
        target = folder / "store" / path.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(store.cat_file(path))


def arguments(number: int) -> list[str]:
    names = {"inputs": "inputs-3.pb", "output-prefix": f"out-{number}", "raw-output-data-prefix": f"raw-{number}"}
    options = itertools.chain(f"--{option}=faulty://{name}" for option, name in names.items())
    return [*options, *task_arguments("user_code", "passes_on")]


if __name__ == "__main__":
    main()
