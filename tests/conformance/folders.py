"""The folder of a case: its files, its inputs, and what the case before it has made."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgpack
from flyteidl.core.literals_pb2 import LiteralMap
from google.protobuf.message import Message

from tests.conformance.case import Case
from tests.conformance.cases import CASES
from tests.conformance.observe import Observed, files, observe
from tests.conformance.servers import Servers

#: What stands for the folder in what is kept.
FOLDER = "{folder}"
Record = dict[str, Any]


def result(servers: Servers, library: str, folder: Path, case: Case, records: Record | None = None) -> Observed:
    """Run a case in an empty folder, with the inputs of its record, or with those that flytekit makes."""
    status = run(servers, library, folder, case, records)
    return observe(folder, status, case.changing)


def run(servers: Servers, library: str, folder: Path, case: Case, records: Record | None, suffix: str = "") -> int:
    """Run a case after the one that it follows; its exit status. The suffix is that of the folders it writes to."""
    taken = LiteralMap()
    if case.after:
        before = CASES[case.module][case.after]
        assert run(servers, library, folder, before, records, suffix + "-before") == 0
        made = LiteralMap.FromString(folder.joinpath(f"out{suffix}-before", "outputs.pb").read_bytes()).literals
        for name, output in case.takes.items():
            taken.literals[name].CopyFrom(made[output])
    prepare(servers, folder, case, records, taken)
    return servers.run(library, case, folder, suffix)


def prepare(servers: Servers, folder: Path, case: Case, records: Record | None, taken: LiteralMap) -> None:
    """Files and inputs of a case."""
    for name, content in case.files.items():
        write(folder / name, content)
    inputs = folder / "inputs.pb"
    if case.inputs is not None:
        inputs.write_bytes(case.inputs)
        return
    literals = LiteralMap(literals=dict(case.literals))
    literals.MergeFrom(taken)
    if records is not None:
        record = records[case.name]
        for name, content in record.get("given", {}).items():
            write(folder / name, base64.b64decode(content))
        literals.MergeFrom(LiteralMap.FromString(base64.b64decode(record.get("inputs", ""))))
    replace_text(literals, lambda text: text.replace(FOLDER, str(folder)))
    inputs.write_bytes(literals.SerializeToString())
    if records is None and case.values:
        wanted = {
            "module": case.module,
            "task": case.task,
            "values": case.values,
            "index": case.index,
            "bound": case.bound,
        }
        status = servers.of("flytekit", case).ask(folder, "inputs", case.environment, **wanted)
        assert status == 0, folder.joinpath("stderr.txt").read_text("utf-8")


def said(folder: Path) -> str:
    """The end of what the last run in a folder has logged."""
    return folder.joinpath("stderr.txt").read_text("utf-8")[-4000:]


def kept(folder: Path, case: Case) -> Record:
    """What flytekit has made of a case's values, and the files beside."""
    if not case.values:
        return {}
    literals = LiteralMap.FromString(folder.joinpath("inputs.pb").read_bytes())
    for name in (*case.literals, *case.takes):
        del literals.literals[name]
    replace_text(literals, lambda text: text.replace(str(folder), FOLDER))
    record = {"inputs": base64.b64encode(literals.SerializeToString(deterministic=True)).decode()}
    given = {
        str(path.relative_to(folder)): base64.b64encode(path.read_bytes()).decode() for path in files(folder / "given")
    }
    return {**record, "given": given} if given else record


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def replace_text(message: Message, change: Callable[[str], str]) -> None:
    """Change every text of a message, also in msgpack documents."""
    if message.DESCRIPTOR.name == "Binary" and message.tag == "msgpack":
        document = msgpack.unpackb(message.value, strict_map_key=False)
        if (changed := _changed(document, change)) != document:
            message.value = msgpack.packb(changed)
        return
    for field, value in message.ListFields():
        if field.message_type is None:
            if isinstance(value, str):
                setattr(message, field.name, change(value))
        elif field.message_type.GetOptions().map_entry:
            for key in value:
                if isinstance(value[key], str):
                    value[key] = change(value[key])
                elif isinstance(value[key], Message):
                    replace_text(value[key], change)
        elif isinstance(value, Message):
            replace_text(value, change)
        else:
            for item in value:
                replace_text(item, change)


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_changed(item, change) for item in value]
    return {key: _changed(item, change) for key, item in value.items()} if isinstance(value, dict) else value
