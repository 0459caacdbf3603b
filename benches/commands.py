"""Whole commands beside each other, in turns: what is run, and the row of the table that it becomes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benches import samples
from benches.goal import MB, Goal, against
from benches.samples import Sample

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LAUNCHER = Path(__file__).with_name("launch.py")
BIN = Path(sys.executable).parent
HEADER = "| work | wingbeat | compared with | peak memory |\n|---|---|---|---|"


class Other(NamedTuple):
    """What wingbeat's command is compared with.

    `slower` says whether the goal bounds how many times slower it is than wingbeat, or how many times faster.
    """

    name: str
    command: list[str]
    goal: Goal | None
    slower: bool = True
    times: int = 0


class Work(NamedTuple):
    """One command of wingbeat's, and what it is compared with.

    `memory` bounds its peak, in MB. `proof` are the files that the commands leave: a task that fails may end well.
    """

    name: str
    command: list[str]
    others: list[Other]
    environment: Mapping[str, str]
    memory: float | None = None
    proof: Sequence[Path] = ()


def row(work: Work, folder: Path, rounds: int) -> str:
    """Measure, and say it in a row."""
    texts = []
    ours: list[Sample] = []
    for path in work.proof:
        path.unlink(missing_ok=True)
    for other in work.others:
        launch(folder, 1, work.command, other.command, work.environment)  # bytecode and page caches are filled
        here, there = launch(folder, other.times or rounds, work.command, other.command, work.environment)
        ours += here
        value = samples.ratio(there, here) if other.slower else samples.ratio(here, there)
        word = "faster than" if other.slower else "the time of"
        texts.append(f"{against(value, other.goal)} {word} {other.name} ({seconds(there)}, {megabytes(there)})")
    missing = [str(path) for path in work.proof if not path.exists()]
    if missing:
        raise SystemExit(f"{work.name}: not written: {', '.join(missing)}")
    peak = megabytes(ours)
    if work.memory is not None:
        peak += f" ({Goal('≤', work.memory).judge(samples.memory(ours) / MB)})"
    return f"| {work.name} | {seconds(ours)} | {'; '.join(texts)} | {peak} |"


def seconds(runs: list[Sample]) -> str:
    """The time of a run."""
    value = samples.time(runs) / 1e9
    return f"{value:.1f} s" if value >= 1 else f"{value * 1e3:.1f} ms"


def megabytes(runs: list[Sample]) -> str:
    """The peak of a run."""
    return f"{samples.memory(runs) / MB:.0f} MB"


def launch(
    folder: Path, rounds: int, first: list[str], second: list[str], environment: Mapping[str, str]
) -> tuple[list[Sample], list[Sample]]:
    """Run both commands in turns."""
    launcher = [samples.PYTHON, "-I", "-S", str(LAUNCHER), str(rounds), *first, "---", *second]
    own = samples.environment()
    del own["PYTHONPATH"]
    own.update(environment)
    done = subprocess.run(launcher, cwd=folder, env=own, stdout=subprocess.PIPE, text=True, check=True)
    runs: tuple[list[Sample], list[Sample]] = ([], [])
    for line in done.stdout.splitlines():
        index, wall, peak = line.split()
        runs[int(index)].append(Sample(float(wall), 1, int(peak) * 1024))
    return runs
