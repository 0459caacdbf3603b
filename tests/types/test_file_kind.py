"""The check of a file's content where python-magic is installed: flytekit's and wingbeat's, with a stand-in for it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.types.oracle import interpreter
from wingbeat import Codec, FlyteFile, TypeTransformerFailedError
from wingbeat.types.file_kind import mime_types

MAGIC = """
import pathlib

def from_file(path, mime):
    return pathlib.Path(path).read_text()
"""
ASK = """
import json, sys, flytekit
from flytekit.types.file.file import FlyteFilePathTransformer
from flytekit.types.file import FlyteFile

transformer, answers = FlyteFilePathTransformer(), {}
for extension in json.loads(sys.argv[1]):
    try:
        answers[extension] = transformer.get_mime_type_from_extension(extension)
    except KeyError:
        answers[extension] = None
try:
    transformer.validate_file_type(FlyteFile["pdf"], sys.argv[2])
except ValueError as error:
    answers["error"] = str(error)
print(json.dumps(answers))
"""
FORMATS = ["csv", "pdf", "png", "jpeg", "html", "svg", "hdf5", "joblib", "python_pickle", "ipynb", "onnx"]
FORMATS += ["tfrecord", "jsonl", "json", "txt", "tar.gz", "nothing", "x"]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A file that holds what it is taken for."""
    path = tmp_path / "a"
    path.write_text("text/plain", "utf-8")
    magic = SimpleNamespace(from_file=lambda path, mime: Path(path).read_text("utf-8"))
    monkeypatch.setitem(sys.modules, "magic", magic)
    return path


def test_expected_types_and_the_error_are_flytekits(file: Path, tmp_path: Path) -> None:
    tmp_path.joinpath("magic.py").write_text(MAGIC, "utf-8")
    done = subprocess.run(
        [interpreter(), "-c", ASK, json.dumps(FORMATS), file],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr
    theirs = json.loads(done.stdout)
    assert theirs.pop("error") == "Incorrect file type, expected application/pdf, got text/plain"
    ours = {extension: mime_types(extension) for extension in FORMATS}
    assert json.loads(json.dumps(ours)) == theirs
    with pytest.raises(TypeTransformerFailedError) as raised:
        Codec(FlyteFile["pdf"]).encode(FlyteFile(str(file)))
    assert "Incorrect file type, expected application/pdf, got text/plain" in str(raised.value)


@pytest.mark.parametrize("form", ["txt", "hdf5", "nothing", ""])
def test_what_is_of_its_kind_or_of_none(form: str, file: Path) -> None:
    assert Codec(FlyteFile[form]).encode(str(file))


def test_only_what_is_here_is_looked_at(file: Path) -> None:
    assert Codec(FlyteFile["pdf"]).encode(f"s3://bucket{file}")
    with pytest.raises(TypeTransformerFailedError, match="because it's not a file"):
        Codec(FlyteFile["pdf"]).encode(f"{file}.none")


def test_without_the_package_nothing_is_looked_at(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "magic", None)
    assert Codec(FlyteFile["pdf"]).encode(str(file))
