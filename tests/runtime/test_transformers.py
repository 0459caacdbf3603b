"""Tasks whose values Python transformers convert: the same through `pyflyte-execute` and `wingbeat-execute`.

Compared are the outputs, with the random parts of locations masked, and the files that they point to; of a failure the
code, kind, origin and, where wingbeat does not word it better, the class.
"""

from __future__ import annotations

from pathlib import Path

import cloudpickle
import pytest
from flyteidl.core import literals_pb2, types_pb2
from google.protobuf import json_format, struct_pb2

from tests.literals import binary, collection, floating, integer, none, scalar, string
from tests.runtime.peer import HERE, Case, Oracle, literal_map, masked, prepare
from tests.runtime.process import Result, start

TASKS = HERE.joinpath("user_transformers.txt").read_text("utf-8")
PYDANTIC = HERE.joinpath("user_pydantic.txt").read_text("utf-8")

IMPORTS = {
    "flytekit": """
from flytekit import HashMethod, current_context, task
from flytekit.core.context_manager import FlyteContextManager
from flytekit.core.type_engine import AsyncTypeTransformer, TypeEngine, TypeTransformer
from flytekit.exceptions.system import FlyteDownloadDataException, FlyteUploadDataException
from flytekit.exceptions.user import FlyteRecoverableException
from flytekit.models.core.types import BlobType
from flytekit.models.literals import Blob, BlobMetadata, Literal, Primitive, Scalar
from flytekit.models.types import LiteralType, SimpleType
from flytekit.types.error.error import FlyteError
""",
    "wingbeat": """
from wingbeat import AsyncTypeTransformer, TypeEngine, TypeTransformer, current_context, task
from wingbeat.exceptions import FlyteDownloadDataException, FlyteRecoverableException, FlyteUploadDataException
from wingbeat.idl import Blob, BlobMetadata, BlobType, Literal, LiteralType, Primitive, Scalar, SimpleType
from wingbeat.runtime.flyte_context import FlyteContextManager
from wingbeat.types.error import FlyteError
from wingbeat.types.hash import HashMethod
""",
}
BOTH = """
from typing import NamedTuple

from flyteidl.core.identifier_pb2 import Identifier
from google.protobuf.struct_pb2 import Struct


class Outcome(NamedTuple):
    count: int
    value: "Broken"

"""


def case(task: str, literal: literals_pb2.Literal | None, **more: object) -> Case:
    inputs = literal_map() if literal is None else literal_map(a=literal)
    imports = {library: lines + BOTH for library, lines in IMPORTS.items()}
    return Case(task, inputs, **{"text": "", "source": TASKS, "imports": imports, **more})  # type: ignore[arg-type]


def blob(uri: str, dimensionality: int = 0) -> literals_pb2.Literal:
    kind = types_pb2.BlobType(dimensionality=dimensionality)  # type: ignore[arg-type]
    return scalar(blob=literals_pb2.Blob(metadata=literals_pb2.BlobMetadata(type=kind), uri=uri))


def union(literal: literals_pb2.Literal, tag: str, simple: int) -> literals_pb2.Literal:
    kind = types_pb2.LiteralType(simple=simple, structure=types_pb2.TypeStructure(tag=tag))  # type: ignore[arg-type]
    return scalar(union=literals_pb2.Union(value=literal, type=kind))


def pickled(uri: str) -> literals_pb2.Literal:
    kind = types_pb2.BlobType(format="PythonPickle")
    return scalar(blob=literals_pb2.Blob(metadata=literals_pb2.BlobMetadata(type=kind), uri=uri))


def struct(**fields: object) -> literals_pb2.Literal:
    value = struct_pb2.Struct()
    value.update(fields)
    return scalar(generic=value)


#: A pickle of the task module's `Plain("n")`, made where that module cannot be imported.
PLAIN = b"cuser_code\nPlain\n)\x81}S'name'\nS'n'\nsb."
ANY = cloudpickle.dumps({"a": [1, None]})
FLOAT, STRING, ERROR = 2, 3, 8
DATA = {"data/note": b"one", "data/folder/0/note": b"first", "data/folder/1/note": b"second", "data/plain": PLAIN}
FAILED = scalar(error=types_pb2.Error(failed_node_id="n0", message="Trace:\n\n    it broke"))
ENVIRONMENT = {
    "FLYTE_INTERNAL_EXECUTION_PROJECT": "p",
    "FLYTE_INTERNAL_EXECUTION_DOMAIN": "d",
    "FLYTE_INTERNAL_EXECUTION_ID": "e",
    "FLYTE_INTERNAL_TASK_VERSION": "v7",
}

