"""Files and folders in S3, by either driver: what flytekit and wingbeat write there, the other reads."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import s3fs

from tests import literals as l
from tests.types.oracle import ask
from wingbeat import Codec, FlyteDirectory, FlyteFile
from wingbeat.exceptions import FlyteDataNotFoundException, FlyteDownloadDataException
from wingbeat.runtime.execution_state import ExecutionState
from wingbeat.runtime.file_access import FileAccess
from wingbeat.runtime.flyte_context import FlyteContextManager
from wingbeat.storage.options import storage_options

#: Names that something on the way may take for something else. flytekit's own uploads lose those with a `%`.
NAMES = ["plain.txt", "with space", "a#b", "é日本", "a+b", "table.csv.gz"]
PERCENT = ["100%25", "%41"]


@pytest.fixture(params=["obstore", "fsspec"])
def place(request: pytest.FixtureRequest, s3: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The raw output prefix."""
    monkeypatch.setenv("WINGBEAT_STORE", request.param)
    return f"{s3}/raw"


@pytest.fixture
def given(place: str, tmp_path: Path) -> Iterator[Path]:
    """Files to write, in the context of a task's execution."""
    folder = tmp_path / "given"
    folder.mkdir()
    for name in [*NAMES, *PERCENT]:
        folder.joinpath(name).write_text(f"content of {name}", "utf-8")
    context = FlyteContextManager.current_context()
    access = FileAccess(tmp_path / "sandbox", place)
    state = context.new_execution_state().with_params(mode=ExecutionState.Mode.TASK_EXECUTION)
    with FlyteContextManager.with_context(context.with_file_access(access).with_execution_state(state)):
        yield folder


def written(given: Path, names: list[str]) -> dict[str, str]:
    found = {name: Codec(FlyteFile).encode(str(given / name)).hex() for name in names}
    return {**found, "": Codec(FlyteDirectory).encode(str(given)).hex()}


def told(value: Any) -> Any:
    folder = Path(value)
    if isinstance(value, FlyteFile):
        return folder.read_text("utf-8")
    return {str(path.relative_to(folder)): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()}


def test_each_reads_what_the_other_has_written(given: Path, place: str, tmp_path: Path) -> None:
    ours = written(given, [*NAMES, *PERCENT])
    question = {"prefix": place, "folder": str(tmp_path), "literals": ours, "names": NAMES}
    theirs = ask("oracle_file_store.py", json.dumps(question))
    everything = {name: f"content of {name}" for name in [*NAMES, *PERCENT]}
    assert theirs["read"] == {**everything, "": everything}
    for name, data in theirs["written"].items():
        value: Any = Codec(FlyteFile if name else FlyteDirectory).decode(bytes.fromhex(data))
        assert (value.downloaded, value.remote_source.startswith(place)) == (False, True)
        assert told(value) == (everything[name] if name else everything)
        assert value.downloaded
        assert not name or os.path.basename(value) == name


def test_a_compressed_file_says_so(given: Path) -> None:
    uri = l.Literal.FromString(Codec(FlyteFile).encode(str(given / "table.csv.gz"))).scalar.blob.uri
    about = s3fs.S3FileSystem(**storage_options("s3")).call_s3(
        "head_object", Bucket=uri.split("/")[2], Key=uri.split("/", 3)[3]
    )
    assert about["ContentEncoding"] == "gzip"


def test_a_folder_is_looked_at_and_filled_where_it_is(given: Path, place: str) -> None:
    folder = FlyteDirectory.new_remote("new")
    for name in ("a.txt", "sub/b.txt"):
        with folder.new_file(name).open("w") as file:
            file.write(name)
    listed = FlyteDirectory.listdir(folder)
    assert [one.remote_source for one in listed] == [f"{place}/new/a.txt", f"{place}/new/sub"]
    assert [told(one) for one in listed] == ["a.txt", {"b.txt": "sub/b.txt"}]
    assert list(folder.crawl()) == [(f"{place}/new", "a.txt"), (f"{place}/new", "sub/b.txt")]
    with FlyteFile(f"{place}/new/a.txt").open("rb") as file:
        assert file.read() == b"a.txt"
    assert l.Literal.FromString(Codec(FlyteDirectory).encode(folder)).scalar.blob.uri == f"{place}/new"


def test_what_is_not_there(given: Path, place: str) -> None:
    with FlyteDirectory.new_remote("new").new_file("a").open("w") as file:
        file.write("a")
    for nothing in (FlyteFile(f"{place}/none"), FlyteDirectory(f"{place}/none")):
        with pytest.raises(FlyteDataNotFoundException, match=f"Received: {place}/none"):
            nothing.download()
    with pytest.raises(FlyteDownloadDataException, match="Is a folder, not a file"):
        FlyteFile(f"{place}/new").download()
    with pytest.raises(FileNotFoundError, match="cannot read"), FlyteFile(f"{place}/none").open("r") as file:
        file.read()
