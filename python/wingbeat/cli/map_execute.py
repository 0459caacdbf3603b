"""`wingbeat-map-execute`, which runs elements of a map task; also `wingbeat map-execute`."""

from __future__ import annotations

import sys

from wingbeat.cli import process
from wingbeat.runtime import environment
from wingbeat.runtime.invocation import Question, UsageError, parse_map

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from wingbeat.runtime.invocation import Invocation


def main(arguments: Sequence[str] | None = None, program: str = "wingbeat-map-execute") -> int:
    """Run one element, or many. The result is the exit status, as that of `wingbeat-execute`."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        invocation = parse_map(arguments)
    except (UsageError, Question) as instead:
        from wingbeat.cli.usage import explain

        return explain("map-execute", program, instead)
    return process.carry_out("map-execute", arguments, run, invocation)


def run(invocation: Invocation) -> int:
    """The elements. Nothing is printed before it (runtime contract 1.5)."""
    if environment.flytekit() == "flytekit" and invocation.many is None:
        return process.leave_to_flytekit(invocation.output_prefix)
    from wingbeat.runtime import map_execution

    return map_execution.run(invocation)
