"""What a run has left behind, as plain values that do not depend on places, times and what is drawn by lot."""

from __future__ import annotations

import base64
import io
import json
import pickletools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgpack
from flyteidl.core import errors_pb2, execution_pb2, literals_pb2
from google.protobuf import json_format

from tests.conformance.servers import MODULES
from tests.runtime.deck_pages import flytekit_tabs, tabs

Observed = dict[str, Any]
#: The opcodes of a pickle that hold a value.
CONSTANTS = ("UNICODE", "BININT", "BININT1", "BININT2", "BINFLOAT", "LONG1")


def observe(folder: Path, status: int) -> Observed:
    """Exit status, files, literals, error, decks, data and what was printed."""
    out = folder / "out"
    seen: Observed = {"status": status, "files": sorted(masked(path.name) for path in files(out))}
    for path in files(out):
        if path.name in ("outputs.pb", "futures.pb"):
            if path.name == "outputs.pb":
                seen["outputs"] = literal_map(path.read_bytes(), folder)
        elif path.name.endswith("_offloaded_metadata.pb"):
            stored = literals_pb2.Literal.FromString(path.read_bytes())
            seen.setdefault("offloaded", {})[path.name] = literal(stored, folder)
        elif path.name.startswith("error"):
            seen["error"] = error(path.read_bytes(), folder)
        elif path.name == "deck.html":
            seen["decks"] = decks(path)
    if data := {masked(str(path.relative_to(folder))): content(path.read_bytes(), folder) for path in files(folder / "raw")}:
        seen["data"] = dict(sorted(data.items()))
    if printed := folder.joinpath("stdout.txt").read_text("utf-8").strip("\n"):
        seen["printed"] = masked(placeless(printed, folder))
    return seen


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []


def literal_map(data: bytes, folder: Path) -> dict[str, Any]:
    literals = literals_pb2.LiteralMap.FromString(data).literals
    return {name: literal(literals[name], folder) for name in sorted(literals)}


def literal(message: literals_pb2.Literal, folder: Path) -> Any:
    """A literal as JSON, msgpack documents unpacked, locations without places."""
    return _readable(json_format.MessageToDict(message), folder)


def _readable(value: Any, folder: Path) -> Any:
    if isinstance(value, dict):
        if set(value) == {"value", "tag"} and value["tag"] == "msgpack":
            document = msgpack.unpackb(base64.b64decode(value["value"]), strict_map_key=False)
            return {"msgpack": _readable(document, folder)}
        if any(not isinstance(key, str) for key in value):
            return [[_readable(key, folder), _readable(item, folder)] for key, item in value.items()]
        return {key: _readable(item, folder) for key, item in value.items()}
    if isinstance(value, list):
        return [_readable(item, folder) for item in value]
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    return masked(placeless(value, folder)) if isinstance(value, str) else value


def error(data: bytes, folder: Path) -> Observed:
    """An error document: the block below `Message:`, and where in the module it was raised."""
    document = errors_pb2.ErrorDocument.FromString(data).error
    trace, _, message = document.message.partition("\nMessage:\n\n")
    frames = re.findall(rf'File "{re.escape(str(MODULES))}/([^"]+)", line (\d+), in (.+)', trace)
    return {
        "code": document.code,
        "kind": errors_pb2.ContainerError.Kind.Name(document.kind),
        "origin": origin(document.origin),
        "worker": document.worker,
        "message": [masked(placeless(line.strip(), folder)) for line in message.strip("\n").split("\n")],
        "frames": [f"{name}:{line} {function}" for name, line, function in frames],
    }


def origin(number: int) -> str:
    return execution_pb2.ExecutionError.ErrorKind.Name(number)


def decks(page: Path) -> list[str]:
    html = page.read_text("utf-8")
    return list(flytekit_tabs(page) if "flyte-frame-tabs" in html else tabs(page))


def content(data: bytes, folder: Path) -> Any:
    """A file: text, the rows of a table, what a pickle says; of other formats the size."""
    if data[:4] == b"PAR1":
        import pyarrow.parquet

        table = pyarrow.parquet.read_table(io.BytesIO(data))
        rows = json.loads(json.dumps(table.to_pylist(), default=str))
        return {"columns": {field.name: str(field.type) for field in table.schema}, "rows": rows}
    if data[:6] == b"\x93NUMPY":
        import numpy

        array = numpy.load(io.BytesIO(data))
        return {"array": str(array.dtype), "values": array.tolist()}
    if data[:1] == b"\x80":
        told = [argument for code, argument, _ in pickletools.genops(data) if code.name.endswith(CONSTANTS)]
        return {"pickle": [masked(placeless(item, folder)) if isinstance(item, str) else item for item in told]}
    try:
        return masked(placeless(data.decode("utf-8"), folder))
    except UnicodeDecodeError:
        return {"bytes": len(data)}


def placeless(text: str, folder: Path) -> str:
    """Text without the names of folders that differ from run to run."""
    return text.replace(str(folder), "{folder}").replace(str(MODULES), "{modules}")


def masked(text: str) -> str:
    """Text without what is drawn by lot."""
    text = re.sub(r"\b[0-9a-f]{32}\b", "*", text)
    return re.sub(r"0x[0-9a-f]{6,}", "0x*", text)


def differing(theirs: Mapping[str, Any], ours: Mapping[str, Any], at: str = "") -> dict[str, tuple[Any, Any]]:
    """Where two observations differ: path -> both sides. Paths end at the parts of an observation."""
    found = {}
    for name in sorted({*theirs, *ours}):
        one, other = theirs.get(name), ours.get(name)
        if name == "error" and one and other:
            found.update(differing(one, other, "error."))
        elif not same(one, other):
            found[at + name] = (one, other)
    return found


def same(one: Any, other: Any) -> bool:
    """Equal as JSON, so that 1 is not 1.0 and NaN is NaN."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