CASES = {
    "sync": case("celsius", floating(1.5)),
    "async": case("kelvin", floating(1.5)),
    "async in an async task": case("kelvin_async", floating(1.5)),
    "nested": case("nested", collection(floating(1.0), floating(2.0))),
    "optional": case("optional", union(floating(2.0), "Celsius", FLOAT)),
    "optional, None": case("optional", union(none(), "none", 0)),
    "optional, absent": case("optional", None),
    "union": case("union", union(floating(2.0), "Celsius", FLOAT)),
    "union, the other": case("union", union(string("abc"), "str", STRING)),
    "file": case("note", blob("data/note"), files=DATA),
    "file://": case("note", blob("file://{folder}/data/note"), files=DATA),
    "files": case("notes", collection(blob("data/note"), blob("data/note")), files=DATA),
    "raw data: bytes": case("draft", blob("data/note"), files=DATA),
    "raw data: text": case("draft", blob("data/note"), files={"data/note": b"text"}),
    "raw data: path": case("draft", blob("data/note"), files={"data/note": b"path"}),
    "raw data in an async task": case("draft_async", blob("data/note"), files=DATA),
    "folder": case("folder", blob("data/folder", 1), files=DATA),
    "what the context says": case("facts", string("")),
    "what the context says in an execution": case("facts", string(""), env=ENVIRONMENT),
    # Types that are converted by transformers which the library brings along.
    "pickle": case("pickled", pickled("data/plain"), files=DATA),
    "pickle: Any": case("pickled_any", pickled("data/any"), files={"data/any": ANY}),
    "pickle: list": case("pickled_list", collection(pickled("data/plain"), pickled("data/plain")), files=DATA),
    "message": case("message", struct(name="n", resourceType="TASK")),
    "message: Struct": case("struct", struct(a=1, b=[True, None, {"c": "d"}])),
    "error": case("give_error", FAILED),
    "hash": case("hashed", integer(7)),
    "hash of elements": case("hashed_list", integer(7)),
    "hash of a file": case("hashed_note", integer(7)),
}

#: What fails, and what flytekit and wingbeat both make of it: kind (1 is recoverable) and origin (1 user, 2 system).
NON_RECOVERABLE, RECOVERABLE, USER, SYSTEM = 0, 1, 1, 2
FAILURES = {
    "upload": (case("broken", string("upload"), text="class"), RECOVERABLE, SYSTEM),
    "own upload": (case("broken", string("own upload"), text="all but the path"), RECOVERABLE, SYSTEM),
    "download in output": (case("broken", string("download"), text="all but the path"), RECOVERABLE, SYSTEM),
    "upload of an element": (case("broken_list", string("upload"), text="class"), RECOVERABLE, SYSTEM),
    "upload of an element, async": (case("slow_list", string("upload"), text="class"), RECOVERABLE, SYSTEM),
    "upload of a named output": (case("broken_named", string("upload"), text="class"), RECOVERABLE, SYSTEM),
    "nothing to download, output": (case("broken", string("get data")), NON_RECOVERABLE, SYSTEM),
    "nothing to upload": (case("broken", string("assertion")), NON_RECOVERABLE, SYSTEM),
    "recoverable in output": (case("broken", string("recoverable")), NON_RECOVERABLE, SYSTEM),
    "value in output": (case("broken", string("value")), NON_RECOVERABLE, SYSTEM),
    "empty in output": (case("broken", string("empty")), NON_RECOVERABLE, SYSTEM),
    "no literal": (case("broken", string("nothing")), NON_RECOVERABLE, SYSTEM),
    "download in input": (case("broken", string("read download"), text="class"), NON_RECOVERABLE, SYSTEM),
    "upload in input": (case("broken", string("read upload"), text="class"), NON_RECOVERABLE, SYSTEM),
    "nothing to download, input": (case("broken", string("read get data"), text="class"), NON_RECOVERABLE, SYSTEM),
    "recoverable in input": (case("broken", string("read recoverable"), text="class"), NON_RECOVERABLE, SYSTEM),
    "value in input": (case("broken", string("read value"), text="class"), NON_RECOVERABLE, SYSTEM),
    "missing file": (case("note", blob("data/nothing"), text="class"), NON_RECOVERABLE, SYSTEM),
    "missing pickle": (case("pickled", pickled("data/nothing"), text="class"), NON_RECOVERABLE, SYSTEM),
    "None cannot be pickled": (case("pickled_none", pickled("data/plain"), files=DATA), NON_RECOVERABLE, SYSTEM),
    "not a pickle": (case("pickled", integer(1), text="class"), NON_RECOVERABLE, SYSTEM),
    "not the message": (case("message", struct(nothing="n"), text="class"), NON_RECOVERABLE, SYSTEM),
}


