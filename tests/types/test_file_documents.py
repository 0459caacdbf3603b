"""Files and folders inside dataclasses and models, beyond what is compared with flytekit in `test_files.py`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Dict, List, Optional, Union

import pytest

from tests import literals as l
from wingbeat import Codec, FlyteDirectory, FlyteFile, InterfaceCodec, TypeTransformerFailedError
from wingbeat.runtime.execution_state import ExecutionState
from wingbeat.runtime.file_access import FileAccess
from wingbeat.runtime.flyte_context import FlyteContextManager
from wingbeat.types.literal_type import literal_type

FAR = "s3://bucket/a.csv"


@dataclass
class Holder:
    f: FlyteFile


@dataclass
class Choice:
    either: Union[FlyteFile, str]
    kind: Union[FlyteFile, FlyteDirectory, None] = None


@dataclass
class Default:
    near: FlyteFile = FlyteFile("/nowhere.txt", metadata={"k": "v"})
    many: List[FlyteFile] = field(default_factory=list)


@pytest.fixture(autouse=True)
def in_a_task(tmp_path: Path) -> Iterator[None]:
    context = FlyteContextManager.current_context()
    access = FileAccess(tmp_path / "sandbox", str(tmp_path / "raw"))
    state = context.new_execution_state().with_params(mode=ExecutionState.Mode.TASK_EXECUTION)
    with FlyteContextManager.with_context(context.with_file_access(access).with_execution_state(state)):
        yield


def test_the_users_object_is_left_alone() -> None:
    holder = Holder(FAR)  # type: ignore[arg-type]  # the path of a file passes for one
    assert l.content(Codec(Holder).encode(holder)) == {"f": {"path": FAR}}
    assert holder.f == FAR
    assert type(holder.f) is str


def test_a_path_object_passes_for_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x", "utf-8")
    document = l.content(Codec(Holder).encode(Holder(path)))  # type: ignore[arg-type]
    assert Path(document["f"]["path"]).read_text("utf-8") == "x"
    assert document["f"]["path"].startswith(str(tmp_path / "raw"))


@pytest.mark.parametrize(
    ("value", "document"),
    [
        (Choice("text"), {"either": "text", "kind": None}),
        (Choice(FlyteFile(FAR)), {"either": {"path": FAR}, "kind": None}),
        (Choice("x", FlyteFile(FAR)), {"either": "x", "kind": {"path": FAR}}),
        (Choice("x", FlyteDirectory(FAR)), {"either": "x", "kind": {"path": FAR}}),
    ],
)
def test_the_class_chooses(value: Choice, document: object) -> None:
    assert l.content(Codec(Choice).encode(value)) == document


def test_text_is_read_as_text_where_both_are_possible() -> None:
    codec = Codec(Choice)
    assert codec.decode(codec.encode(Choice("text"))).either == "text"
    back = codec.decode(codec.encode(Choice(FlyteFile(FAR)))).either
    assert isinstance(back, FlyteFile)
    assert back.remote_source == FAR


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"f": {}}, "inputs.a.f: FlyteFile's path should not be None"),
        ({"f": {"path": 1}}, "inputs.a.f: FlyteFile's path should be text, got int"),
        ({"f": "s3://a/b"}, "inputs.a.f: expected map, got string 's3://a/b'"),
        ({"f": None}, "inputs.a.f: "),
        (
            {"f": {"path": "/pod/a.txt"}},
            "inputs.a.f: FlyteAssertion: USER:AssertionError: error=Expected a file, but /",
        ),
    ],
)
def test_what_is_no_file_is_named(content: object, message: str) -> None:
    with pytest.raises(TypeTransformerFailedError) as raised:
        InterfaceCodec({"a": Holder}).decode(_inputs(content))
    assert message in str(raised.value)


def _inputs(content: object) -> bytes:
    from flyteidl.core import literals_pb2

    return literals_pb2.LiteralMap(literals={"a": l.binary(content)}).SerializeToString()


@pytest.mark.parametrize("value", [5, None, FlyteDirectory(FAR), b"x"])
def test_what_is_no_file_is_not_written(value: object) -> None:
    with pytest.raises(TypeTransformerFailedError, match=r"^outputs\.o0\.f: .*FlyteFile"):
        InterfaceCodec({"o0": Holder}).encode({"o0": Holder(value)})  # type: ignore[arg-type]


def test_a_default_is_described_without_an_upload(tmp_path: Path) -> None:
    described = l.LiteralType.FromString(literal_type(Default))
    near = described.metadata.fields["properties"].struct_value.fields["near"].struct_value.fields["default"]
    assert dict(near.struct_value.fields["metadata"].struct_value.fields)["k"].string_value == "v"
    assert near.struct_value.fields["path"].string_value == "/nowhere.txt"
    assert not (tmp_path / "raw").exists()


def test_metadata_is_text() -> None:
    file = FlyteFile(FAR, metadata={"k": 1})  # type: ignore[dict-item]
    with pytest.raises(TypeTransformerFailedError, match="metadata of a FlyteFile has to be text by name, got 'k': 1"):
        Codec(FlyteFile).encode(file)


@pytest.mark.parametrize("hint", [FlyteFile, Optional[FlyteFile], Dict[str, FlyteFile]])
def test_a_url_of_a_file_here_is_read(hint: object, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x", "utf-8")
    file = Codec(FlyteFile).decode(l.blob(f"file://{path}").SerializeToString())
    assert (file.path, Path(file).read_text("utf-8")) == (str(path), "x")


MIXIN = """
import json, sys
from dataclasses import dataclass
{imports}
from wingbeat import Codec
from wingbeat.types.literal_type import literal_type

@dataclass
class Mixed(DataClassJSONMixin):
    f: FlyteFile
    x: FlyteFile["csv"]
    d: FlyteDirectory
    b: bytes = b""

value = Mixed(FlyteFile("s3://b/a"), FlyteFile["csv"]("s3://b/b"), FlyteDirectory("s3://b/c"))
back = Mixed.from_json(value.to_json())
again = Codec(Mixed).decode(Codec(Mixed).encode(value))
print(json.dumps([json.loads(value.to_json()), *([one.f.remote_source, one.x.extension()] for one in (back, again))]))
"""
OURS, MASHUMARO = (
    "from wingbeat import FlyteDirectory, FlyteFile",
    "from mashumaro.mixins.json import DataClassJSONMixin",
)


@pytest.mark.parametrize("imports", [f"{OURS}\n{MASHUMARO}", f"{MASHUMARO}\n{OURS}"], ids=["before", "after"])
def test_mashumaro_writes_a_file_whichever_is_imported_first(imports: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MIXIN.format(imports=imports)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    written, back, again = json.loads(done.stdout)
    assert [written[name] for name in "fxd"] == [{"path": f"s3://b/{name}"} for name in "abc"]
    assert back == again == ["s3://b/a", "csv"]


def test_nothing_of_others_is_imported_for_a_file() -> None:
    script = "import sys, wingbeat; wingbeat.FlyteFile['csv'], wingbeat.FlyteDirectory; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-S", "-c", script], capture_output=True, text=True, check=True, env=_path())
    assert not {"dataclasses", "typing", "mashumaro", "pydantic", "fsspec", "pathlib"} & set(done.stdout.split())


def _path() -> dict[str, str]:
    import wingbeat

    return {**os.environ, "PYTHONPATH": str(Path(wingbeat.__file__).parent.parent)}
