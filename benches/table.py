"""Goals, and the tables that stand in the README."""

from __future__ import annotations

import os
import platform
from typing import TYPE_CHECKING

from benches import samples
from benches.families import TYPES, VALUES
from benches.goal import MB, Goal, against

if TYPE_CHECKING:
    from pathlib import Path

    from benches.codec import Result
    from benches.samples import Sample

MARKERS = ("<!-- bench -->", "<!-- /bench -->")
SIMPLE = ("list[int]", "list[float]", "list[str]", "dict[str, int]")
HEADER = {
    VALUES.name: (
        "| work | wingbeat | faster than flytekit | faster than pure Python | time, msgspec = 1 | peak memory |\n"
        "|---|---|---|---|---|---|"
    ),
    TYPES.name: "| work | wingbeat | flytekit | faster than flytekit | peak memory |\n|---|---|---|---|---|",
}


def msgspec_goal(case: str, direction: str) -> Goal | None:
    """The bound for the time in units of msgspec's, if there is one."""
    if case in SIMPLE:
        return Goal("≤", 1.3 if direction == "decode" else 2)
    return Goal("≤", 1.6) if case == "list[dataclass]" and direction == "decode" else None


def start_rows(runs: dict[str, tuple[list[Sample], list[Sample]]]) -> list[str]:
    """The whole process."""
    rows = []
    if "flytekit" in runs:
        ours, theirs = runs["flytekit"]
        faster = against(samples.ratio(theirs, ours), Goal("≥", 20))
        rows.append(
            f"| whole process, `add(a: int, b: int)` | {samples.time(ours) / 1e6:.1f} ms | {faster} | – | – "
            f"| {samples.memory(ours) / MB:.1f} MB ({Goal('≤', 30).judge(samples.memory(ours) / MB)}), "
            f"flytekit {samples.memory(theirs) / MB:.0f} MB |"
        )
    if "bare Python" in runs:
        ours, bare = runs["bare Python"]
        times, goal = samples.ratio(ours, bare), Goal("≤", 3)
        rows.append(
            f"| the same | {samples.time(ours) / 1e6:.1f} ms, {times:.2f}× bare `python -c pass` ({goal.judge(times)}) "
            f"| – | – | – | bare Python {samples.memory(bare) / MB:.1f} MB |"
        )
    return rows


def values_row(result: Result) -> str:
    """One case in one direction, beside all sides."""
    case, runs = result.case, result.runs
    ours = runs["wingbeat"]
    limit = samples.ratio(ours, runs["msgspec"])
    grown = f"{growth(ours)}, msgspec {growth(runs['msgspec'])}"
    if case.name == "list[int]" and result.direction == "decode":
        share = (result.input_size + samples.memory(ours)) / (result.input_size + result.result_size)
        grown += f"; {share:.2f}× input and list ({Goal('≤', 1.2).judge(share)})"
    return (
        f"| {work(result)} | {samples.time(ours):.1f} ns a value | {over_flytekit(result)} "
        f"| {against(samples.ratio(runs['reference'], ours), None)} "
        f"| {against(limit, msgspec_goal(case.name, result.direction))} | {grown} |"
    )


def types_row(result: Result) -> str:
    """One case in one direction, beside flytekit."""
    ours, theirs = result.runs["wingbeat"], result.runs["flytekit"]
    return (
        f"| {work(result)} | {samples.time(ours):,.0f} ns a value | {samples.time(theirs) / 1e3:,.0f} µs a value "
        f"| {over_flytekit(result)} | {growth(ours)} |"
    )


def work(result: Result) -> str:
    """What was done."""
    return f"{result.direction} `{result.case.name}`, {result.values:,} values"


def over_flytekit(result: Result) -> str:
    """How many times faster than flytekit."""
    goal = Goal("≥", result.case.goal) if result.case.goal else None
    return against(samples.ratio(result.runs["flytekit"], result.runs["wingbeat"]), goal)


def growth(runs: list[Sample]) -> str:
    """What a conversion adds to the peak memory of its process."""
    return f"+{samples.memory(runs) / MB:.1f} MB"


ROW = {VALUES.name: values_row, TYPES.name: types_row}


def footnote(rounds: int) -> str:
    """On what, and how."""
    return (
        f"CPython {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores. Medians of {rounds} runs "
        "(starts: more), each in a fresh process, sides in turns, ratios run by run. "
        f"flytekit and the pure-Python reference convert at most {VALUES.few:,} values, in the second table "
        f"{TYPES.few:,}; what is compared is the time of one. "
        "msgspec reads and writes msgpack, a simpler format without types. "
        "S3 on loopback is a server of the bench that keeps objects in memory. "
        "Peak memory of a conversion is what it adds to that of the process that holds the input."
    )


def write_readme(path: Path, tables: str) -> None:
    """Put the tables between the markers."""
    text = path.read_text("utf-8")
    before, first, rest = text.partition(MARKERS[0])
    _, second, after = rest.partition(MARKERS[1])
    if not (first and second):
        raise SystemExit(f"{path.name} lacks the markers {' '.join(MARKERS)}")
    path.write_text(f"{before}{first}\n{tables}\n{second}{after}", "utf-8")