def in_folder(one: Case, folder: Path) -> Case:
    """The case with `{folder}` in its inputs filled."""
    message = literals_pb2.LiteralMap.FromString(one.inputs or b"")
    for literal in message.literals.values():
        if literal.scalar.HasField("blob"):
            literal.scalar.blob.uri = literal.scalar.blob.uri.replace("{folder}", str(folder))
    one.inputs = message.SerializeToString()
    return one


def outputs(result: Result) -> str:
    """All of it as text, whatever the order of a map's entries."""
    assert result.error is None, result.error.message
    assert result.outputs is not None, result.stderr
    return masked(json_format.MessageToJson(result.outputs, sort_keys=True, ensure_ascii=False))


@pytest.mark.parametrize("name", CASES)
def test_outputs_and_files_are_the_same(name: str, oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, in_folder(CASES[name], tmp_path))
    assert outputs(ours) == outputs(theirs)
    assert ours.payloads == theirs.payloads
    assert (ours.status, ours.files) == (theirs.status, theirs.files) == (0, {"outputs.pb"})


@pytest.mark.parametrize("name", FAILURES)
def test_a_failure_means_the_same(name: str, oracle: Oracle, tmp_path: Path) -> None:
    one, kind, origin = FAILURES[name]
    theirs, ours = oracle.both(tmp_path, one)
    assert (ours.status, ours.files) == (theirs.status, theirs.files) == (0, {"error.pb"})
    assert ours.error is not None
    assert theirs.error is not None
    for part, expected in (("kind", kind), ("origin", origin), ("code", "SYSTEM")):
        assert getattr(ours.error, part) == getattr(theirs.error, part) == expected, part
    if one.text == "all but the path":
        assert ours.message.replace("outputs.o0: ", "") == theirs.message
    elif one.text == "class":
        assert ours.message.partition(":")[0] == theirs.message.partition(":")[0]


def run(folder: Path, one: Case) -> Result:
    return start(folder, prepare(folder, one, "wingbeat"), one.env)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("own upload", ["position 0.", "Message: outputs.o0: too slow."]),
        ("upload of an element", ["Message: outputs.o0[0]: Failed to put data from /no/such/file to raw/"]),
        ("upload of a named output", ["position value.", "outputs.value: Failed to put data"]),
        ("value in output", ["outputs.o0: ValueError: bad value"]),
        ("empty in output", ["position 0.", "Message: outputs.o0: KeyError: "]),
        ("no literal", ["outputs.o0: ", "to_literal returned NoneType, not a Literal"]),
        ("value in input", ["Error converting input 'a':", "inputs.a: ValueError: bad value"]),
        ("nothing to download, input", ["inputs.a: FlyteDataNotFoundException: USER:ValueError", "/no/such/file"]),
    ],
)
def test_a_failure_says_where_it_is(name: str, words: list[str], tmp_path: Path) -> None:
    result = run(tmp_path, FAILURES[name][0])
    for word in words:
        assert word in result.message
    assert name == "no literal" or any("user_code.py" in line for line in result.trace)


def test_the_error_of_a_failed_node(oracle: Oracle, tmp_path: Path) -> None:
    """What propeller hands to a failure node: the error inside of a union, or nothing."""
    one = case("clean_up", None)
    one.inputs = literal_map(name=string("w"), err=union(FAILED, "FlyteError", ERROR))
    theirs, ours = oracle.both(tmp_path, one)
    assert outputs(ours) == outputs(theirs)
    assert "w: n0: Trace:" in outputs(ours)
    one.inputs = literal_map(name=string("w"))
    theirs, ours = oracle.both(tmp_path, one)
    assert outputs(ours) == outputs(theirs)
    assert "w: None: None" in outputs(ours)


