"""Tasks that take and return files: the same through `pyflyte-execute` and `wingbeat-execute`.

Compared are the outputs, with the random parts of locations masked, and the files that they point to; of a failure the
code, kind and origin.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flyteidl.core import literals_pb2, types_pb2
from google.protobuf import json_format

from tests.literals import binary, collection, content, scalar
from tests.runtime.peer import HERE, Case, Oracle, literal_map, masked
from tests.runtime.process import Result

TASKS = HERE.joinpath("user_files.txt").read_text("utf-8")
IMPORTS = {
    "flytekit": """
from flytekit import current_context, task
from flytekit.core.context_manager import FlyteContextManager
from flytekit.types.directory import FlyteDirectory
from flytekit.types.file import CSVFile, FlyteFile
""",
    "wingbeat": """
from wingbeat import FlyteDirectory, FlyteFile, current_context, task
from wingbeat.runtime.flyte_context import FlyteContextManager
from wingbeat.types.file import CSVFile
""",
}
FILES = {"data/a.txt": b"text", "data/d/x": b"1", "data/d/y": b"2", "data/d/sub/z": b"3"}
NON_RECOVERABLE, RECOVERABLE, SYSTEM = 0, 1, 2


def case(task: str, literal: literals_pb2.Literal | None, **more: object) -> Case:
    inputs = literal_map() if literal is None else literal_map(a=literal)
    return Case(task, inputs, **{"source": TASKS, "imports": IMPORTS, "files": FILES, **more})  # type: ignore[arg-type]


def blob(uri: str, folder: bool = False, form: str = "", **metadata: str) -> literals_pb2.Literal:
    kind = types_pb2.BlobType(format=form, dimensionality=int(folder))  # type: ignore[arg-type]
    literal = scalar(blob=literals_pb2.Blob(metadata=literals_pb2.BlobMetadata(type=kind), uri=uri))
    literal.metadata.update(metadata)
    return literal


def union(literal: literals_pb2.Literal, tag: str, **kind: object) -> literals_pb2.Literal:
    stored = types_pb2.LiteralType(structure=types_pb2.TypeStructure(tag=tag), **kind)  # type: ignore[arg-type]
    return scalar(union=literals_pb2.Union(value=literal, type=stored))


FILE, FOLDER = blob("data/a.txt"), blob("data/d", True)
SOME_FILE = union(FILE, "FlyteFilePath", blob=types_pb2.BlobType())

CASES = {
    "copied": case("copied", FILE),
    "copied in an async task": case("copied_async", FILE),
    "as text": case("as_text", blob("data/a.txt", form="txt")),
    "as path, odd name": case("as_path", FILE),
    "passed": case("passed", blob("data/a.txt", k="v")),
    "passed, elsewhere": case("passed", blob("s3://bucket/a b.txt", k="v")),
    "chosen": case("chosen", FILE),
    "streamed": case("streamed", FILE),
    "put by file access": case("put", FILE),
    "described": case("described", blob("data/a.txt", k="v")),
    "several": case("several", collection(FILE, FILE)),
    "optional": case("optional", SOME_FILE),
    "optional, absent": case("optional", None),
    "folder": case("folder", FOLDER),
    "folder as text": case("folder_as_text", FOLDER),
    "folder passed": case("folder_passed", FOLDER),
    "folder listed": case("folder_listed", FOLDER),
    "holder": case("holder", binary({"file": {"path": "data/a.txt"}, "folder": {"path": "data/d"}, "number": 1})),
    "holder of text": case("holder_of_text", binary({"file": {"path": "data/a.txt"}})),
    "field of an output": case("described", binary({"path": "data/a.txt", "metadata": {"k": "v"}})),
    "path": case("path_like", FILE),
    "open for text": case("text", FILE),
}

#: What fails, whether Flyte may try again, and what wingbeat says.
FAILURES = {
    "missing": (case("missing", FILE), NON_RECOVERABLE, "File nowhere.txt does not exist"),
    "missing text": (
        case("missing_text", FILE),
        NON_RECOVERABLE,
        "Error converting nowhere.txt because it's not a file",
    ),
    "missing with a target": (case("missing_chosen", FILE), RECOVERABLE, "nowhere.txt is not a file"),
    "missing folder": (case("missing_folder", FILE), NON_RECOVERABLE, "nowhere is not a directory: it does not exist"),
    "missing in a holder": (
        case("holder_of_missing", binary({"file": {"path": "data/a.txt"}})),
        NON_RECOVERABLE,
        "outputs.o0.file: ",
    ),
    "link": (case("link", FILE), NON_RECOVERABLE, "is a symlink, can't upload; return the file that it leads to"),
    "folder for a file": (case("folder_for_file", FILE), NON_RECOVERABLE, "it is a folder: declare FlyteDirectory"),
    "file for a folder": (case("file_for_folder", FILE), NON_RECOVERABLE, "it is a file; declare FlyteFile"),
    "number": (case("number", FILE), NON_RECOVERABLE, "No automatic conversion found from type <class 'int'> to Flyte"),
    "input of another machine": (
        case("passed", blob("/pod/a.txt")),
        NON_RECOVERABLE,
        "It is a path of the machine that wrote it, such as the pod of an upstream task",
    ),
    "folder as input": (case("passed", FOLDER), NON_RECOVERABLE, "data/d is not a file. It is a folder"),
    "folder called a file": (
        case("passed", blob("data/d")),
        NON_RECOVERABLE,
        "Expected a file, but data/d is not a file.",
    ),
    "file as folder input": (
        case("folder_passed", FILE),
        NON_RECOVERABLE,
        "data/a.txt is not a directory.",
    ),
    "no path": (case("passed", binary({"x": 1})), NON_RECOVERABLE, "inputs.a: FlyteFile's path should not be None"),
}


def outputs(result: Result) -> str:
    """All of it as text, whatever the order of a map's entries."""
    assert result.error is None, result.error.message
    assert result.outputs is not None, result.stderr
    found = []
    for literal in result.outputs.literals.values():
        is_document = literal.scalar.HasField("binary")
        found.append(content(literal.SerializeToString()) if is_document else json_format.MessageToDict(literal))
    return masked(json.dumps(found, sort_keys=True))


@pytest.mark.parametrize("name", CASES)
def test_outputs_and_files_are_the_same(name: str, oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, CASES[name])
    assert outputs(ours) == outputs(theirs)
    assert ours.payloads == theirs.payloads
    assert (ours.status, ours.files) == (theirs.status, theirs.files) == (0, {"outputs.pb"})


@pytest.mark.parametrize("name", FAILURES)
def test_a_failure_means_the_same(name: str, oracle: Oracle, tmp_path: Path) -> None:
    one, kind, text = FAILURES[name]
    theirs, ours = oracle.both(tmp_path, one)
    assert (ours.status, ours.files) == (theirs.status, theirs.files) == (0, {"error.pb"})
    assert ours.error is not None
    assert theirs.error is not None
    for part, expected in (("kind", kind), ("origin", SYSTEM), ("code", "SYSTEM")):
        assert getattr(ours.error, part) == getattr(theirs.error, part) == expected, part
    assert text in ours.message
