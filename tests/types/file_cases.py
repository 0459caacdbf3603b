"""Files and folders, written and read by flytekit and by wingbeat: what each makes of them, as JSON.

Imported here and by flytekit's interpreter. Everything happens below one folder, with the same content on both sides;
names that are drawn by lot are masked.
"""
# mypy: ignore-errors

import asyncio
import base64
import contextlib
import dataclasses
import os
import pathlib
import re
import shutil
import typing
from dataclasses import dataclass, field
from functools import partial
from typing import Annotated, Dict, List, Optional, Union

import fsspec
import msgpack
import pydantic
from flyteidl.core import literals_pb2
from google.protobuf import json_format
from mashumaro.mixins.json import DataClassJSONMixin

try:
    from flytekit import BatchSize
    from flytekit.core.context_manager import ExecutionState, FlyteContextManager
    from flytekit.core.data_persistence import FileAccessProvider
    from flytekit.core.type_engine import TypeEngine
    from flytekit.models.literals import Literal
    from flytekit.types.directory import FlyteDirectory, TFRecordsDirectory
    from flytekit.types.file import CSVFile, FileExt, FlyteFile, JSONLFile

    def to_literal(context, value, hint):
        """The literal that a task writes, by the way that does not remember the literals of equal values."""
        expected = TypeEngine.to_literal_type(hint)
        return asyncio.run(TypeEngine.async_to_literal(context, value, hint, expected)).to_flyte_idl()

    def from_literal(context, data, hint):
        """The value that a task reads."""
        literal = Literal.from_flyte_idl(literals_pb2.Literal.FromString(data))
        return asyncio.run(TypeEngine.async_to_python_value(context, literal, hint))

except ImportError:
    from wingbeat import BatchSize, Codec, FlyteDirectory, FlyteFile, TypeEngine
    from wingbeat.runtime.execution_state import ExecutionState
    from wingbeat.runtime.file_access import FileAccess as FileAccessProvider
    from wingbeat.runtime.flyte_context import FlyteContextManager
    from wingbeat.types.directory import TFRecordsDirectory
    from wingbeat.types.file import CSVFile, FileExt, JSONLFile

    def to_literal(context, value, hint):
        """The literal that a task writes."""
        return literals_pb2.Literal.FromString(Codec(hint).encode(value))

    def from_literal(context, data, hint):
        """The value that a task reads."""
        return Codec(hint).decode(data)


@contextlib.contextmanager
def execution(root, mode):
    """The context of a task's execution, or of a local one."""
    context = FlyteContextManager.current_context()
    access = FileAccessProvider(str(root / "sandbox"), str(root / "raw"))
    state = context.new_execution_state().with_params(mode=ExecutionState.Mode[mode])
    with FlyteContextManager.with_context(context.with_file_access(access).with_execution_state(state)) as made:
        yield made


MODES = ("TASK_EXECUTION", "LOCAL_WORKFLOW_EXECUTION")
REMOTE, REMOTE_FOLDER = "memory://bucket/folder/a.csv", "memory://bucket/folder"
CONTENT = {
    "a.txt": b"a",
    "p%20q.txt": b"p",
    "b c#ü.csv": b"x,y\n1,2\n",
    "z.csv.gz": b"not gzip",
    "d/one.txt": b"1",
    "d/e/two.txt": b"2",
}


def prepare(root):
    """The files that all cases are about."""
    for name, content in CONTENT.items():
        path = root / "given" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (root / "given" / "link.txt").unlink(missing_ok=True)
    (root / "given" / "link.txt").symlink_to(root / "given" / "a.txt")
    system = fsspec.filesystem("memory")
    system.pipe("/bucket/folder/a.csv", b"far")
    system.pipe("/bucket/folder/sub/b.csv", b"farther")


class Marked(FlyteFile):
    """A subclass of a user's."""


@dataclass
class Holder:
    f: FlyteFile


@dataclass
class HolderOfFormat:
    f: FlyteFile["csv"]  # noqa: F821


@dataclass
class Many:
    f: FlyteFile
    d: FlyteDirectory
    o: Optional[FlyteFile] = None
    many: List[FlyteFile] = field(default_factory=list)
    m: Dict[str, FlyteDirectory] = field(default_factory=dict)
    h: Optional[Holder] = None
    x: FlyteFile["csv"] = None  # noqa: F821
    n: int = 5


@dataclass
class Mixed(DataClassJSONMixin):
    f: FlyteFile
    d: Optional[FlyteDirectory] = None
    raw: Dict[int, str] = field(default_factory=dict)


@dataclass
class Defaults:
    f: FlyteFile = None
    far: FlyteFile = FlyteFile(REMOTE)
    p: os.PathLike = None
    d: FlyteDirectory["x"] = None  # noqa: F821


