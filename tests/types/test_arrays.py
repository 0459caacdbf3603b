"""Arrays as files and as collections: where wingbeat goes beyond flytekit, what goes wrong, and how it is told."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Dict, List

import numpy
import pytest
from numpy.typing import NDArray

import wingbeat
from tests import literals as l
from tests.types.files import Files, context
from wingbeat import Codec, Collection, InterfaceCodec, TypeEngine, TypeTransformer, TypeTransformerFailedError, kwtypes
from wingbeat.types import context as contexts
from wingbeat.types import registry
from wingbeat.types.blob import Location
from wingbeat.types.literal_type import literal_type
from wingbeat.types.transformers.numpy import NumpyArrayTransformer

Floats = Annotated[numpy.ndarray, Collection(float)]


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> Iterator[Files]:
    files = Files(tmp_path)
    contexts.provide(lambda: context(files))
    yield files
    contexts.provide(None)


def stored(path: Path, data: Any, scheme: str = "") -> bytes:
    """The literal of a file with this content."""
    if isinstance(data, numpy.ndarray):
        buffer = io.BytesIO()
        numpy.save(buffer, data, allow_pickle=True)
        data = buffer.getvalue()
    path.write_bytes(data)
    return l.blob(f"{scheme}{path}").SerializeToString()


def uri(data: bytes) -> str:
    return l.Literal.FromString(data).scalar.blob.uri


# --- files -----------------------------------------------------------------------------------------------------------


def test_a_local_file_is_read_where_it_is(files: Files, tmp_path: Path) -> None:
    for scheme in ("", "file://"):
        assert Codec(numpy.ndarray).decode(stored(tmp_path / "a b%.npy", numpy.arange(3), scheme)).tolist() == [0, 1, 2]
    assert not files.downloads


@pytest.mark.parametrize("mode", ["r", "c"])
def test_a_local_file_is_mapped_where_it_is(mode: str, files: Files, tmp_path: Path) -> None:
    path = tmp_path / "a.npy"
    data = stored(path, numpy.arange(3))
    found: Any = Codec(Annotated[numpy.ndarray, kwtypes(mmap_mode=mode)]).decode(data)
    assert isinstance(found, numpy.memmap)
    assert Path(found.filename) == path
    assert not files.downloads


def test_a_map_that_may_be_changed_is_of_a_copy(tmp_path: Path) -> None:
    path = tmp_path / "a.npy"
    data = stored(path, numpy.arange(3))
    found: Any = Codec(Annotated[numpy.ndarray, kwtypes(mmap_mode="r+")]).decode(data)
    found[0] = 7
    found.flush()
    assert numpy.load(path).tolist() == [0, 1, 2]


def test_a_remote_file_is_downloaded(files: Files, tmp_path: Path) -> None:
    data = stored(tmp_path / "a.npy", numpy.arange(3), "far://")
    assert Codec(numpy.ndarray).decode(data).tolist() == [0, 1, 2]
    assert files.downloads == [f"far://{tmp_path}/a.npy"]


def test_nothing_is_left_of_what_was_written_and_uploaded(files: Files) -> None:
    data = Codec(numpy.ndarray).encode(numpy.arange(3))
    assert files.uploads == [uri(data)]
    assert [path for path in files.root.joinpath("local").rglob("*") if path.is_file()] == []


def test_nothing_is_left_of_what_could_not_be_written(files: Files) -> None:
    with pytest.raises(TypeTransformerFailedError, match="cannot be written as an array: ValueError: Object arrays"):
        Codec(numpy.ndarray).encode(numpy.array([{}]))
    assert not files.uploads
    assert [path for path in files.root.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "EOFError: No data left in file"),
        (b"\x93NUMPY\x01\x00v\x00{", "ValueError: EOF: reading array header"),
        (b"PAR1 and more", "cannot be read as an array: "),
        (numpy.array([{"a": 1}], "object"), "ValueError: Object arrays cannot be loaded when allow_pickle=False"),
    ],
    ids=["empty", "cut", "another format", "objects"],
)
def test_what_is_no_array_is_told_with_its_place(data: Any, reason: str, tmp_path: Path) -> None:
    literal = l.Literal.FromString(stored(tmp_path / "a.npy", data))
    inputs = l.LiteralMap(literals={"xs": l.collection(literal)}).SerializeToString()
    with pytest.raises(TypeTransformerFailedError, match=re.escape(reason)) as raised:
        InterfaceCodec({"xs": List[numpy.ndarray]}).decode(inputs)
    assert str(raised.value).startswith("inputs.xs[0]: cannot be read as an array: ")
    assert str(raised.value).endswith(f"; it is at {tmp_path}/a.npy")


def test_object_arrays_are_pickles(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    codec: Codec[Any] = Codec(Annotated[numpy.ndarray, kwtypes(allow_pickle=True)])
    data = stored(tmp_path / "a.npy", numpy.array([{"a": 1}], "object"))
    assert codec.decode(data).tolist() == [{"a": 1}]
    monkeypatch.setenv("WINGBEAT_PICKLE", "deny")
    with pytest.raises(
        TypeTransformerFailedError, match="would be read as a pickle, which WINGBEAT_PICKLE=deny forbids"
    ):
        codec.decode(data)
    with pytest.raises(TypeTransformerFailedError, match="would be written as a pickle"):
        codec.encode(numpy.array([{"a": 1}], "object"))


def test_other_annotations_are_refused_before_anything_is_converted() -> None:
    message = "The metadata for .* must be of type kwtypes or HashMethod"
    with pytest.raises(TypeTransformerFailedError, match=message):
        Codec(Annotated[numpy.ndarray, "x"])
    with pytest.raises(TypeTransformerFailedError, match="is already specified, cannot use"):
        Codec(Annotated[numpy.ndarray, Collection(int), Collection(float)])


# --- collections ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("collection", "same_as"),
    [
        (Collection(float), List[float]),
        (Collection(int), List[int]),
        (Collection(bool), List[bool]),
        (Collection(float, dimensions=3), List[List[List[float]]]),
    ],
    ids=repr,
)
def test_a_collection_has_the_type_of_lists(collection: Collection, same_as: Any) -> None:
    hint = Annotated[numpy.ndarray, collection]
    assert literal_type(hint) == literal_type(same_as)
    assert TypeEngine.to_literal_type(hint) == TypeEngine.to_literal_type(same_as)
    assert literal_type(Dict[str, hint]) == literal_type(Dict[str, same_as])  # type: ignore[valid-type]


def test_a_plain_array_stays_a_file() -> None:
    stored = l.LiteralType.FromString(literal_type(numpy.ndarray))
    assert stored.blob.format == "NumpyArray"


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((str,), TypeError, "the element of a Collection is int, float or bool, not <class 'str'>"),
        ((float, 0), ValueError, "a Collection has 1 to 32 dimensions, not 0"),
        ((float, 33), ValueError, "a Collection has 1 to 32 dimensions, not 33"),
        ((float, 1.0), TypeError, "the dimensions of a Collection are an int, not 1.0"),
        ((float, True), TypeError, "the dimensions of a Collection are an int, not True"),
    ],
)
def test_wrong_collections(arguments: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=re.escape(message)):
        Collection(*arguments)


def test_collections_are_values() -> None:
    assert Collection(float) == Collection(float, 1) != Collection(float, 2)
    assert len({Collection(int), Collection(int, dimensions=1)}) == 1
    assert [repr(Collection(int)), repr(Collection(bool, 2))] == ["Collection(int)", "Collection(bool, 2)"]
    assert Collection(int) != "int"
    assert Codec(Floats) is not None
    assert wingbeat.Collection is Collection


def test_the_engine_converts_collections(files: Files) -> None:
    ctx = context(files)
    literal = TypeEngine.to_literal(ctx, numpy.array([1, 2]), Floats, TypeEngine.to_literal_type(Floats))
    assert literal.collection is not None
    assert [item.scalar.primitive.float_value for item in literal.collection.literals] == [1.0, 2.0]
    assert TypeEngine.to_python_value(ctx, literal, Floats).tolist() == [1.0, 2.0]
    assert TypeEngine.to_python_value(ctx, literal, numpy.ndarray).tolist() == [1.0, 2.0]
    with pytest.raises(TypeTransformerFailedError, match="expected array of float, got array of bool"):
        TypeEngine.to_literal(ctx, numpy.array([True]), Floats, TypeEngine.to_literal_type(Floats))
    assert not files.uploads


def test_a_file_for_a_collection_is_read_too(tmp_path: Path) -> None:
    """The output of a task that was registered before its type became a collection."""
    assert Codec(Floats).decode(stored(tmp_path / "a.npy", numpy.array([1.5]))).tolist() == [1.5]


def test_what_a_map_task_made_is_reduced() -> None:
    """Elements that were declared `Optional`, because some may fail, are unions."""
    elements = [Codec(float | None).encode(value) for value in (1.0, 2.5)]
    inputs = l.LiteralMap(literals={"xs": l.collection(*map(l.Literal.FromString, elements))}).SerializeToString()
    assert InterfaceCodec({"xs": numpy.ndarray}).decode(inputs)["xs"].sum() == 3.5
    failed = l.collection(l.floating(1.0), l.Literal.FromString(Codec(float | None).encode(None)))
    with pytest.raises(
        TypeTransformerFailedError, match=r"^inputs\.xs\[1\]: expected number, got none; declare Optional"
    ):
        InterfaceCodec({"xs": NDArray[numpy.float64]}).decode(l.LiteralMap(literals={"xs": failed}).SerializeToString())


# --- users' own ------------------------------------------------------------------------------------------------------


class Reversed(NumpyArrayTransformer):
    """A user's change of what comes with wingbeat: its own methods are asked, by codecs too."""

    def load(self, ctx: Any, location: Location, t: Any) -> Any:
        return super().load(ctx, location, t)[::-1]


