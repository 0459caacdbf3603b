"""`wingbeat-map-execute`, which runs elements of a map task; also `wingbeat map-execute`."""

from __future__ import annotations

import sys

from wingbeat.cli import process
from wingbeat.runtime.invocation import Question, UsageError, parse_map

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from wingbeat.runtime.invocation import Invocation


def main(arguments: Sequence[str] | None = None, program: str = "wingbeat-map-execute") -> int:
    """Run one element, or many. The result is the exit status, as that of `wingbeat-execute`."""
    try:
        invocation = parse_map(sys.argv[1:] if arguments is None else arguments)
    except (UsageError, Question) as instead:
        from wingbeat.cli.usage import explain

        return explain("map-execute", program, instead)
    process.prepare()
    return process.status(run, invocation)


def run(invocation: Invocation) -> int:
    """The elements. Nothing is printed before it (runtime contract 1.5)."""
    from wingbeat.runtime import map_execution

    return map_execution.run(invocation)
