"""The tab that says where the time went: the phases of the run, and what user code has measured with `timeit`."""

from __future__ import annotations

from html import escape

from wingbeat.runtime import phase_report
from wingbeat.runtime.deck.deck import Deck

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

#: Phase -> how the table calls it.
TITLES = {
    "start": "Start the process",
    "import": "Load the task",
    "fetch": "Wait for the inputs",
    "prepare": "Prepare",
    "decode": "Read the inputs",
    "execute": "Run the function",
    "finish": "Finish",
    "encode": "Write the outputs",
    "upload": "Upload the outputs",
    "report": "Report the error",
    "deck": "Make the decks",
}
#: Phases that only some tasks have a use for, left out of the table below this many seconds.
RARE = {"prepare": 0.001, "finish": 0.001, "fetch": 0.0}


class Row:
    """One line of the table. Times are seconds, `start` since the process began; `memory` is bytes, or None."""

    __slots__ = ("cpu", "depth", "memory", "name", "start", "wall")

    def __init__(self, name: str, start: float, wall: float, cpu: float, memory: int | None, depth: int) -> None:
        self.name = name
        self.start = start
        self.wall = wall
        self.cpu = cpu
        self.memory = memory
        self.depth = depth


class TimeLineDeck(Deck):
    """Rendered when the page is written, so that it shows all that was measured until then.

    `time_info` is what user code has measured: dicts of `Name`, `Start` and `Finish` (datetimes with a time zone),
    `WallTime` and `ProcessTime` (seconds).
    """

    def __init__(self, name: str, html: str | None = "", auto_add_to_deck: bool = True) -> None:
        super().__init__(name, html, auto_add_to_deck)
        self.time_info: list[dict[str, Any]] = []

    def append_time_info(self, info: dict[str, Any]) -> None:
        """Add what was measured."""
        if not isinstance(info, dict):
            raise AssertionError(f"append_time_info takes a dict, got {type(info).__name__}")  # noqa: TRY004  # as flytekit
        self.time_info.append(info)

    @property
    def html(self) -> str:
        """A table with a chart in it."""
        return table(list(rows(self.time_info)))


def rows(measured: list[dict[str, Any]]) -> Iterator[Row]:
    """The phases in order, and below each what was measured in it."""
    phases = phase_report.until_now()
    began = phase_report.started()
    inner = sorted(
        (
            Row(info["Name"], info["Start"].timestamp() - began, info["WallTime"], info["ProcessTime"], None, 1)
            for info in measured
        ),
        key=lambda row: row.start,
    )
    last = len(phases) - 1
    for index, phase in enumerate(phases):
        end = phase.start + phase.wall
        # By its middle: clocks with a time zone and without differ by a little.
        within = [row for row in inner if index == last or row.start + row.wall / 2 < end]
        inner = inner[len(within) :]
        if phase.wall < RARE.get(phase.name, -1) and not within:
            continue
        yield Row(TITLES.get(phase.name, phase.name), phase.start, phase.wall, phase.cpu, phase.rss, 0)
        yield from within


def table(rows: list[Row]) -> str:
    """The rows, with a bar for each, and their sum."""
    top = [row for row in rows if not row.depth]
    total = max((row.start + row.wall for row in rows), default=0.0) or 1.0
    remembers = any(row.memory is not None for row in rows)
    heads = ["Name", "", "Wall time", "CPU time", *(["Memory after"] if remembers else [])]
    lines = [line(row, total, remembers) for row in rows]
    sums = [seconds(sum(row.wall for row in top)), seconds(sum(row.cpu for row in top))]
    if remembers:
        sums.append("")
    return (
        '<table class="timeline"><thead><tr>'
        + "".join(f'<th scope="col">{head}</th>' for head in heads)
        + "</tr></thead>\n<tbody>"
        + "\n".join(lines)
        + '</tbody>\n<tfoot><tr><th scope="row">Total</th><td></td>'
        + "".join(f"<td>{one}</td>" for one in sums)
        + "</tr></tfoot></table>"
        '<p class="note"><span class="legend">CPU time, of all threads</span>'
        '<span class="legend waiting">waiting</span></p>'
    )


def line(row: Row, total: float, remembers: bool) -> str:
    """A row of the table. The bar shows when, as a share of the whole."""
    left, width = 100 * row.start / total, 100 * row.wall / total
    busy = min(100.0, 100 * row.cpu / row.wall) if row.wall > 0 else 0.0
    cells = [seconds(row.wall), seconds(row.cpu)]
    if remembers:
        cells.append("" if row.memory is None else size(row.memory))
    return (
        f'<tr{" class=inner" if row.depth else ""}><th scope="row">{escape(str(row.name))}</th>'
        f'<td class="bar"><span><i style="left:{left:.2f}%;width:{width:.2f}%">'
        f'<b style="width:{busy:.0f}%"></b></i></span></td>' + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    )


def seconds(value: float) -> str:
    """A duration for people."""
    for unit, factor in (("µs", 1e6), ("ms", 1e3), ("s", 1.0)):
        number = value * factor
        if number < (99.95 if unit == "s" else 999.5):
            digits = 0 if unit == "µs" or number >= 99.95 else 1 if number >= 9.995 else 2
            return f"{number:.{digits}f} {unit}"
    minutes, rest = divmod(round(value), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min {rest:02d} s"


def size(value: int) -> str:
    """An amount of memory for people."""
    return f"{value / 2**20:,.0f} MiB" if value < 2**30 * 10 else f"{value / 2**30:,.1f} GiB"
