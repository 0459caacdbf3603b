"""Unchanged flytekit code on wingbeat: its start, a fallback, and flytekit with wingbeat's codec.

The last two run in flytekit's own environment. wingbeat is imported from the sources of this folder.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benches import samples
from benches.codec import python
from benches.commands import BIN, HEADER, Other, Work, row
from benches.goal import MB, Goal, against
from benches.runs import RESOLVER, arguments
from benches.samples import Sample

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["HEADER", "measure"]

VALUES = 100_000
#: Cases of `benches.accelerated`, with the bound for how many times faster they are and the part of the values.
CASES = {"list[int]": (Goal("≥", 50), 1), "list[dataclass]": (None, 10)}
SCRIPT = samples.ROOT / "wingbeat.data" / "scripts" / "wingbeat-execute"
PLAIN = """from flytekit import task


@task
def add(a: int, b: int) -> int:
    return a + b
"""
SOURCES = {"PYTHONPATH": str(samples.ROOT / "python")}
#: No name that wingbeat covers is one of a client of Flyte's service.
LEFT_TO_FLYTEKIT = f"from flytekit.remote import FlyteRemote\n{PLAIN}\n\nEXECUTE = FlyteRemote.execute\n"


def measure(folder: Path, rounds: int, scale: int, report: Callable[[str], None]) -> list[str]:
    """All rows. `scale` divides the number of values."""
    from wingbeat import InterfaceCodec

    folder.joinpath("add.pb").write_bytes(InterfaceCodec({"a": int, "b": int}).encode({"a": 20, "b": 22}))
    rows = []
    for make in (start, fallback):
        work = make(folder, rounds)
        report(f"{work.name}: {rounds} times and more")
        rows.append(row(work, folder, rounds))
    for name, (goal, part) in CASES.items():
        values = VALUES // scale // part
        report(f"accelerated flytekit, {name}: {rounds} times")
        rows += conversions(folder, name, values, rounds, goal)
    return rows


def command(folder: Path, program: list[str], side: str, module: str) -> list[str]:
    """The command of the task in a module."""
    return [
        *(*program, *arguments(folder, "add.pb", side)),
        *("--resolver", RESOLVER, "--", "task-module", module, "task-name", "add"),
    ]


def start(folder: Path, rounds: int) -> Work:
    """The whole process of a module that imports flytekit."""
    folder.joinpath("plain.py").write_text(PLAIN, "utf-8")
    theirs = command(folder, [str(samples.PEER / "pyflyte-execute")], "plain-flytekit", "plain")
    return Work(
        "whole process, `from flytekit import task`",
        command(folder, [str(BIN / "wingbeat-execute")], "plain-wingbeat", "plain"),
        [Other("`pyflyte-execute`", theirs, Goal("≥", 18), times=rounds * 4)],
        SOURCES,
        proof=[folder / "out-plain-wingbeat" / "outputs.pb", folder / "out-plain-flytekit" / "outputs.pb"],
    )


def fallback(folder: Path, rounds: int) -> Work:
    """The whole process of a module that needs what only flytekit has."""
    folder.joinpath("remote.py").write_text(LEFT_TO_FLYTEKIT, "utf-8")
    ours = [str(samples.PEER / "python"), str(SCRIPT)]
    theirs = command(folder, [str(samples.PEER / "pyflyte-execute")], "remote-flytekit", "remote")
    return Work(
        "a module that needs flytekit itself",
        command(folder, ours, "remote-wingbeat", "remote"),
        [Other("`pyflyte-execute`", theirs, Goal("≤", 1.15), False, rounds * 2)],
        SOURCES,
        proof=[folder / "out-remote-wingbeat" / "outputs.pb", folder / "out-remote-flytekit" / "outputs.pb"],
    )


def conversions(folder: Path, name: str, values: int, rounds: int, goal: Goal | None) -> list[str]:
    """Reading the inputs and writing the outputs of a task under flytekit, plain and accelerated, in turns."""
    runs: dict[tuple[str, str], list[Sample]] = {}
    for turn in range(rounds):
        for mode in ("off", "strict") if turn % 2 else ("strict", "off"):
            measured = json.loads(
                python(str(samples.PEER / "python"), "accelerated", mode, name, str(values), str(folder))
            )
            for direction, (seconds, growth) in measured.items():
                runs.setdefault((direction, mode), []).append(Sample(seconds, values, growth))
    rows = []
    for direction in ("read", "write"):
        ours, theirs = runs[direction, "strict"], runs[direction, "off"]
        faster = against(samples.ratio(theirs, ours), goal)
        rows.append(
            f"| flytekit accelerated: {direction} `{name}`, {values:,} values | {samples.time(ours):,.0f} ns a value "
            f"| {faster} faster than without ({samples.time(theirs) / 1e3:,.1f} µs a value) "
            f"| +{samples.memory(ours) / MB:.1f} MB, without +{samples.memory(theirs) / MB:.1f} MB |"
        )
    return rows
