"""Whole processes: one task `add(a: int, b: int) -> int` on local files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benches import samples
from benches.commands import launch
from benches.samples import Sample

if TYPE_CHECKING:
    from collections.abc import Callable

TASK = "from {package} import task\n\n\n@task\ndef add(a: int, b: int) -> int:\n    return a + b\n"


def measure(folder: Path, rounds: int, report: Callable[[str], None]) -> dict[str, tuple[list[Sample], list[Sample]]]:
    """Runs of `wingbeat-execute` beside runs of each other side.

    More of them than of other measurements, because a short time has more noise in it.
    """
    from wingbeat import InterfaceCodec

    folder.joinpath("inputs.pb").write_bytes(InterfaceCodec({"a": int, "b": int}).encode({"a": 20, "b": 22}))
    execute = Path(sys.executable).with_name("wingbeat-execute")
    wingbeat = command(folder, str(execute), "wingbeat")
    others = {
        "bare Python": ([samples.PYTHON, "-c", "pass"], rounds * 8),
        "flytekit": (command(folder, str(samples.PEER / "pyflyte-execute"), "flytekit"), rounds * 2),
    }
    results = {}
    for name, (other, times) in others.items():
        report(f"start: wingbeat-execute and {name}, {times} times each")
        launch(folder, 1, wingbeat, other, {})  # bytecode and page caches are filled
        results[name] = launch(folder, times, wingbeat, other, {})
    written = {name: folder.joinpath(name, "outputs.pb").read_bytes() for name in ("wingbeat", "flytekit")}
    if InterfaceCodec({"o0": int}).decode(written["wingbeat"]) != {"o0": 42} or len(set(written.values())) != 1:
        raise SystemExit(f"wingbeat and flytekit wrote different outputs: {written}")
    return results


def command(folder: Path, program: str, package: str) -> list[str]:
    """The container command of the task, with every flag that Flyte gives."""
    folder.joinpath(f"add_{package}.py").write_text(TASK.format(package=package), "utf-8")
    output = folder / package
    return [
        *(program, "--inputs", str(folder / "inputs.pb"), "--output-prefix", str(output)),
        *("--raw-output-data-prefix", str(folder / "raw"), "--checkpoint-path", str(folder / "raw" / "checkpoints")),
        *("--prev-checkpoint", '""', "--resolver", "flytekit.core.python_auto_container.default_task_resolver"),
        *("--", "task-module", f"add_{package}", "task-name", "add"),
    ]
