"""Calls on `FlyteFile` and `FlyteDirectory` as user code makes them, asked of flytekit and of wingbeat.

Imported here and by flytekit's interpreter. Every call is given the folder of its own, its result is JSON.
"""
# mypy: ignore-errors

import asyncio
import dataclasses
import os
import pathlib
import pickle
import typing
from typing import Annotated

import fsspec
import pydantic

try:
    from flytekit import FlyteContextManager, current_context
    from flytekit.types import directory as directory_module
    from flytekit.types import file as file_module
    from flytekit.types.directory import FlyteDirectory
    from flytekit.types.file import CSVFile, FlyteFile
except ImportError:
    from wingbeat import FlyteDirectory, FlyteFile, current_context
    from wingbeat.runtime.flyte_context import FlyteContextManager
    from wingbeat.types import directory as directory_module
    from wingbeat.types import file as file_module
    from wingbeat.types.file import CSVFile

FAR, FAR_FOLDER = "memory://calls-bucket/folder/a.csv", "memory://calls-bucket/folder"


class Model(pydantic.BaseModel):
    f: FlyteFile
    d: FlyteDirectory = FlyteDirectory(FAR_FOLDER)


class ModelOfFormat(pydantic.BaseModel):
    f: FlyteFile["csv"]  # noqa: F821


def prepare(root):
    """The files here and elsewhere."""
    (root / "d" / "e").mkdir(parents=True)
    (root / "a.txt").write_text("near", "utf-8")
    (root / "d" / "one.txt").write_text("1", "utf-8")
    (root / "d" / "e" / "two.txt").write_text("2", "utf-8")
    system = fsspec.filesystem("memory")
    for name, content in {"a.csv": b"far", "b.csv": b"x", "sub/c.csv": b"y", "sub/deep/d.csv": b"z"}.items():
        system.pipe(f"/calls-bucket/folder/{name}", content)


def state(value):
    """The attributes that user code looks at."""
    about = {"type": type(value).extension(), "path": str(value.path), "source": value.remote_source}
    about["downloaded"] = value.downloaded
    if isinstance(value, FlyteFile):
        return about | {"target": value.remote_path, "metadata": value.metadata}
    return about | {"target": value.remote_directory}


def streamed(root):
    copy = FlyteFile.new_remote_file("copy.txt")
    with FlyteFile(FAR).open("rb", cache_type="readahead", cache_options={}) as reader, copy.open("wb") as writer:
        writer.write(reader.read())
    with copy.open("r") as reader:
        return [reader.read(), os.path.basename(copy.path)]


def opened(root, path, mode="r"):
    with FlyteFile(path).open(mode) as file:
        return str(file.read())


def called_once(root):
    calls = []
    file = FlyteFile(str(root / "a.txt"), downloader=lambda: calls.append(1))
    os.fspath(file), file.download(), open(file, encoding="utf-8").close()
    return [calls, file.downloaded]


def awaited(root):
    calls = []

    async def download():
        calls.append(1)

    directory = FlyteDirectory(str(root / "d"), downloader=download)
    return [os.path.basename(directory.download()), calls, directory.downloaded]


def listed(directory):
    found = []
    for one in FlyteDirectory.listdir(directory):
        before = state(one)
        before["path"] = ""
        content = pathlib.Path(one).read_text("utf-8") if isinstance(one, FlyteFile) else sorted(os.listdir(one))
        found.append([type(one).__name__, before, content, one.downloaded])
    return sorted(found, key=str)


def crawled(directory, **options):
    return sorted([str(base), path] for base, path in directory.crawl(**options))


def detailed(directory):
    return sorted(
        [str(base), name, about["size"]] for base, one in directory.crawl(detail=True) for name, about in one.items()
    )


def formats(module, base):
    """The names of a module that stand for a format, or for a type with one."""
    found = {name: getattr(module, name) for name in dir(module) if name not in ("FlyteFile", "FlyteDirectory")}
    types = {name: one.extension() for name, one in found.items() if isinstance(one, type) and issubclass(one, base)}
    items = [name for name, one in found.items() if hasattr(one, "__metadata__") or isinstance(one, typing.TypeVar)]
    return [types, {name: base[found[name]].extension() for name in items if name != "T"}]


def unpickled(value):
    again = pickle.loads(pickle.dumps(value))
    return [state(again), pathlib.Path(again).read_text("utf-8")]