class Model(pydantic.BaseModel):
    f: FlyteFile
    d: Optional[FlyteDirectory] = None
    many: List[FlyteFile] = []
    x: Optional[FlyteFile["csv"]] = None  # noqa: F821


class ModelOfFormats(pydantic.BaseModel):
    x: FlyteFile["csv"]  # noqa: F821
    y: FlyteFile["png"]  # noqa: F821
    d: FlyteDirectory["a"]  # noqa: F821


TYPES = {
    "file": FlyteFile,
    "csv": FlyteFile["csv"],
    "CSVFile": CSVFile,
    "JSONLFile": JSONLFile,
    "TFRecordsDirectory": TFRecordsDirectory,
    "type variable": FlyteFile[typing.TypeVar("jpg")],
    "two dots": FlyteFile[Annotated[str, FileExt("tar.gz")]],
    "spaces and dots": FlyteFile[" ~.csv "],
    "empty": FlyteFile[""],
    "folder": FlyteDirectory,
    "folder of csv": FlyteDirectory["csv"],
    "folder in parts": Annotated[FlyteDirectory, BatchSize(10)],
    "path": os.PathLike,
    "text": typing.TextIO,
    "binary": typing.BinaryIO,
    "optional": Optional[FlyteFile["csv"]],  # noqa: F821
    "union": Union[FlyteFile, FlyteDirectory, str],
    "list": List[FlyteFile],
    "dict": Dict[str, FlyteDirectory],
    "annotated": Annotated[FlyteFile, "x"],
    "subclass": Marked,
    "holder": Holder,
    "holder of format": HolderOfFormat,
    "many": Many,
    "optional many": Optional[Many],
    "mixed": Mixed,
    "defaults": Defaults,
    "model": Model,
    "optional model": Optional[Model],
    "model of formats": ModelOfFormats,
}


