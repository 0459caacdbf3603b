"""Arrays, estimators, images and ONNX models: literal types, literals, files and values are flytekit's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import joblib
import numpy
import PIL.Image
import pytest
from flyteidl.core import literals_pb2, types_pb2

from tests.case_module import load
from tests.types.files import Files, context
from tests.types.oracle import ask
from wingbeat import Codec, InterfaceCodec, TypeEngine, TypeTransformerFailedError
from wingbeat.types import context as contexts
from wingbeat.types.literal_type import literal_type

cases = load(__file__, "model_cases")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return Files(tmp_path_factory.mktemp("files"))


@pytest.fixture(autouse=True)
def in_a_task(files: Files) -> Iterator[None]:
    contexts.provide(lambda: context(files))
    yield
    contexts.provide(None)


@pytest.fixture(scope="module")
def ours(files: Files) -> dict[str, bytes]:
    contexts.provide(lambda: context(files))
    return {name: Codec(hint).encode(value) for name, (hint, value) in cases.CASES.items()}


@pytest.fixture
def theirs(ours: dict[str, bytes]) -> dict[str, Any]:
    return _ask(json.dumps({name: data.hex() for name, data in ours.items()}))


@cache
def _ask(question: str) -> dict[str, Any]:
    return ask("oracle_models.py", question)


def parsed(data: bytes) -> literals_pb2.Literal:
    return literals_pb2.Literal.FromString(data)


def uris(message: Any) -> list[str]:
    """All locations in a literal, in order."""
    if message.WhichOneof("value") == "collection":
        return [uri for item in message.collection.literals for uri in uris(item)]
    if message.WhichOneof("value") == "map":
        return [uri for key in sorted(message.map.literals) for uri in uris(message.map.literals[key])]
    if message.scalar.HasField("union"):
        return uris(message.scalar.union.value)
    return [message.scalar.blob.uri] if message.scalar.HasField("blob") else []


def masked(message: Any) -> str:
    """A literal as text, without the random part of locations."""
    return re.sub(r'uri: ".*?/raw/[0-9a-f]{32}/[0-9a-f]{32}', 'uri: "*', str(message))


def content(uri: str) -> Any:
    """What a file holds, by the library that wrote it."""
    if uri.endswith(".joblib"):
        return cases.canonical(joblib.load(uri))
    if uri.endswith(".png"):
        return cases.canonical(PIL.Image.open(uri))
    return Path(uri).read_bytes()


@pytest.mark.parametrize("name", cases.CASES)
def test_literal_types(name: str, theirs: dict[str, Any]) -> None:
    expected = types_pb2.LiteralType.FromString(bytes.fromhex(theirs["type"][name]))
    assert types_pb2.LiteralType.FromString(literal_type(cases.CASES[name][0])) == expected


@pytest.mark.parametrize("name", cases.CASES)
def test_written_as_flytekit_does(name: str, ours: dict[str, bytes], theirs: dict[str, Any]) -> None:
    answer = theirs["literal"][name]
    assert "ok" in answer, answer
    mine, expected = parsed(ours[name]), parsed(bytes.fromhex(answer["ok"]))
    assert masked(mine) == masked(expected)
    assert list(map(content, uris(mine))) == list(map(content, uris(expected)))


@pytest.mark.parametrize("name", cases.CASES)
def test_read_by_flytekit(name: str, theirs: dict[str, Any], ours: dict[str, bytes]) -> None:
    found = cases.canonical(Codec(cases.CASES[name][0]).decode(ours[name]))
    assert json.loads(json.dumps(found)) == theirs["value"][name]["ok"]


@pytest.mark.parametrize("name", cases.CASES)
def test_read_from_flytekit(name: str, theirs: dict[str, Any], ours: dict[str, bytes]) -> None:
    hint = cases.CASES[name][0]
    data = bytes.fromhex(theirs["literal"][name]["ok"])
    assert cases.canonical(Codec(hint).decode(data)) == cases.canonical(Codec(hint).decode(ours[name]))


@pytest.mark.parametrize("name", cases.REFUSED)
def test_refused_as_flytekit_does(name: str, theirs: dict[str, Any]) -> None:
    """The error is at least one of flytekit's classes, or was made from one."""
    expected = set(theirs["literal"][name]["error"]) - {"Exception", "BaseException", "object"}
    hint, value = cases.REFUSED[name]
    with pytest.raises(Exception) as raised:  # noqa: PT011
        Codec(hint).decode(Codec(hint).encode(value))
    found: BaseException | None = raised.value
    classes: set[str] = set()
    while found is not None:
        classes |= {cls.__name__ for cls in type(found).__mro__}
        found = found.__cause__
    assert classes & expected, (classes, expected)


