"""Decoding and encoding of large values, each run in a fresh process, the sides in turns."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, NamedTuple

from benches import data, samples
from benches.samples import Sample

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

#: The slow sides convert this many values; what is compared is the time of one.
FEW = 20_000
SLOW = ("reference", "flytekit")
SIDES = ("wingbeat", "msgspec", "reference", "flytekit")


class Result(NamedTuple):
    """One case in one direction: the runs of every side, and sizes in bytes where the result is a flat list."""

    case: str
    direction: str
    values: int
    runs: dict[str, list[Sample]]
    input_size: int
    result_size: int


def measure(
    folder: Path, cases: Iterable[data.Case], rounds: int, scale: int, report: Callable[[str], None]
) -> list[Result]:
    """All cases, both ways. `scale` divides the number of values."""
    results = []
    for number, case in enumerate(cases):
        values = case.values // scale
        few = min(values, FEW)
        report(f"{case.name}: preparing {values:,} values")
        files = {"fast": folder / f"{number}-fast", "slow": folder / f"{number}-slow"}
        python(samples.PYTHON, "prepare", case.name, str(values), str(files["fast"]))
        python(samples.PYTHON, "prepare", case.name, str(few), str(files["slow"]))
        for direction in ("decode", "encode"):
            report(f"{case.name}: {direction}, {rounds} times each side")
            results.append(turns(case, direction, files, values, few, rounds))
    return results


def turns(case: data.Case, direction: str, files: dict[str, Path], values: int, few: int, rounds: int) -> Result:
    """Run the sides one after the other, again and again, each time beginning with the next."""
    runs: dict[str, list[Sample]] = {side: [] for side in SIDES}
    sizes = (0, 0)
    for turn in range(rounds):
        for step in range(len(SIDES)):
            side = SIDES[(turn + step) % len(SIDES)]
            slow = side in SLOW
            interpreter = str(samples.PEER / "python") if side == "flytekit" else samples.PYTHON
            printed = python(interpreter, "measure", side, case.name, direction, str(files["slow" if slow else "fast"]))
            measured = json.loads(printed)
            runs[side].append(Sample(measured["seconds"], few if slow else values, measured["growth"]))
            if side == "wingbeat":
                sizes = measured["input"], measured["result"]
    return Result(case.name, direction, values, runs, *sizes)


def python(interpreter: str, module: str, *arguments: str) -> str:
    """Run one module of this folder; what it prints."""
    command = [interpreter, "-m", f"benches.{module}", *arguments]
    done = subprocess.run(
        command, cwd=samples.ROOT, env=samples.environment(), stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command[1:])} ended with status {done.returncode}")
    return done.stdout
