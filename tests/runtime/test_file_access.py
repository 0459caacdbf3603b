"""`ctx.file_access` beside flytekit's, call by call; and where it is meant to be better."""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import fsspec
import pytest

from tests.runtime.peer import HERE, INTERPRETER
from wingbeat.exceptions import FlyteAssertion, FlyteDownloadDataException, FlyteUploadDataException
from wingbeat.runtime.file_access import FileAccess
from wingbeat.storage import StorageError

CALLS = str(HERE / "file_access_calls.py")


@cache
def outcome(interpreter: str, module: str, name: str) -> list[Any]:
    """What the calls print. Empty if there is no such interpreter here."""
    if not Path(interpreter).exists() and not os.environ.get("CI"):
        return []
    done = subprocess.run([interpreter, CALLS, module, name], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("[")]


OURS = outcome(sys.executable, "wingbeat.runtime.file_access", "FileAccess")


@pytest.mark.parametrize("label", [label for label, *_ in OURS])
def test_a_call_does_the_same(label: str) -> None:
    theirs = outcome(str(INTERPRETER), "flytekit.core.data_persistence", "FileAccessProvider")
    if not theirs:
        pytest.skip(f"no flytekit at {INTERPRETER}: make peers")
    (mine,) = (rest for name, *rest in OURS if name == label)
    assert [mine] == [rest for name, *rest in theirs if name == label]


@pytest.fixture
def files(tmp_path: Path) -> FileAccess:
    return FileAccess(tmp_path / "sandbox", str(tmp_path / "raw"))


def test_random_names_do_not_follow_the_seed(files: FileAccess) -> None:
    random.seed(1)
    first = files.get_random_string()
    random.seed(1)
    assert files.get_random_string() != first


def test_a_folder_is_no_file(files: FileAccess, tmp_path: Path) -> None:
    """flytekit does nothing, and says nothing."""
    tmp_path.joinpath("folder").mkdir()
    with pytest.raises(FlyteDownloadDataException, match="A folder is where a file should be"):
        files.get_data(str(tmp_path / "folder"), str(tmp_path / "copy"))
    with pytest.raises(FlyteUploadDataException, match="A folder is where a file should be"):
        files.put_data(tmp_path / "folder", str(tmp_path / "copy"))


def test_what_a_link_to_a_folder_leads_to_is_copied(files: FileAccess, tmp_path: Path) -> None:
    """flytekit makes an empty folder of it."""
    tmp_path.joinpath("real").mkdir()
    tmp_path.joinpath("real", "x").write_text("X")
    tmp_path.joinpath("folder").mkdir()
    tmp_path.joinpath("folder", "link").symlink_to(tmp_path / "real")
    files.upload_directory(tmp_path / "folder", str(tmp_path / "copy"))
    assert tmp_path.joinpath("copy", "link", "x").read_text() == "X"


def test_a_folder_may_be_put_into_itself(files: FileAccess, tmp_path: Path) -> None:
    tmp_path.joinpath("folder").mkdir()
    tmp_path.joinpath("folder", "x").write_text("X")
    files.upload_directory(tmp_path / "folder", str(tmp_path / "folder" / "copy"))
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.joinpath("folder").rglob("*")) == [
        "folder/copy",
        "folder/copy/x",
        "folder/x",
    ]


def test_text_is_encoded_as_a_whole(files: FileAccess) -> None:
    """In flytekit every chunk of UTF-16 begins with a mark."""
    uri = files.put_raw_data(io.StringIO("ab" * 1000), encoding="utf-16", read_chunk_size_bytes=10)
    assert Path(uri).read_text("utf-16") == "ab" * 1000


def test_any_open_file_will_do(files: FileAccess, tmp_path: Path) -> None:
    tmp_path.joinpath("f").write_text("é", "utf-8")
    with tmp_path.joinpath("f").open(encoding="utf-8") as text, tmp_path.joinpath("f").open("rb", buffering=0) as raw:
        for source in (text, raw, bytearray("é".encode()), memoryview("é".encode())):
            assert Path(files.put_raw_data(source)).read_bytes() == "é".encode()


def test_a_file_that_is_not_open_for_reading(files: FileAccess, tmp_path: Path) -> None:
    with tmp_path.joinpath("f").open("wb") as file, pytest.raises(FlyteAssertion, match="must be readable"):
        files.put_raw_data(file, upload_prefix="p")
    assert not list(tmp_path.joinpath("raw").rglob("*.*"))


@pytest.mark.parametrize("prefix", ["{folder}/raw", "memory://broken/raw"])
def test_data_that_breaks_off_leaves_nothing(prefix: str, tmp_path: Path) -> None:
    class Breaking(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell() > 2000:
                raise RuntimeError("the source broke off")
            return super().read(size)

    files = FileAccess(tmp_path / "sandbox", prefix.replace("{folder}", str(tmp_path)))
    with pytest.raises(RuntimeError, match="broke off"):
        files.put_raw_data(Breaking(b"x" * 5000), upload_prefix="p", file_name="f")
    assert not [path for path in tmp_path.joinpath("raw").rglob("*") if path.is_file()]
    assert not fsspec.filesystem("memory").exists("/broken/raw/p/f")


def test_raw_data_that_cannot_be_written_is_an_error_of_the_store(tmp_path: Path) -> None:
    tmp_path.joinpath("raw").write_text("a file")
    files = FileAccess(tmp_path / "sandbox", str(tmp_path / "raw"))
    with pytest.raises(StorageError, match="cannot write"):
        files.put_raw_data(b"x")


def test_a_prefix_without_a_bucket_to_replace(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="has no bucket"):
        FileAccess(tmp_path / "sandbox", "raw").generate_new_custom_path(alt="other")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The options of every upload to a store."""
    from wingbeat.storage import remote

    found: list[dict[str, Any]] = []
    monkeypatch.setattr(remote, "upload", lambda path, uri, folder, options: found.append(options))
    return found


def test_uploads_to_google_say_where_they_come_from(asked: list[dict[str, Any]], tmp_path: Path) -> None:
    tmp_path.joinpath("f").write_text("x")
    files = FileAccess(tmp_path / "sandbox", "gs://bucket/raw", execution_metadata={"flyte-execution-name": "e"})
    files.put_data(tmp_path / "f", "gs://bucket/f")
    files.put_raw_data(tmp_path / "f", content_type="text/html", metadata={"own": "note"})
    files.put_data(tmp_path / "f", "s3://bucket/f")
    assert asked == [
        {"metadata": {"flyte-execution-name": "e"}},
        {"content_type": "text/html", "metadata": {"flyte-execution-name": "e", "own": "note"}},
        {},
    ]
