"""Conversions under flytekit, in a process of its own: `python -m benches.accelerated MODE CASE VALUES FOLDER`.

Run by the interpreter of flytekit's environment. Prints `{"read": [seconds, growth], "write": [seconds, growth]}`:
the time from the file of the inputs to the arguments of a task and from its result to the file of the outputs, as
flytekit's entrypoint does both, and by how many bytes the peak of resident memory grew meanwhile.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from pathlib import Path
from typing import Any

from flyteidl.core import literals_pb2
from flytekit import FlyteContextManager, task
from flytekit.bin import entrypoint
from flytekit.core.context_manager import ExecutionState

import wingbeat
from benches.data import CASES
from benches.measure import forget_peak, resident
from benches.prepare import SEED


def keep(xs: Any) -> Any:
    """The function of the task, whose types are those of the case."""
    return xs


def main(mode: str, name: str, values: str, folder: str) -> None:
    """Measure and print."""
    case = next(case for case in CASES if case.name == name)
    value = case.make(random.Random(SEED), int(values))
    files = Path(folder)
    codec = wingbeat.InterfaceCodec({"xs": case.hint})
    files.joinpath("accelerated.pb").write_bytes(codec.encode({"xs": value}))
    files.joinpath("few.pb").write_bytes(codec.encode({"xs": value[:3]}))

    keep.__annotations__ = {"xs": case.hint, "return": case.hint}
    kept = task(keep)
    if wingbeat.accelerate(mode) != mode:
        raise SystemExit(f"this flytekit cannot be accelerated: {mode}")
    context = FlyteContextManager.current_context()
    state = context.execution_state.with_params(mode=ExecutionState.Mode.TASK_EXECUTION)
    with FlyteContextManager.with_context(context.with_execution_state(state)) as execution:

        def read(path: Path) -> Any:
            message = entrypoint.utils.load_proto_from_file(literals_pb2.LiteralMap, str(path))
            literals = entrypoint._literal_models.LiteralMap.from_flyte_idl(message)
            return kept._literal_map_to_python_input(literals, execution)["xs"]

        def write(result: Any) -> None:
            literals, _ = asyncio.run(kept._output_to_literal_map(result, execution))
            document = entrypoint._literal_models.LiteralMap(literals=dict(literals.literals)).to_flyte_idl()
            entrypoint.utils.write_proto_to_file(document, str(files / "kept.pb"))

        write(read(files / "few.pb"))  # modules that are loaded on first use are loaded now
        measured = {"read": timed(lambda: read(files / "accelerated.pb")), "write": timed(lambda: write(value))}
    written = wingbeat.InterfaceCodec({"o0": case.hint}).decode(files.joinpath("kept.pb").read_bytes())
    if written != {"o0": value}:
        raise SystemExit("what was written is not what was there")
    print(json.dumps(measured))


def timed(work: Any) -> tuple[float, int]:
    """Seconds, and bytes of memory."""
    forget_peak()
    before = resident("VmRSS")
    start = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - start
    del result
    return seconds, max(0, resident("VmHWM") - before)


if __name__ == "__main__":
    main(*sys.argv[1:])
