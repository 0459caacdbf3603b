"""Numbers of a literal into an array, once in a fresh process, as a task does it.

`python -m benches.arrays KIND WAY` prints the seconds that it took.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from statistics import median
from typing import Any

from benches import samples
from benches.goal import Goal, against
from benches.launch import warm_memory
from benches.samples import Sample

COUNT = 1_000_000
KINDS = ("float", "int")
WAYS = ("direct", "list")


def row(rounds: int) -> str:
    """The row of the table."""
    texts, ours = [], []
    for kind in KINDS:
        runs: dict[str, list[Sample]] = {way: [] for way in WAYS}
        for turn in range(rounds):
            for way in WAYS if turn % 2 else reversed(WAYS):
                runs[way].append(Sample(measured(kind, way), COUNT, 0))
        value = samples.ratio(runs["list"], runs["direct"])
        texts.append(f"{against(value, Goal('≥', 5))} faster than a list of `{kind}` and `np.array`")
        ours.append(f"{median(run.seconds for run in runs['direct']) * 1e3:.1f} ms")
    work = f"{COUNT:,} numbers of a collection into an array, `float` and `int`"
    return f"| {work} | {', '.join(ours)} | {'; '.join(texts)} | – |"


def measured(kind: str, way: str) -> float:
    """Seconds of one conversion, in a process of its own."""
    command = [sys.executable, "-m", "benches.arrays", kind, way]
    warm_memory()
    done = subprocess.run(
        command, cwd=samples.ROOT, env=samples.environment(), stdout=subprocess.PIPE, text=True, check=True
    )
    return float(done.stdout)


def main(kind: str, way: str) -> None:
    """Measure and print."""
    import numpy as np

    from wingbeat import Codec

    drawn = random.Random(0)
    values: list[Any] = [drawn.random() if kind == "float" else drawn.randrange(10**9) for _ in range(COUNT)]
    plain = Codec(list[float] if kind == "float" else list[int])
    data = plain.encode(values)
    few = plain.encode(values[:3])
    expected = np.array(values)
    del values
    decode = Codec(np.ndarray).decode if way == "direct" else lambda literal: np.array(plain.decode(literal))
    decode(few)  # what is loaded on first use is loaded now
    start = time.perf_counter()
    found = decode(data)
    seconds = time.perf_counter() - start
    if not np.array_equal(found, expected):
        raise SystemExit(f"the array of {kind} is not the list")
    print(seconds)


if __name__ == "__main__":
    main(*sys.argv[1:])
