"""What user code calls on files and folders: as flytekit answers, and where wingbeat is meant to do better."""

from __future__ import annotations

import logging
import os
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest

from tests.case_module import load
from tests.types.oracle import ask
from wingbeat import FlyteDirectory, FlyteFile, current_context
from wingbeat.exceptions import FlyteDownloadDataException
from wingbeat.runtime.flyte_context import FlyteContextManager
from wingbeat.types import file as file_module
from wingbeat.types.file import CSVFile

calls = load(__file__, "file_calls")


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], dict[str, Any]]:
    """Ours and theirs."""
    theirs = ask("oracle_file_calls.py", str(tmp_path_factory.mktemp("theirs")))
    return calls.answers(tmp_path_factory.mktemp("ours")), theirs


@pytest.fixture
def far() -> Iterator[str]:
    """A folder elsewhere with two files, one of them further down."""
    system = fsspec.filesystem("memory")
    system.pipe("/calls/folder/a.csv", b"far")
    system.pipe("/calls/folder/sub/b.csv", b"farther")
    yield "memory://calls/folder"
    system.rm("/calls", recursive=True)


@pytest.mark.parametrize("name", calls.CALLS)
def test_a_call(name: str, answers: tuple[dict[str, Any], dict[str, Any]]) -> None:
    ours, theirs = answers[0][name], answers[1][name]
    if isinstance(theirs, dict) and "error" in theirs:
        assert theirs["error"][0] in ours["error"], ours
    else:
        assert ours == theirs


def test_a_path_object_is_a_path(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x", "utf-8")
    file = FlyteFile(path)
    assert (repr(file), str(file), os.fspath(file)) == (str(path), str(path), str(path))
    with open(file, encoding="utf-8") as opened:
        assert opened.read() == "x"


def test_a_folder_elsewhere_is_downloaded(far: str) -> None:
    directory = FlyteDirectory(far)
    path = directory.download()
    assert sorted(os.listdir(directory)) == ["a.csv", "sub"]
    assert (os.path.isabs(path), directory.path, directory.download()) == (True, far, path)


def test_what_is_listed_keeps_its_name(far: str) -> None:
    first = FlyteDirectory.listdir(FlyteDirectory(far))[0]
    assert os.path.basename(os.fspath(first)) == "a.csv"


def test_a_folder_is_no_file(far: str) -> None:
    with pytest.raises(FlyteDownloadDataException, match="Is a folder, not a file"):
        FlyteFile(far).download()


def test_what_a_failed_block_has_written_is_not_there(far: str) -> None:
    def fail() -> None:
        with FlyteFile(f"{far}/new.txt").open("w") as file:
            file.write("half of")
            raise KeyError("stop")

    with pytest.raises(KeyError):
        fail()
    assert not fsspec.filesystem("memory").exists("/calls/folder/new.txt")


def test_what_replaces_a_file_elsewhere_appears_at_the_end(far: str) -> None:
    system = fsspec.filesystem("memory")
    with FlyteFile(f"{far}/a.csv").open("w") as file:
        file.write("new")
        file.flush()
        assert system.cat("/calls/folder/a.csv") == b"far"
    assert system.cat("/calls/folder/a.csv") == b"new"


def test_writing_here_makes_folders(tmp_path: Path) -> None:
    with FlyteFile(str(tmp_path / "new" / "a.txt")).open("w") as file:
        file.write("x")
    assert (tmp_path / "new" / "a.txt").read_text("utf-8") == "x"


def test_a_missing_file_is_named(far: str) -> None:
    with pytest.raises(FileNotFoundError, match=f"cannot read '{far}/none'"), FlyteFile(f"{far}/none").open("r"):
        pass


def test_a_format_is_one_class() -> None:
    assert FlyteFile["csv"] is FlyteFile[".csv"] is CSVFile
    assert FlyteFile["csv"].__qualname__ == "FlyteFile['csv']"
    assert FlyteFile["~"] is FlyteFile


def test_a_file_with_a_format_is_pickled(far: str) -> None:
    file = CSVFile(f"{far}/a.csv", metadata={"k": "v"})
    again = pickle.loads(pickle.dumps(file))
    assert (type(again), again, again.metadata) == (CSVFile, file, {"k": "v"})
    assert Path(again).read_text("utf-8") == "far"
    folder = pickle.loads(pickle.dumps(FlyteDirectory["x"].from_source(far)))
    assert (type(folder), sorted(os.listdir(folder))) == (FlyteDirectory["x"], ["a.csv", "sub"])


def test_another_name_is_none() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'TXTFile'"):
        file_module.TXTFile  # noqa: B018


def test_the_working_folder_and_the_places_of_the_context(tmp_path: Path) -> None:
    context = FlyteContextManager.current_context()
    assert FlyteFile.new("a.txt").path == os.path.join(current_context().working_directory, "a.txt")
    assert FlyteFile.new_remote_file("a.txt").path == f"{context.file_access.raw_output_prefix}a.txt"
    path = Path(context.file_access.get_random_local_path("a.txt"))
    path.parent.mkdir()
    path.write_text("x", "utf-8")
    assert Path(context.file_access.put_raw_data(str(path))).read_text("utf-8") == "x"


def test_nothing_is_logged(far: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "wingbeat"):
        FlyteFile(f"{far}/a.csv").download()
    assert not caplog.records