def test_a_hash_that_is_no_text(oracle: Oracle, tmp_path: Path) -> None:
    """flytekit fails when it writes the file, and leaves none."""
    theirs, ours = oracle.both(tmp_path, case("hashed_badly", integer(1)))
    assert (theirs.status, theirs.files) == (1, set())
    assert (ours.status, ours.files) == (0, {"error.pb"})
    assert ours.error is not None
    assert (ours.error.kind, ours.error.origin) == (NON_RECOVERABLE, SYSTEM)
    assert "outputs.o0: " in ours.message


@pytest.mark.parametrize(
    ("task", "literal", "words"),
    [
        ("pickled", pickled("data/plain"), ["Error converting input 'a':", "inputs.a: "]),
        ("pickled_any", pickled("data/plain"), ["Error converting input 'a':", "inputs.a: "]),
        ("pickled_list", collection(pickled("data/plain")), ["Error converting input 'a':", "inputs.a", "[0]: "]),
        ("makes_pickle", integer(1), ["Failed to convert outputs of task", "outputs.o0: "]),
    ],
)
def test_a_policy_that_forbids_pickles_names_the_variable(
    task: str, literal: literals_pb2.Literal, words: list[str], tmp_path: Path
) -> None:
    result = run(tmp_path, case(task, literal, files=DATA, env={"WINGBEAT_PICKLE": "deny"}))
    assert (result.status, result.files) == (0, {"error.pb"})
    assert not tmp_path.joinpath("raw").exists()
    assert result.error is not None
    assert (result.error.kind, result.error.origin) == (NON_RECOVERABLE, SYSTEM)
    for word in (*words, "WINGBEAT_PICKLE=deny"):
        assert word in result.message


def test_a_policy_that_forbids_pickles_does_not_concern_other_tasks(tmp_path: Path) -> None:
    result = run(tmp_path, case("pickles_nothing", integer(1), env={"WINGBEAT_PICKLE": "deny"}))
    assert result.files == {"outputs.pb"}


def pydantic_case(task: str, literal: literals_pb2.Literal) -> Case:
    pytest.importorskip("pydantic")
    return case(task, literal, source=PYDANTIC)


@pytest.mark.parametrize(
    ("task", "literal"),
    [
        ("model", binary({"inner": {"count": 3}, "at": "2026-11-21T12:00:00Z"})),
        ("models", collection(binary({"count": 3, "names": ["é"]}), binary({}))),
    ],
)
def test_pydantic_models(task: str, literal: literals_pb2.Literal, oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, pydantic_case(task, literal))
    assert outputs(ours) == outputs(theirs)


def test_a_pydantic_model_that_is_not_valid(oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, pydantic_case("model", binary({"inner": {}, "at": "1999-01-01T00:00:00Z"})))
    for result in (theirs, ours):
        assert result.error is not None
        assert (result.error.code, result.error.kind, result.error.origin) == ("SYSTEM", NON_RECOVERABLE, SYSTEM)
        assert "too early" in result.message
    assert "inputs.a" in ours.message


UNSUPPORTED = """

@task
def unsupported_input(a: int, b: "tuple[int, str]") -> int:
    return a


@task
def unsupported_element(a: int, b: "Dict[str, List[tuple]]") -> int:
    return a


@task
def unsupported_output(a: int) -> "List[tuple]":
    return []


@task
def bare_list(a: int, b: list) -> int:
    return a


@task
def no_such_name(a: "NoSuchThing") -> int:
    return 1
"""


@pytest.mark.parametrize(
    ("task", "words"),
    [
        ("unsupported_input", ["b: ", "tuple[int, str]"]),
        ("unsupported_element", ["b", "tuple"]),
        ("unsupported_output", ["o0", "tuple"]),
        ("bare_list", ["b: ", "list"]),
        ("no_such_name", ["'NoSuchThing' is not defined"]),
    ],
)
def test_a_hint_that_is_not_supported_is_an_error_of_the_user(task: str, words: list[str], tmp_path: Path) -> None:
    result = run(tmp_path, case(task, integer(1), source=TASKS + UNSUPPORTED))
    assert (result.status, result.files) == (0, {"error.pb"})
    assert result.error is not None
    assert (result.error.code, result.error.kind, result.error.origin) == ("USER:RuntimeError", NON_RECOVERABLE, USER)
    for word in words:
        assert word in result.message


def test_a_hint_that_is_not_supported_is_no_matter_of_other_tasks(tmp_path: Path) -> None:
    result = run(tmp_path, case("celsius", floating(1.0), source=TASKS + UNSUPPORTED))
    assert result.error is None
    assert result.files == {"outputs.pb"}