@pytest.mark.parametrize("name", cases.AMBIGUOUS)
def test_only_an_array_is_one_in_a_union(name: str, theirs: dict[str, Any]) -> None:
    assert "TypeError" in theirs["literal"][name]["error"]
    hint, value = cases.AMBIGUOUS[name]
    data = Codec(hint).encode(value)
    assert parsed(data).scalar.union.type.structure.tag != "Numpy Array"
    assert Codec(hint).decode(data) == value


@pytest.mark.parametrize("name", cases.CASES)
def test_the_engine_does_what_a_codec_does(name: str, files: Files) -> None:
    hint, value = cases.CASES[name]
    ctx = context(files)
    literal = TypeEngine.to_literal(ctx, value, hint, TypeEngine.to_literal_type(hint))
    found = TypeEngine.to_python_value(ctx, literal, hint)
    assert cases.canonical(found) == cases.canonical(Codec(hint).decode(literal.serialize_to_string()))


def test_estimators_are_pickles(monkeypatch: pytest.MonkeyPatch, ours: dict[str, bytes]) -> None:
    codec: Codec[Any] = Codec(cases.LinearRegression)
    monkeypatch.setenv("WINGBEAT_PICKLE", "deny")
    with pytest.raises(TypeTransformerFailedError, match="would be written as a pickle, which WINGBEAT_PICKLE=deny"):
        codec.encode(cases.fitted())
    with pytest.raises(TypeTransformerFailedError, match="would be read as a pickle, which WINGBEAT_PICKLE=deny"):
        codec.decode(ours["estimator"])


@pytest.mark.parametrize("content", [b"", b"\x80\x05]", b"neither"], ids=["empty", "cut", "another format"])
@pytest.mark.parametrize(
    ("hint", "what"), [(cases.LinearRegression, "an estimator"), (PIL.Image.Image, "an image")], ids=["sklearn", "PIL"]
)
def test_another_file_is_told_with_its_place(hint: Any, what: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "stored"
    path.write_bytes(content)
    literal = literals_pb2.Literal()
    literal.scalar.blob.uri = str(path)
    inputs = literals_pb2.LiteralMap(literals={"a": literal}).SerializeToString()
    with pytest.raises(TypeTransformerFailedError) as raised:
        InterfaceCodec({"a": hint}).decode(inputs)
    assert re.fullmatch(rf"inputs\.a: cannot be read as {what}: \w+: .*; it is at {path}", str(raised.value))


def test_an_image_in_a_deck(files: Files) -> None:
    page = TypeEngine.to_html(context(files), cases.image(), PIL.Image.Image)
    assert re.fullmatch(r'<img src="data:image/png;base64,[A-Za-z0-9+/=]+" alt="Rendered Image" />', page)


@pytest.mark.parametrize(
    ("hint", "format"),
    [(numpy.ndarray, "NumpyArray"), (cases.BaseEstimator, "SklearnEstimator"), (PIL.Image.Image, "PIL.Image")],
    ids=str,
)
def test_a_transformer_knows_its_type(hint: Any, format: str) -> None:  # noqa: A002
    transformer = TypeEngine.get_transformer(hint)
    made = transformer.get_literal_type(hint)
    assert made.blob.format == format
    assert transformer.guess_python_type(made) is hint
    with pytest.raises(ValueError, match="cannot reverse"):
        transformer.guess_python_type(TypeEngine.to_literal_type(int))