class Loud(NumpyArrayTransformer):
    """As older code changes it: by the methods of every transformer."""

    def to_python_value(self, ctx: Any, lv: Any, expected_python_type: Any) -> Any:
        return super().to_python_value(ctx, lv, expected_python_type) * 10


@pytest.mark.parametrize(("transformer", "expected"), [(Reversed, [2, 1, 0]), (Loud, [0, 10, 20])])
def test_a_transformer_may_be_derived(transformer: type[TypeTransformer[Any]], expected: Any, tmp_path: Path) -> None:
    class Mine(numpy.ndarray):
        pass

    data = stored(tmp_path / "a.npy", numpy.arange(3))
    registry.put(Mine, transformer())  # type: ignore[call-arg]
    try:
        assert Codec(Mine).decode(data).tolist() == expected
    finally:
        registry.remove(Mine)


def test_numpy_is_loaded_by_nobody_else(tmp_path: Path) -> None:
    """A task without arrays pays nothing; `Collection` itself needs no numpy."""
    program = (
        "import sys, wingbeat; wingbeat.Collection(float); wingbeat.Codec(list[float]).decode(b'\\x12\\x00');"
        "wingbeat.TypeEngine.guess_python_type(wingbeat.TypeEngine.to_literal_type(bytes));"
        "wingbeat.TypeEngine.get_available_transformers();"
        "print([name for name in ('numpy', 'sklearn', 'PIL', 'joblib', 'torch') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.stdout == "[]\n", done.stderr
