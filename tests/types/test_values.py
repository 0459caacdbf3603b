"""Types that go through Python: literal types, literals and values are flytekit's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from flyteidl.core import literals_pb2, types_pb2

from tests.case_module import load
from tests.types.files import Files, context
from tests.types.oracle import ask
from wingbeat import Codec
from wingbeat.types import context as contexts
from wingbeat.types.literal_type import literal_type

cases = load(__file__, "value_cases")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return Files(tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="module")
def ours(files: Files) -> dict[str, bytes | Exception]:
    found: dict[str, bytes | Exception] = {}
    contexts.provide(lambda: context(files))
    for name, (hint, value, *_) in {**cases.CASES, **cases.FILES}.items():
        try:
            found[name] = Codec(hint).encode(value)
        except Exception as error:  # noqa: BLE001  # reported by the test of this case
            found[name] = error
    contexts.provide(None)
    return found


@pytest.fixture
def theirs(ours: dict[str, bytes | Exception]) -> dict[str, Any]:
    return _ask(json.dumps({name: data.hex() for name, data in ours.items() if isinstance(data, bytes)}))


@cache
def _ask(question: str) -> dict[str, Any]:
    return ask("oracle_values.py", question)


@pytest.fixture(autouse=True)
def in_a_task(files: Files) -> Iterator[None]:
    contexts.provide(lambda: context(files))
    yield
    contexts.provide(None)


def message(data: bytes | Exception) -> Any:
    if isinstance(data, Exception):
        raise data
    return literals_pb2.Literal.FromString(data)


@pytest.mark.parametrize("name", cases.TYPES)
def test_literal_types(name: str, theirs: dict[str, Any]) -> None:
    answer = theirs["type"][name]
    if "error" in answer:
        with pytest.raises(Exception) as raised:  # noqa: PT011
            literal_type(cases.TYPES[name])
        classes = {cls.__name__ for cls in type(raised.value).__mro__}
        assert classes & (set(answer["error"]) - {"Exception", "BaseException", "object"})
    else:
        expected = types_pb2.LiteralType.FromString(bytes.fromhex(answer["ok"]))
        assert types_pb2.LiteralType.FromString(literal_type(cases.TYPES[name])) == expected


@pytest.mark.parametrize("name", cases.CASES)
def test_written_as_flytekit_does(name: str, ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    answer = theirs["literal"][name]
    assert "ok" in answer, answer
    assert message(ours[name]) == message(bytes.fromhex(answer["ok"]))


@pytest.mark.parametrize("name", cases.CASES)
def test_read_as_flytekit_does(name: str, ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    hint, _, readable = cases.CASES[name]
    message(ours[name])
    answer = theirs["value"][name]
    assert ("ok" in answer) == readable, answer
    if readable:
        assert cases.canonical(Codec(hint).decode(bytes.fromhex(theirs["literal"][name]["ok"]))) == answer["ok"]


@pytest.mark.parametrize("name", cases.CASES)
def test_read_back(name: str, ours: dict[str, Any]) -> None:
    hint, value, _ = cases.CASES[name]
    message(ours[name])
    assert cases.canonical(Codec(hint).decode(ours[name])) == cases.canonical(value)


def without_places(literal: Any) -> Any:
    """The literal with the URIs of its files left out."""
    copy = type(literal)()
    copy.CopyFrom(literal)
    _forget(copy)
    return copy


def _forget(literal: Any) -> None:
    kind = literal.WhichOneof("value")
    if kind == "collection":
        for element in literal.collection.literals:
            _forget(element)
    elif kind == "map":
        for element in literal.map.literals.values():
            _forget(element)
    elif literal.scalar.HasField("union"):
        _forget(literal.scalar.union.value)
    elif literal.scalar.HasField("blob"):
        literal.scalar.blob.uri = "uri"
    elif literal.scalar.HasField("structured_dataset"):
        literal.scalar.structured_dataset.uri = "uri"
    elif literal.scalar.HasField("schema"):
        literal.scalar.schema.uri = "uri"
    elif literal.scalar.HasField("generic"):
        literal.scalar.generic.fields["pickle_file"].string_value = "uri"


@pytest.mark.parametrize("name", cases.FILES)
def test_files_are_exchanged(name: str, ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    hint, value = cases.FILES[name]
    own, written = message(ours[name]), theirs["literal"][name]
    assert "ok" in written, written
    other = bytes.fromhex(written["ok"])
    assert without_places(own) == without_places(message(other))
    # flytekit read ours, and we read theirs.
    assert theirs["value"][name] == {"ok": cases.canonical(value)}
    assert cases.canonical(Codec(hint).decode(other)) == cases.canonical(value)
    assert cases.canonical(Codec(hint).decode(ours[name])) == cases.canonical(value)