CALLS = {
    "state": lambda root: [state(FlyteFile(FAR)), state(FlyteFile("/x", remote_path="s3://y", metadata={"k": "v"}))],
    "state of folders": lambda root: [state(FlyteDirectory(FAR_FOLDER)), state(FlyteDirectory("/x", None, "s3://y"))],
    "text": lambda root: [repr(FlyteFile(FAR)), str(FlyteFile("/x")), repr(FlyteDirectory("/x"))],
    "equal": lambda root: [
        FlyteFile("/x") == other
        for other in (FlyteFile("/x"), "/x", pathlib.Path("/x"), FlyteFile("/y"), FlyteFile("/x", remote_path="/z"), 1)
    ],
    "equal formats": lambda root: [
        FlyteFile["a"]("/x") == FlyteFile("/x"),
        FlyteFile["a"]("/x") == FlyteFile["a"]("/x"),
    ],
    "equal folders": lambda root: [
        FlyteDirectory("/x") == other
        for other in (
            FlyteDirectory("/x"),
            FlyteDirectory("/x", remote_directory="/z"),
            "/x",
            FlyteDirectory["a"]("/x"),
        )
    ],
    "hash": lambda root: hash(FlyteFile("/x")) == hash("/x"),
    "hash of a folder": lambda root: hash(FlyteDirectory("/x")),
    "formats": lambda root: [
        FlyteFile[item].extension()
        for item in ("csv", ".csv", "~.csv", " a b ", "", None, "~", typing.TypeVar("jpg"), Annotated[str, "x"], 3)
    ],
    "plain": lambda root: [
        FlyteFile[""] is FlyteFile,
        FlyteFile[None] is FlyteFile,
        FlyteDirectory[""] is FlyteDirectory,
    ],
    "origin": lambda root: [FlyteFile["x"].__origin__ is FlyteFile, hasattr(FlyteFile, "__origin__")],
    "format of int": lambda root: FlyteFile[Annotated[int, "x"]],
    "format of a format": lambda root: FlyteFile["csv"]["x"],
    "nothing": lambda root: FlyteFile(),
    "near": lambda root: [os.fspath(FlyteFile(str(root / "a.txt"))), FlyteFile(str(root / "a.txt")).download()],
    "far": lambda root: [os.path.basename(FlyteFile(FAR).download()), opened(root, FAR), opened(root, FAR, "rb")],
    "near, opened": lambda root: [opened(root, str(root / "a.txt")), opened(root, str(root / "a.txt"), "rb")],
    "missing, opened": lambda root: opened(root, str(root / "none")),
    "far and missing, opened": lambda root: opened(root, "memory://calls-bucket/none"),
    "folder, opened": lambda root: opened(root, str(root / "d")),
    "far and missing": lambda root: FlyteFile("memory://calls-bucket/none").download(),
    "far folder that is missing": lambda root: FlyteDirectory.from_source("memory://calls-bucket/none").download(),
    "streamed": streamed,
    "downloader": called_once,
    "coroutine": awaited,
    "coroutine method": lambda root: os.path.basename(asyncio.run(FlyteFile(FAR)._download())),
    "from a source": lambda root: [
        {**state(CSVFile.from_source(uri)), "path": ""} for uri in (FAR, str(root / "a.txt"))
    ],
    "from a missing source": lambda root: FlyteFile.from_source(str(root / "none")),
    "folder from a source": lambda root: [
        {**state(FlyteDirectory.from_source(uri)), "path": ""} for uri in (FAR_FOLDER, str(root / "d"))
    ],
    "folder from a missing source": lambda root: FlyteDirectory.from_source(str(root / "none")),
    "new": lambda root: [
        os.path.relpath(FlyteFile.new("a/b.txt").path, current_context().working_directory),
        os.path.isdir(FlyteDirectory.new("new").path),
        type(CSVFile.new("x")).extension(),
    ],
    "new, absolute": lambda root: FlyteFile.new("/a"),
    "new folder, absolute": lambda root: FlyteDirectory.new("/a"),
    "new folder, twice": lambda root: [FlyteDirectory.new("twice"), FlyteDirectory.new("twice")],
    "new, elsewhere": lambda root: [
        os.path.relpath(one.path, FlyteContextManager.current_context().file_access.raw_output_prefix)
        for one in (FlyteFile.new_remote_file("a.txt"), FlyteDirectory.new_remote("stem"))
    ],
    "new folder with an ending": lambda root: FlyteDirectory.new_remote("a.txt"),
    "inside": lambda root: [
        state(one)
        for one in (
            FlyteDirectory("/x/").new_file("a"),
            FlyteDirectory(FAR_FOLDER).new_dir("b"),
            FlyteDirectory(pathlib.Path("/x")).new_file("c"),
        )
    ],
    "inside, by lot": lambda root: len(FlyteDirectory("/x").new_file().path),
    "slash": lambda root: [str(FlyteDirectory("/x") / "a"), type(FlyteDirectory("/x") / "a") is type(pathlib.Path())],
    "sep": lambda root: FlyteDirectory("/x").sep,
    "listed": lambda root: listed(FlyteDirectory(str(root / "d"))),
    "far, listed": lambda root: listed(FlyteDirectory(FAR_FOLDER)),
    "far source, listed": lambda root: listed(FlyteDirectory.from_source(FAR_FOLDER)),
    "missing, listed": lambda root: FlyteDirectory.listdir(FlyteDirectory(str(root / "none"))),
    "far and missing, listed": lambda root: FlyteDirectory.listdir(FlyteDirectory("memory://calls-bucket/none")),
    "crawled": lambda root: crawled(FlyteDirectory(str(root / "d"))),
    "far, crawled": lambda root: crawled(FlyteDirectory(FAR_FOLDER)),
    "one level": lambda root: crawled(FlyteDirectory(FAR_FOLDER), maxdepth=1),
    "two levels": lambda root: crawled(FlyteDirectory(FAR_FOLDER), maxdepth=2),
    "no level": lambda root: crawled(FlyteDirectory(FAR_FOLDER), maxdepth=0),
    "top down": lambda root: [path for _, path in FlyteDirectory(FAR_FOLDER).crawl()],
    "bottom up": lambda root: [path for _, path in FlyteDirectory(FAR_FOLDER).crawl(topdown=False)],
    "in detail": lambda root: detailed(FlyteDirectory(FAR_FOLDER)),
    "nothing to crawl": lambda root: [crawled(FlyteDirectory(uri)) for uri in (str(root / "no"), "memory://b/no")],
    "as dict": lambda root: [FlyteFile("/x").to_dict(), FlyteDirectory("/x").to_dict()],
    "as JSON": lambda root: [FlyteFile("/x", metadata={"k": "v"}).to_json(), FlyteDirectory("/x").to_json()],
    "from a dict": lambda root: [
        state(FlyteFile.from_dict({"path": FAR, "metadata": {"k": "v"}})),
        state(FlyteDirectory.from_dict({"path": "/x"})),
    ],
    "from JSON": lambda root: [
        state(FlyteFile.from_json('{"path": "/x"}')),
        state(CSVFile.from_json('{"path": "/x"}')),
    ],
    "fields": lambda root: [[one.name for one in dataclasses.fields(cls)] for cls in (FlyteFile, FlyteDirectory)],
    "asdict": lambda root: dataclasses.asdict(FlyteFile("/x", metadata={"k": "v"})),
    "replace": lambda root: state(dataclasses.replace(FlyteFile("/x"), path="/y")),
    "pickled": lambda root: unpickled(FlyteFile(FAR)),
    "model of text": lambda root: Model(f=FAR),
    "model of an object": lambda root: state(Model(f=FlyteFile(FAR)).f),
    "model of a dict": lambda root: [
        {**state(Model(f={"path": uri, "metadata": {"k": "v"}}).f), "path": ""} for uri in (FAR, str(root / "a.txt"))
    ],
    "model of a dict with more": lambda root: Model(f={"path": FAR, "x": 1}).f.remote_source,
    "model of a missing file": lambda root: Model(f={"path": str(root / "none")}),
    "model of None": lambda root: Model(f=None),
    "model of a format": lambda root: type(ModelOfFormat(f={"path": FAR}).f).extension(),
    "model of another format": lambda root: ModelOfFormat(f=FlyteFile(FAR)),
    "model from JSON": lambda root: Model.model_validate_json('{"f": {"path": "%s"}}' % FAR).f.remote_source,  # noqa: UP031
    "dumped model": lambda root: [
        Model(f=FlyteFile(FAR, metadata={"k": "v"})).model_dump(),
        Model(f=FlyteFile(FAR)).model_dump_json(),
    ],
    "names for formats": lambda root: formats(file_module, FlyteFile),
    "names for formats of folders": lambda root: formats(directory_module, FlyteDirectory),
    "serialized": lambda root: [
        FlyteFile(FAR).serialize_flyte_file(),
        FlyteDirectory(FAR_FOLDER).serialize_flyte_dir(),
    ],
    "JSON schema of a model": lambda root: Model.model_json_schema(),
}


def answers(root):
    """The result of each call, or the classes of what it raised."""
    prepare(root)
    return {name: attempt(root, call) for name, call in CALLS.items()}


def attempt(root, call):
    """As JSON, without the folder's name."""
    import json

    try:
        result = call(root)
    except Exception as error:  # noqa: BLE001  # its class is the answer
        return {"error": [cls.__name__ for cls in type(error).__mro__], "message": str(error)}
    return json.loads(json.dumps(result).replace(str(root), "ROOT"))
