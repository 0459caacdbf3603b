"""Many elements of one map task: in one process, in ranges, and in a process for each.

The task doubles an integer, so that what is measured is everything but the task. A process for each of 10,000 elements
would take hours: a sample of them is run, and the rest reckoned.
"""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from benches import bare_files, samples, slow_store
from benches.commands import BIN, launch, megabytes, seconds
from benches.goal import MB, Goal, against
from benches.runs import INDEX, MAP_RESOLVER, RESOLVER, TASKS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benches.samples import Sample

HEADER = "| work | wingbeat | compared with | peak memory of a process |\n|---|---|---|---|"
WAYS_HEADER = "| {count:,} elements as … | processes | one after another |\n|---|---|---|"
ELEMENTS, RANGE = 10_000, 100
FEW, MANY, IN_STORE = 1_000, 1_000_000, 5_000
LATENCY = 0.05
MEMORY = Path("/dev/shm")
#: How many processes of one element are run, of which all others are reckoned.
SAMPLE = 5
OURS, THEIRS = str(BIN / "wingbeat-map-execute"), str(samples.PEER / "pyflyte-map-execute")
NOTHING = [samples.PYTHON, "-I", "-S", "-c", "pass"]


class Runs:
    """Commands of the task, each with an output prefix of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._prefixes = self._checked = 0
        for package in ("wingbeat", "flytekit"):
            folder.joinpath(f"tasks_{package}.py").write_text(TASKS.format(package=package), "utf-8")

    def inputs(self, count: int) -> int:
        """Write inputs of so many elements; how many bytes that are."""
        from wingbeat import InterfaceCodec

        path = self.folder / f"{count}.pb"
        if not path.exists():
            path.write_bytes(InterfaceCodec({"a": list[int]}).encode({"a": list(range(count))}))
        return path.stat().st_size

    def command(self, program: str, count: int, *options: str, prefix: str = "") -> list[str]:
        """Of inputs of so many elements; with `--elements`, of many of them."""
        package = "flytekit" if program == THEIRS else "wingbeat"
        self.inputs(count)
        self._prefixes += 1
        return [
            *(program, "--inputs", str(self.folder / f"{count}.pb")),
            *("--output-prefix", prefix or str(self.folder / "out" / str(self._prefixes))),
            *("--raw-output-data-prefix", str(self.folder / "raw"), "--resolver", MAP_RESOLVER, *options),
            *("--", "vars", "", "resolver", RESOLVER, "task-module", f"tasks_{package}", "task-name", "double"),
        ]

    def beside(self, first: list[str], second: list[str], **more: str) -> tuple[Sample, Sample]:
        """Run both, once."""
        (one,), (other,) = launch(self.folder, 1, first, second, {**INDEX, **more})
        return one, other

    def check(self, count: int) -> None:
        """Make sure that the runs of many elements since the last time have all run so many.

        What they have left stays until the end: for half a minute ext4 avoids the inodes of deleted files, one by one,
        and the next run would pay for that.
        """
        for number in range(self._checked + 1, self._prefixes + 1):
            path = self.folder / "out" / str(number) / "summary.json"
            counts = json.loads(path.read_text("utf-8"))["counts"] if path.exists() else None
            if counts is not None and counts["succeeded"] != count:
                raise SystemExit(f"not all of {count} elements have succeeded: {counts}")
        self._checked = self._prefixes


class OneMachine(NamedTuple):
    """Runs of all elements: on one core, and by two workers.

    `faster` has, for each pair of runs, how many times faster two were between the start and the flush at the end.
    """

    one: list[Sample]
    two: list[Sample]
    faster: list[float]


def measure(folder: Path, rounds: int, scale: int, report: Callable[[str], None]) -> list[str]:
    """Both tables."""
    runs = Runs(folder)
    report(f"{ELEMENTS:,} elements, by one worker on one core and by two: {rounds} times")
    machine = one_machine(runs, rounds)
    bare = [bare_files.ratio(folder, ELEMENTS, rounds)]
    with in_memory() as memory:
        in_ram = one_machine(Runs(memory), rounds) if memory else None
        if memory:
            bare.append(bare_files.ratio(memory, ELEMENTS, rounds))
    report(f"one element a process, wingbeat and flytekit: {SAMPLE} times")
    ours, theirs = one_by_one(runs)
    report(f"{ELEMENTS // RANGE} ranges of {RANGE} elements")
    ranges = in_ranges(runs)
    rows = machine_rows(machine, theirs, in_ram)
    rows.append(
        f"| nothing but their folders and files, by two processes{', on disk and in memory' if in_ram else ''} "
        f"| – | {' and '.join(against(one, None) for one in bare)} faster than by one | – |"
    )
    report(f"{MANY // scale:,} elements with --collect: once")
    rows.append(million(runs, MANY // scale))
    report(f"{IN_STORE:,} elements, a store with {LATENCY * 1e3:.0f} ms latency: once")
    rows.append(stored(runs))
    ways = [
        WAYS_HEADER.format(count=ELEMENTS),
        f"| a container each, `pyflyte-map-execute` | {ELEMENTS:,} | {reckoned(theirs)} |",
        f"| a container each, `wingbeat-map-execute` | {ELEMENTS:,} | {reckoned(ours)} |",
        f"| ranges of {RANGE} | {ELEMENTS // RANGE} | {ranges:.1f} s |",
        f"| one range, one core | 1 | {seconds(machine.one)} |",
        f"| one range, `--jobs 2` | 1, and 2 workers | {seconds(machine.two)} |",
    ]
    return ["\n".join([HEADER, *rows]), "\n".join(ways)]


def one_machine(runs: Runs, rounds: int) -> OneMachine:
    """All elements by one worker and by two, in turns."""
    found = OneMachine([], [], [])
    phases = runs.folder / "phases.jsonl"
    for number in range(rounds + 1):
        os.sync()  # what was measured before may have left gigabytes to be written
        one, two = runs.beside(
            ["/usr/bin/env", "taskset", "-c", "0", *runs.command(OURS, ELEMENTS, "--elements", ":")],
            runs.command(OURS, ELEMENTS, "--elements", ":", "--jobs", "2"),
            WINGBEAT_PHASES=str(phases),
        )
        runs.check(ELEMENTS)
        if number:  # bytecode and page caches are filled
            found.one.append(one)
            found.two.append(two)
            by_one, by_two = map(seconds_of_elements, phases.read_text("utf-8").splitlines()[-2:])
            found.faster.append(by_one / by_two)
    return found


def seconds_of_elements(line: str) -> float:
    """How long the workers took, of a line that `WINGBEAT_PHASES` has asked for."""
    return next(float(phase["wall"]) for phase in json.loads(line)["phases"] if phase["name"] == "elements")


def one_by_one(runs: Runs) -> tuple[list[Sample], list[Sample]]:
    """Single elements by wingbeat and by flytekit, in turns."""
    pairs = [runs.beside(runs.command(OURS, ELEMENTS), runs.command(THEIRS, ELEMENTS)) for _ in range(SAMPLE + 1)]
    return [ours for ours, _ in pairs[1:]], [theirs for _, theirs in pairs[1:]]


def in_ranges(runs: Runs) -> float:
    """All elements in ranges, one process after another: seconds."""
    commands = [
        runs.command(OURS, ELEMENTS, "--elements", f"{start}:{start + RANGE}") for start in range(0, ELEMENTS, RANGE)
    ]
    pairs = [runs.beside(first, second) for first, second in zip(commands[::2], commands[1::2], strict=True)]
    runs.check(RANGE)
    return sum(sample.seconds for pair in pairs for sample in pair)


@contextmanager
def in_memory() -> Iterator[Path | None]:
    """A folder that no disk holds, where the system has one."""
    if not MEMORY.is_dir():
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="wingbeat-bench-", dir=MEMORY) as name:
        yield Path(name)


def machine_rows(machine: OneMachine, theirs: list[Sample], in_ram: OneMachine | None) -> list[str]:
    """What one process does; also where no disk holds it up, since two workers share that."""
    rate, rate_of_two = rates(machine)
    faster = rate * median(run.seconds for run in theirs)
    rows = [
        (
            f"| {ELEMENTS:,} elements of a map task, local disk, one core "
            f"| {rate:,.0f} elements/s ({Goal('≥', 5000).judge(rate)}) "
            f"| {against(faster, Goal('≥', 3000))} faster than one `pyflyte-map-execute` each ({seconds(theirs)}) "
            f"| {megabytes(machine.one)} |"
        ),
        (
            f"| the same with `--jobs 2` | {rate_of_two:,.0f} elements/s ({Goal('≥', 1.7 * 5000).judge(rate_of_two)}) "
            f"| {scaling(machine, Goal('≥', 1.7))} | {megabytes(machine.two)} |"
        ),
    ]
    if in_ram is not None:
        rate, rate_of_two = rates(in_ram)
        rows.append(
            f"| both of these, outputs in memory ({MEMORY}) | {rate:,.0f} and {rate_of_two:,.0f} elements/s "
            f"| {scaling(in_ram, None)} | {megabytes(in_ram.two)} |"
        )
    return rows


def scaling(machine: OneMachine, goal: Goal | None) -> str:
    """How many times faster two workers are than one."""
    whole, alone = samples.ratio(machine.one, machine.two), median(machine.faster)
    return f"{against(whole, goal)} faster than on one core; {against(alone, None)} without start, flush and summary"


def rates(machine: OneMachine) -> tuple[float, float]:
    """Elements per second, of one worker and of two."""
    one, two = (ELEMENTS / median(run.seconds for run in some) for some in (machine.one, machine.two))
    return one, two


def million(runs: Runs, many: int) -> str:
    """How long very many take, and what they add to the memory of few."""
    few_bytes, many_bytes = runs.inputs(FEW), runs.inputs(many)
    options = ("--elements", ":", "--jobs", "2", "--collect", "outputs.pb")
    few, _ = runs.beside(runs.command(OURS, FEW, *options), NOTHING)
    runs.check(FEW)
    run, _ = runs.beside(runs.command(OURS, many, *options), NOTHING)
    runs.check(many)
    growth = (run.memory - many_bytes) / (few.memory - few_bytes)
    return (
        f"| {many:,} elements with `--collect`, `--jobs 2` | {run.seconds:.0f} s ({Goal('≤', 300).judge(run.seconds)}) "
        f"| without the inputs {against(growth, Goal('≤', 1.1))} the memory of {FEW:,} elements "
        f"({few.memory / MB:.1f} MB) | {run.memory / MB:.1f} MB, inputs {many_bytes / MB:.1f} MB |"
    )


def stored(runs: Runs) -> str:
    """Outputs in a store that takes its time."""
    with slow_store.serve(LATENCY) as store:
        command = runs.command(OURS, IN_STORE, "--elements", ":", prefix="s3://bucket/out")
        run, _ = runs.beside(command, NOTHING, **store)
    rate = IN_STORE / run.seconds
    return (
        f"| {IN_STORE:,} elements, a store with {LATENCY * 1e3:.0f} ms latency "
        f"| {rate:,.0f} elements/s ({Goal('≥', 500).judge(rate)}) | – | {run.memory / MB:.1f} MB |"
    )


def reckoned(processes: list[Sample]) -> str:
    """How long one process for each element would take."""
    each = median(run.seconds for run in processes)
    total = round(each * ELEMENTS / 60)
    time = f"{total // 60} h {total % 60} min" if total >= 60 else f"{total} min"
    return f"{time}, reckoned from {len(processes)} of {each * 1e3:,.0f} ms"
