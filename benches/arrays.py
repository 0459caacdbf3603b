"""Numbers of a literal into an array: `python -m benches.arrays` prints `list direct` in seconds for each kind."""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import time
from functools import partial
from typing import TYPE_CHECKING, Any

from benches import samples
from benches.goal import Goal, against

if TYPE_CHECKING:
    from collections.abc import Callable

COUNT = 1_000_000
ROUNDS = 7
KINDS = ("float", "int")


def row() -> str:
    """The row of the table."""
    command = [sys.executable, "-m", "benches.arrays"]
    done = subprocess.run(
        command, cwd=samples.ROOT, env=samples.environment(), stdout=subprocess.PIPE, text=True, check=True
    )
    texts, ours = [], []
    for kind, (through_list, direct) in json.loads(done.stdout).items():
        value = statistics.median(a / b for a, b in zip(through_list, direct, strict=True))
        texts.append(f"{against(value, Goal('≥', 5))} faster than a list of `{kind}` and `np.array`")
        ours.append(f"{statistics.median(direct) * 1e3:.1f} ms")
    work = f"{COUNT:,} numbers of a collection into an array, `float` and `int`"
    return f"| {work} | {', '.join(ours)} | {'; '.join(texts)} | – |"


def main() -> None:
    """Measure both ways in turns."""
    import numpy as np

    from wingbeat import Codec

    drawn = random.Random(0)
    values: dict[str, list[Any]] = {
        "float": [drawn.random() for _ in range(COUNT)],
        "int": [drawn.randrange(10**9) for _ in range(COUNT)],
    }
    array = Codec(np.ndarray)
    found = {}
    for kind in KINDS:
        plain = Codec(list[float] if kind == "float" else list[int])
        data = plain.encode(values[kind])
        if not np.array_equal(array.decode(data), np.array(values[kind])):
            raise SystemExit(f"the array of {kind} is not the list")
        ways = (partial(through_list, plain, data), partial(array.decode, data))
        turns = [[timed(way) for way in ways] for _ in range(ROUNDS)]
        found[kind] = list(zip(*turns, strict=True))
    print(json.dumps(found))


def through_list(codec: Any, data: bytes) -> Any:
    """The usual way."""
    import numpy as np

    return np.array(codec.decode(data))


def timed(work: Callable[[], Any]) -> float:
    """Seconds of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
