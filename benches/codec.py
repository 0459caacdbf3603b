"""Decoding and encoding of large values, each run in a fresh process, the sides in turns."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, NamedTuple

from benches import samples
from benches.families import SLOW
from benches.launch import warm_memory
from benches.samples import Sample

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from benches.case import Case
    from benches.families import Family


class Result(NamedTuple):
    """One case in one direction: the runs of every side, and sizes in bytes where the result is a flat list."""

    case: Case
    direction: str
    values: int
    runs: dict[str, list[Sample]]
    input_size: int
    result_size: int


def measure(
    folder: Path, family: Family, cases: Iterable[Case], rounds: int, scale: int, report: Callable[[str], None]
) -> list[Result]:
    """The cases of a family, both ways. `scale` divides the number of values."""
    results = []
    for number, case in enumerate(cases):
        values = case.values // scale
        few = min(values, family.few)
        report(f"{case.name}: preparing {values:,} values")
        files = {"fast": folder / f"{family.name}-{number}-fast", "slow": folder / f"{family.name}-{number}-slow"}
        python(samples.PYTHON, "prepare", case.name, str(values), str(files["fast"]))
        python(samples.PYTHON, "prepare", case.name, str(few), str(files["slow"]))
        for direction in ("decode", "encode"):
            report(f"{case.name}: {direction}, {rounds} times each side")
            results.append(turns(family, case, direction, files, (values, few), rounds))
    return results


def turns(
    family: Family, case: Case, direction: str, files: dict[str, Path], counts: tuple[int, int], rounds: int
) -> Result:
    """Run the sides one after the other, again and again, each time beginning with the next."""
    values, few = counts
    sides = family.sides
    runs: dict[str, list[Sample]] = {side: [] for side in sides}
    sizes = (0, 0)
    for turn in range(rounds):
        for step in range(len(sides)):
            side = sides[(turn + step) % len(sides)]
            slow = side in SLOW
            interpreter = str(samples.PEER / "python") if side == "flytekit" else samples.PYTHON
            printed = python(interpreter, "measure", side, case.name, direction, str(files["slow" if slow else "fast"]))
            measured = json.loads(printed)
            runs[side].append(Sample(measured["seconds"], few if slow else values, measured["growth"]))
            if side == "wingbeat":
                sizes = measured["input"], measured["result"]
    return Result(case, direction, values, runs, *sizes)


def python(interpreter: str, module: str, *arguments: str) -> str:
    """Run one module of this folder; what it prints."""
    command = [interpreter, "-m", f"benches.{module}", *arguments]
    warm_memory()
    done = subprocess.run(
        command, cwd=samples.ROOT, env=samples.environment(), stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command[1:])} ended with status {done.returncode}")
    return done.stdout
