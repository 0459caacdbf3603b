"""The command of a map task, for many elements in one process and for each in a process of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from flyteidl.core import errors_pb2

from tests.runtime.process import RESOLVER, Result, start

ARRAY_NODE = "flytekit.core.array_node_map_task.ArrayNodeMapTaskResolver"
INDEX = "FLYTE_K8S_ARRAY_INDEX"


def arguments(task: str, *more: str, bound: str = "", place: str = "", below: str = "") -> list[str]:
    """Of `wingbeat-map-execute`. All is in the folder `place`; `below` is a folder in each prefix."""
    return [
        *("--inputs", f"{place}inputs.pb", "--output-prefix", f"{place}out{below}"),
        *("--raw-output-data-prefix", f"{place}raw{below}"),
        *("--checkpoint-path", f"{place}checkpoints{below}", "--prev-checkpoint", f"{place}before{below}"),
        *("--resolver", ARRAY_NODE, *more),
        *("--", "vars", bound, "resolver", RESOLVER, "task-module", "user_code", "task-name", task),
    ]


def prepare(folder: Path, source: str, inputs: bytes) -> None:
    """Put the module and the inputs into a folder."""
    folder.mkdir(exist_ok=True)
    folder.joinpath("user_code.py").write_text(source, "utf-8")
    folder.joinpath("inputs.pb").write_bytes(inputs)


def run_many(
    folder: Path, task: str, elements: str, *more: str, bound: str = "", env: Mapping[str, str] | None = None
) -> Result:
    """Run elements in one run."""
    return start(folder, arguments(task, "--elements", elements, *more, bound=bound), env, "map-execute")


def run_one(folder: Path, task: str, index: int, bound: str = "", env: Mapping[str, str] | None = None) -> Result:
    """Run one element as its container would."""
    env = {"BATCH_JOB_ARRAY_INDEX_VAR_NAME": INDEX, INDEX: str(index), **(env or {})}
    return start(folder, arguments(task, bound=bound, below=f"/{index}"), env, "map-execute")


def left(folder: Path) -> dict[str, object]:
    """What a run has left below its prefixes: each file with its content, with what differs by chance masked."""
    found: dict[str, object] = {}
    for root in ("out", "raw", "checkpoints"):
        for path in sorted(folder.joinpath(root).rglob("*")):
            if path.is_file():
                found[masked(str(path.relative_to(folder)))] = content(path, folder)
    return found


def content(path: Path, folder: Path) -> object:
    """Of one file: of error.pb its parts without the time, of any other its bytes."""
    data = path.read_bytes()
    if not path.name.startswith("error"):
        return masked(data.decode("latin-1").replace(str(folder), "FOLDER"))
    error = errors_pb2.ErrorDocument.FromString(data).error
    message = masked(error.message.replace(str(folder), "FOLDER"))
    return error.code, error.kind, error.origin, error.worker, message


def masked(text: str) -> str:
    """Without what is drawn by lot."""
    text = re.sub(r"\b[0-9a-f]{32}\b", "*" * 32, text)
    text = re.sub(r"flyte-\w{8}\b", "flyte-*", text)
    return re.sub(r"0x[0-9a-f]{8,}", "0x*", text)


def error(folder: Path, index: int) -> errors_pb2.ContainerError:
    """The error.pb of an element."""
    data = folder.joinpath("out", str(index), "error.pb").read_bytes()
    return errors_pb2.ErrorDocument.FromString(data).error
