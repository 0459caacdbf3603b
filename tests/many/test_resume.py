"""What a prefix holds before a run: refused, or kept as far as it is whole."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from wingbeat import InterfaceCodec, storage
from wingbeat.runtime.many import resume

CODEC = InterfaceCodec({"o0": int})


def whole(index: int) -> bytes:
    return CODEC.encode({"o0": index})


@pytest.fixture(params=["local", "obstore", "fsspec"])
def prefix(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "local":
        return str(request.getfixturevalue("tmp_path") / "out")
    monkeypatch.setenv("WINGBEAT_STORE", request.param)
    place: str = request.getfixturevalue("s3")
    return place


def there(prefix: str) -> set[str]:
    return {
        name if not is_folder else f"{name}/{inner}"
        for name, is_folder in resume.names(prefix)
        for inner, _ in (resume.names(storage.join(prefix, name)) if is_folder else [("", False)])
    }


def test_an_empty_prefix_is_anyones(prefix: str) -> None:
    resume.refuse(prefix, range(10))
    assert not len(resume.finished(prefix, range(10), ["o0"]))


@pytest.mark.parametrize("name", ["3/outputs.pb", "3/error.pb", "summary.json", "outputs.pb", "error.pb"])
def test_what_another_run_has_left_is_not_mixed_with(name: str, prefix: str) -> None:
    storage.write(storage.join(prefix, name), b"")
    with pytest.raises(resume.OccupiedError, match=r"of another run: give a --output-prefix of its own, or --resume"):
        resume.refuse(prefix, range(10))
    assert there(prefix) == {name}


@pytest.mark.parametrize("name", ["10/outputs.pb", "03/outputs.pb", "-3/outputs.pb", "x/a", "inputs.pb", "٣/a"])
def test_what_this_run_does_not_touch_is_let_be(name: str, prefix: str) -> None:
    storage.write(storage.join(prefix, name), b"")
    resume.refuse(prefix, range(10))
    assert not len(resume.finished(prefix, range(10), ["o0"]))
    assert there(prefix) == {name}


def test_a_folder_without_files_is_no_output(tmp_path: Path) -> None:
    tmp_path.joinpath("3").mkdir()
    resume.refuse(str(tmp_path), range(10))


def test_what_is_whole_need_not_be_run(prefix: str) -> None:
    files = {
        "0/outputs.pb": whole(0),
        "1/outputs.pb": whole(1)[:-1],
        "2/outputs.pb": b"",
        "3/error.pb": b"x",
        "4/outputs.pb": whole(4),
        "4/error.pb": b"x",
        "5/error-0123.pb": b"x",
        "6/o0_offloaded_metadata.pb": b"x",
        "7/outputs.pb": whole(7),
        "8/outputs.pb": InterfaceCodec({"other": int}).encode({"other": 1}),
        "40/outputs.pb": whole(40),
        "error.pb": b"x",
    }
    for name, data in files.items():
        storage.write(storage.join(prefix, name), data)
    kept = {}
    marks = resume.finished(prefix, range(10), ["o0"], kept.__setitem__)
    assert kept == {0: whole(0), 7: whole(7)}
    assert [index for index in range(50) if index in marks] == [0, 7]
    assert not {name for name in there(prefix) if "error" in name}
    assert {name for name in files if "error" not in name} == there(prefix)


def test_many_in_a_store_are_looked_at_in_slices(s3: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resume, "_SLICE", 3)
    for index in range(8):
        storage.write(f"{s3}/{index}/outputs.pb", whole(index))
    assert len(resume.finished(s3, range(7), ["o0"])) == 7


def test_a_task_without_outputs_is_done_when_its_empty_map_is_there(tmp_path: Path) -> None:
    storage.write(str(tmp_path / "0" / "outputs.pb"), b"")
    assert 0 in resume.finished(str(tmp_path), range(1), [])


def test_a_prefix_that_is_a_file_is_said(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_bytes(b"")
    with pytest.raises(storage.StorageError, match=rf"cannot read '{place}': NotADirectoryError"):
        resume.refuse(str(place), range(10))


def test_an_error_that_cannot_be_removed_is_said(tmp_path: Path) -> None:
    os.makedirs(tmp_path / "0" / "error.pb" / "child")
    resume.refuse(str(tmp_path / "none"), range(1))
    storage.write(str(tmp_path / "error.pb" / "child"), b"")
    with pytest.raises(storage.StorageError, match="cannot delete"):
        resume.finished(str(tmp_path), range(1), ["o0"])
