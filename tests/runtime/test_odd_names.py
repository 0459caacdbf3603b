"""Names that other programs take for patterns, and folders without files, through `ctx.file_access`."""

from __future__ import annotations

from pathlib import Path

import fsspec
import pytest

from wingbeat.exceptions import FlyteDataNotFoundException
from wingbeat.runtime.file_access import FileAccess

NAMES = ["a[1].txt", "a*.txt", "a?.txt", "a{1,b}.txt", "**"]


@pytest.fixture
def files(tmp_path: Path) -> FileAccess:
    fsspec.filesystem("memory").store.clear()
    return FileAccess(str(tmp_path / "sandbox"), str(tmp_path / "raw"))


@pytest.fixture(params=["local", "store"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "there") if request.param == "local" else "memory://there"


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_no_pattern(files: FileAccess, place: str, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for other, text in {"a1.txt": "other", "ab.txt": "another", name: "this"}.items():
        folder.joinpath(other).write_text(text)
    files.put_data(str(folder / name), f"{place}/alone/{name}")
    files.put_data(str(folder), f"{place}/all", is_multipart=True)
    for source in ("alone", "all"):
        target = tmp_path / source
        files.get_data(f"{place}/{source}/{name}", str(target))
        assert target.read_text() == "this"
    files.get_data(f"{place}/all", str(tmp_path / "back"), is_multipart=True)
    assert {path.name: path.read_text() for path in tmp_path.joinpath("back").iterdir()} == {
        "a1.txt": "other",
        "ab.txt": "another",
        name: "this",
    }
    assert files.exists(f"{place}/alone/{name}")
    assert not files.exists(f"{place}/alone/a1.txt")


@pytest.mark.parametrize("name", NAMES)
def test_a_pattern_finds_nothing(files: FileAccess, place: str, tmp_path: Path, name: str) -> None:
    tmp_path.joinpath("a1.txt").write_text("other")
    files.put_data(str(tmp_path / "a1.txt"), f"{place}/a1.txt")
    with pytest.raises(FlyteDataNotFoundException):
        files.get_data(f"{place}/{name}", str(tmp_path / "target"))
    assert not tmp_path.joinpath("target").exists()


def test_a_folder_without_files(files: FileAccess, place: str, tmp_path: Path) -> None:
    fsspec.filesystem("memory").makedirs("/there/empty", exist_ok=True)
    tmp_path.joinpath("there", "empty").mkdir(parents=True)
    files.get_data(f"{place}/empty", str(tmp_path / "back"), is_multipart=True)
    assert list(tmp_path.joinpath("back").iterdir()) == []
    with pytest.raises(FlyteDataNotFoundException):
        files.get_data(f"{place}/missing", str(tmp_path / "other"), is_multipart=True)