def values(root):
    """Name -> declared type and value. A value is made when it is needed: making some of them raises."""
    given = root / "given"
    a, csv, gz, folder, link = (given / name for name in ("a.txt", "b c#ü.csv", "z.csv.gz", "d", "link.txt"))
    target = str(root / "target" / "copy.txt")
    far = {"far file": REMOTE, "s3 file": "s3://bucket/a%20b.csv"}
    return {
        # What a FlyteFile may be given.
        **{f"{name} as str": (FlyteFile, lambda uri=uri: uri) for name, uri in far.items()},
        **{f"{name} as object": (FlyteFile, lambda uri=uri: FlyteFile(uri)) for name, uri in far.items()},
        "far file from a source": (FlyteFile, lambda: FlyteFile.from_source(REMOTE)),
        "far file with metadata": (FlyteFile, lambda: FlyteFile(REMOTE, metadata={"k": "v", "a": ""})),
        "far file as path": (FlyteFile, lambda: pathlib.Path("/nowhere/at all")),
        "str": (FlyteFile, lambda: str(a)),
        "str, odd name": (CSVFile, lambda: str(csv)),
        "str, percent": (FlyteFile, lambda: str(given / "p%20q.txt")),
        "path": (FlyteFile, lambda: a),
        "path, odd name": (CSVFile, lambda: csv),
        "object": (FlyteFile, lambda: FlyteFile(str(a))),
        "object of a path": (FlyteFile, lambda: FlyteFile(a)),
        "object, compressed": (FlyteFile, lambda: FlyteFile(str(gz))),
        "object of another format": (CSVFile, lambda: FlyteFile["png"](str(a))),
        "object with metadata": (FlyteFile, lambda: FlyteFile(str(a), metadata={"k": "v"})),
        "object with a target": (FlyteFile, lambda: FlyteFile(str(a), remote_path=target)),
        "object with a path as target": (FlyteFile, lambda: FlyteFile(str(a), remote_path=pathlib.Path(target))),
        "object that stays": (FlyteFile, lambda: FlyteFile(str(a), remote_path=False)),
        "object of a subclass": (Marked, lambda: Marked(str(a))),
        "from a source": (FlyteFile, lambda: FlyteFile.from_source(str(a))),
        "missing str": (FlyteFile, lambda: str(given / "none")),
        "empty str": (FlyteFile, lambda: ""),
        "missing path": (FlyteFile, lambda: given / "none"),
        "missing object": (FlyteFile, lambda: FlyteFile(str(given / "none"))),
        "missing object with a target": (FlyteFile, lambda: FlyteFile(str(given / "none"), remote_path=target)),
        "folder as file": (FlyteFile, lambda: str(folder)),
        "folder path as file": (FlyteFile, lambda: folder),
        "object of a folder": (FlyteFile, lambda: FlyteFile(str(folder))),
        "link": (FlyteFile, lambda: str(link)),
        "link object": (FlyteFile, lambda: FlyteFile(str(link))),
        "link object with a target": (FlyteFile, lambda: FlyteFile(str(link), remote_path=target)),
        "int": (FlyteFile, lambda: 5),
        "None": (FlyteFile, lambda: None),
        "URL of a local file": (FlyteFile, lambda: f"file://{a}"),
        "folder object as file": (FlyteFile, lambda: FlyteDirectory(str(folder))),
        "PathLike of str": (os.PathLike, lambda: str(given / "none")),
        "PathLike of path": (os.PathLike, lambda: a),
        "PathLike of object": (os.PathLike, lambda: FlyteFile(str(a))),
        "PathLike of far object": (os.PathLike, lambda: FlyteFile(REMOTE)),
        "PathLike of int": (os.PathLike, lambda: 5),
        "text": (typing.TextIO, lambda: str(a)),
        # What a FlyteDirectory may be given.
        "far folder as str": (FlyteDirectory, lambda: REMOTE_FOLDER),
        "far folder as object": (FlyteDirectory, lambda: FlyteDirectory(REMOTE_FOLDER)),
        "far folder from a source": (FlyteDirectory, lambda: FlyteDirectory.from_source(REMOTE_FOLDER)),
        "folder as str": (FlyteDirectory, lambda: str(folder)),
        "folder as path": (FlyteDirectory, lambda: folder),
        "folder in parts": (Annotated[FlyteDirectory, BatchSize(1)], lambda: str(folder)),
        "folder object": (FlyteDirectory, lambda: FlyteDirectory(str(folder))),
        "folder object of a path": (FlyteDirectory["x"], lambda: FlyteDirectory(folder)),
        "folder object with a target": (FlyteDirectory, lambda: FlyteDirectory(str(folder), remote_directory=target)),
        "folder object that stays": (FlyteDirectory, lambda: FlyteDirectory(str(folder), remote_directory=False)),
        "folder from a source": (FlyteDirectory, lambda: FlyteDirectory.from_source(str(folder))),
        "missing folder as str": (FlyteDirectory, lambda: str(given / "none")),
        "missing folder as object": (FlyteDirectory, lambda: FlyteDirectory(str(given / "none"))),
        "file as folder": (FlyteDirectory, lambda: str(a)),
        "file as folder object": (FlyteDirectory, lambda: FlyteDirectory(str(a))),
        "far folder with a target": (FlyteDirectory, lambda: FlyteDirectory(REMOTE_FOLDER, remote_directory=target)),
        "folder of int": (FlyteDirectory, lambda: 5),
        # Inside other values.
        "list": (List[FlyteFile], lambda: [str(a), FlyteFile(REMOTE)]),
        "dict": (Dict[str, FlyteDirectory], lambda: {"x": str(folder), "y": FlyteDirectory(REMOTE_FOLDER)}),
        "optional": (Optional[FlyteFile], lambda: FlyteFile(str(a))),
        "optional None": (Optional[FlyteFile], lambda: None),
        "union, file": (Union[int, FlyteFile], lambda: FlyteFile(REMOTE)),
        "holder": (Holder, lambda: Holder(FlyteFile(str(a)))),
        "holder of str": (Holder, lambda: Holder(str(a))),
        "holder of far str": (Holder, lambda: Holder(REMOTE)),
        "holder with metadata": (Holder, lambda: Holder(FlyteFile(REMOTE, metadata={"k": "v"}))),
        "holder of a missing file": (Holder, lambda: Holder(FlyteFile(str(given / "none")))),
        "holder of format": (HolderOfFormat, lambda: HolderOfFormat(FlyteFile["csv"](str(csv)))),
        "many": (
            Many,
            lambda: Many(
                FlyteFile(str(a)),
                FlyteDirectory(str(folder)),
                FlyteFile(REMOTE),
                [FlyteFile(str(csv)), str(a)],
                {"k": FlyteDirectory(REMOTE_FOLDER)},
                Holder(FlyteFile(str(gz), metadata={"k": "v"})),
                FlyteFile["csv"](str(csv)),
            ),
        ),
        "few": (Many, lambda: Many(FlyteFile(REMOTE), FlyteDirectory(REMOTE_FOLDER))),
        "dict of holders": (Dict[str, Holder], lambda: {"x": Holder(FlyteFile(str(a)))}),
        "dict of numbers": (Dict[int, FlyteFile], lambda: {1: FlyteFile(REMOTE)}),
        "mixed": (Mixed, lambda: Mixed(FlyteFile(str(a)), FlyteDirectory(REMOTE_FOLDER), {1: "x"})),
        "model": (Model, lambda: Model(f=FlyteFile(str(a)), many=[FlyteFile(REMOTE, metadata={"k": "v"})])),
        "model with folder": (
            Model,
            lambda: Model(f=FlyteFile(REMOTE), d=FlyteDirectory(str(folder)), x={"path": str(csv)}),
        ),
    }


