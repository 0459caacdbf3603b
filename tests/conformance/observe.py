"""What a run has left behind, as plain values that do not depend on places, times and what is drawn by lot."""

from __future__ import annotations

import base64
import io
import json
import pickletools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgpack
from flyteidl.core import errors_pb2, execution_pb2
from flyteidl.core.literals_pb2 import Literal, LiteralMap
from google.protobuf import json_format
from google.protobuf.message import Message

from tests.conformance.servers import MODULES
from tests.runtime.deck_pages import flytekit_tabs, tabs

Observed = dict[str, Any]
#: Names of files and folders that are drawn by lot.
DRAWN = r"\b[0-9a-f]{32}\b"
#: The opcodes of a pickle that hold a value.
CONSTANTS = ("UNICODE", "BININT", "BININT1", "BININT2", "BINFLOAT", "LONG1")


def observe(folder: Path, status: int, changing: tuple[str, ...]) -> Observed:
    """Exit status, files, literals, error, decks, data and what was printed."""
    out = folder / "out"
    made = out / "outputs.pb"
    outputs = readable(LiteralMap.FromString(made.read_bytes())) if made.exists() else None
    hide = Hidden(folder, json.dumps(outputs, sort_keys=True))
    seen: Observed = {"status": status, "files": sorted(hide(path.name) for path in files(out))}
    if outputs is not None:
        seen["outputs"] = hide.inside(outputs.get("literals", {}))
    for path in files(out):
        if path.name.endswith("_offloaded_metadata.pb"):
            seen.setdefault("offloaded", {})[path.name] = hide.inside(readable(Literal.FromString(path.read_bytes())))
        elif path.name.startswith("error"):
            seen["error"] = error(path.read_bytes(), hide)
        elif path.name == "deck.html":
            seen["decks"] = decks(path)
    data: dict[str, list[Any]] = {}
    for path in files(folder / "raw"):
        what = "changing" if path.name.endswith(changing) else content(path.read_bytes(), hide)
        data.setdefault(hide(str(path.relative_to(folder))), []).append(what)
    if data:
        seen["data"] = {name: sorted(data[name], key=str) for name in sorted(data)}
    if printed := folder.joinpath("stdout.txt").read_text("utf-8").strip("\n"):
        seen["printed"] = hide(printed)
    return seen


class Hidden:
    """Text without the places of a run, and with numbers for what is drawn by lot: the first in the outputs is 1."""

    def __init__(self, folder: Path, outputs: str) -> None:
        self._places = {str(folder): "{folder}", str(MODULES): "{modules}"}
        self._drawn: dict[str, str] = {}
        for word in re.findall(DRAWN, outputs):
            self._drawn.setdefault(word, f"<{len(self._drawn) + 1}>")

    def __call__(self, text: str) -> str:
        for place, name in self._places.items():
            text = text.replace(place, name)
        text = re.sub(DRAWN, lambda found: self._drawn.get(found[0], "*"), text)
        return re.sub(r"0x[0-9a-f]{6,}", "0x*", text)

    def inside(self, value: Any) -> Any:
        """All texts of plain values."""
        if isinstance(value, dict):
            return {self(key): self.inside(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.inside(item) for item in value]
        return self(value) if isinstance(value, str) else value


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []


def readable(message: Message) -> Any:
    """A message as JSON, its msgpack documents unpacked."""
    return _unpacked(json_format.MessageToDict(message))


def _unpacked(value: Any) -> Any:
    if isinstance(value, dict):
        if set(value) == {"value", "tag"} and value["tag"] == "msgpack":
            document = msgpack.unpackb(base64.b64decode(value["value"]), strict_map_key=False)
            return {"msgpack": _unpacked(document)}
        if any(not isinstance(key, str) for key in value):
            return [[_unpacked(key), _unpacked(item)] for key, item in value.items()]
        return {key: _unpacked(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_unpacked(item) for item in value]
    return {"bytes": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def error(data: bytes, hide: Hidden) -> Observed:
    """An error document: the block below `Message:`, and where in the module it was raised."""
    document = errors_pb2.ErrorDocument.FromString(data).error
    trace, _, message = document.message.partition("\nMessage:\n\n")
    frames = re.findall(rf'File "{re.escape(str(MODULES))}/([^"]+)", line (\d+), in (.+)', trace)
    return {
        "code": document.code,
        "kind": errors_pb2.ContainerError.Kind.Name(document.kind),
        "origin": origin(document.origin),
        "worker": document.worker,
        "message": [hide(line.strip()) for line in message.strip("\n").split("\n")],
        "frames": [f"{name}:{line} {function}" for name, line, function in frames],
    }


def origin(number: int) -> str:
    return execution_pb2.ExecutionError.ErrorKind.Name(number)


def decks(page: Path) -> list[str]:
    html = page.read_text("utf-8")
    return list(flytekit_tabs(page) if "flyte-frame-tabs" in html else tabs(page))


def content(data: bytes, hide: Hidden) -> Any:
    """A file: text, the rows of a table, what a pickle says; of other formats the size."""
    if data[:4] == b"PAR1":
        import pyarrow.parquet

        table = pyarrow.parquet.read_table(io.BytesIO(data))
        rows = json.loads(json.dumps(table.to_pylist(), default=str))
        return {"columns": [f"{field.name}: {field.type}" for field in table.schema], "rows": rows}
    if data[:6] == b"\x93NUMPY":
        import numpy

        array = numpy.load(io.BytesIO(data), allow_pickle=True)
        return {"array": str(array.dtype), "values": repr(array.tolist())}
    if data[:1] == b"\x80":
        return {"pickle": [hide(item) if isinstance(item, str) else item for item in constants(data)]}
    try:
        return hide(data.decode("utf-8"))
    except UnicodeDecodeError:
        return {"bytes": len(data)}


def constants(data: bytes) -> Iterator[Any]:
    """What a pickle says, as far as it is one: joblib puts arrays in between."""
    try:
        for code, argument, _ in pickletools.genops(data):
            if code.name.endswith(CONSTANTS):
                yield argument
    except ValueError:
        return


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