def written(root, mode):
    """What becomes of each value: the literal, and what is uploaded; or the classes of the exception."""
    answers = {}
    for name, (hint, make) in values(root).items():
        for folder in ("raw", "target"):
            shutil.rmtree(root / folder, ignore_errors=True)
        with execution(root, mode) as context:
            answers[name] = _attempt(partial(_written, context, hint, make, root))
    return answers


def _written(context, hint, make, root):
    literal = to_literal(context, make(), hint)
    data = literal.SerializeToString(deterministic=True)
    return {
        "literal": mask(_plain(literal), root),
        "uploads": uploads(root),
        "hex": data.hex(),
        "read": _attempt(lambda: _read(context, hint, data, root)),
    }


def read(root, literals):
    """What becomes of literals that somebody has written: name -> hex."""
    with execution(root, MODES[0]) as context:
        return {
            name: _attempt(partial(_read, context, hint, bytes.fromhex(literals[name]), root))
            for name, (hint, _) in values(root).items()
            if name in literals
        }


def _read(context, hint, data, root):
    return mask(described(from_literal(context, data, hint)), root)


def described(value):
    """All there is to know about a value that holds files."""
    if isinstance(value, FlyteFile):
        about = {
            "file": type(value).extension(),
            "subclass": isinstance(value, Marked),
            "path": str(value.path),
            "source": value.remote_source,
            "target": value.remote_path,
            "metadata": value.metadata,
            "downloaded": value.downloaded,
        }
        if value.remote_source and value.remote_source.startswith("s3://"):
            return about
        return about | {"content": pathlib.Path(value).read_text("utf-8"), "then": value.downloaded}
    if isinstance(value, FlyteDirectory):
        about = {
            "folder": type(value).extension(),
            "path": str(value.path),
            "source": value.remote_source,
            "target": value.remote_directory,
            "downloaded": value.downloaded,
        }
        names = sorted(str(path.relative_to(value)) for path in pathlib.Path(value).rglob("*") if path.is_file())
        return about | {"names": names, "then": value.downloaded}
    if isinstance(value, (list, dict)):
        return [described(one) for one in (sorted(value.items()) if isinstance(value, dict) else value)]
    if isinstance(value, tuple):
        return [value[0], described(value[1])]
    if dataclasses.is_dataclass(value):
        return {one.name: described(getattr(value, one.name)) for one in dataclasses.fields(value)}
    if isinstance(value, pydantic.BaseModel):
        return {name: described(getattr(value, name)) for name in type(value).model_fields}
    return value


def types():
    """The Flyte type of each type, and the type that is guessed for it."""
    return {name: _attempt(partial(_type, hint)) for name, hint in TYPES.items()}


def _type(hint):
    found = TypeEngine.to_literal_type(hint)
    guess = _attempt(lambda: TypeEngine.guess_python_type(found))
    if isinstance(guess, type) and issubclass(guess, (FlyteFile, FlyteDirectory)):
        guess = [guess.extension(), issubclass(guess, FlyteFile)]
    return {"type": _plain(found.to_flyte_idl()), "guess": guess if isinstance(guess, (list, dict)) else None}


def uploads(root):
    """What was written below the raw output prefix and the target: masked paths and contents."""
    found = {}
    for folder in ("raw", "target"):
        for path in sorted((root / folder).rglob("*")):
            if path.is_file():
                found[mask(str(path), root)] = path.read_text("utf-8")
    return found


def mask(value, root):
    """A JSON value without what differs from run to run."""
    if isinstance(value, dict):
        return {mask(key, root): mask(one, root) for key, one in value.items()}
    if isinstance(value, list):
        return [mask(one, root) for one in value]
    if not isinstance(value, str):
        return value
    return re.sub(r"[0-9a-f]{32}", "*", value.replace(str(root), "ROOT"))


def _plain(message):
    """A protobuf message as JSON, documents in it unpacked."""

    def unpacked(value):
        if isinstance(value, list):
            return [unpacked(one) for one in value]
        if not isinstance(value, dict):
            return value
        if value.get("tag") == "msgpack" and "value" in value:
            return {"msgpack": unpacked(msgpack.unpackb(base64.b64decode(value["value"]), strict_map_key=False))}
        return {str(key): unpacked(one) for key, one in value.items()}

    return unpacked(json_format.MessageToDict(message))


def _attempt(action):
    try:
        return action()
    except Exception as error:  # noqa: BLE001  # its class is the answer
        causes = [error, error.__cause__ or error]
        return {"error": [cls.__name__ for one in causes for cls in type(one).__mro__], "message": str(error)}
