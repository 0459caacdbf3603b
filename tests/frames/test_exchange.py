"""Tables: literal types, literals, files and values are flytekit's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flyteidl.core import literals_pb2, types_pb2

from tests.case_module import load
from tests.frames.conftest import context_at
from tests.types.oracle import ask
from wingbeat import Codec
from wingbeat.types import context as contexts
from wingbeat.types.literal_type import literal_type

cases = load(__file__, "frame_cases")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("frames")


@pytest.fixture(autouse=True)
def in_a_task(place: Path) -> Iterator[None]:
    context = context_at(place)
    contexts.provide(lambda: context)
    yield
    contexts.provide(None)


@cache
def _ours(place: Path) -> dict[str, bytes]:
    return {name: Codec(hint).encode(make()) for name, (hint, make) in cases.CASES.items()}


@cache
def _theirs(place: Path) -> dict[str, Any]:
    ours = {name: data.hex() for name, data in _ours(place).items()}
    question = {"raw": str(place / "theirs"), "sandbox": str(place / "their sandbox"), "ours": ours, "names": []}
    return ask("../frames/oracle_frames.py", json.dumps(question))


def message(data: bytes) -> str:
    """A literal as text with locations masked, msgpack documents as they are."""
    literal = literals_pb2.Literal.FromString(data)
    return re.sub(r"(/[\w/.-]*/)[0-9a-f]{32}", "RAW", str(literal))


@pytest.mark.parametrize("name", cases.TYPES)
def test_literal_types(name: str, place: Path) -> None:
    answer = _theirs(place)["type"][name]
    if "error" in answer:
        with pytest.raises(Exception) as raised:  # noqa: PT011
            literal_type(cases.TYPES[name])
        classes = {cls.__name__ for cls in type(raised.value).__mro__}
        assert classes & (set(answer["error"]) - {"Exception", "BaseException", "object"})
    else:
        expected = types_pb2.LiteralType.FromString(bytes.fromhex(answer["ok"]))
        assert types_pb2.LiteralType.FromString(literal_type(cases.TYPES[name])) == expected


@pytest.mark.parametrize("name", cases.CASES)
def test_written_as_flytekit_does(name: str, place: Path) -> None:
    answer = _theirs(place)["literal"][name]
    assert "ok" in answer, answer
    assert without_lengths(message(_ours(place)[name])) == without_lengths(message(bytes.fromhex(answer["ok"])))


def without_lengths(text: str) -> str:
    """The byte before a location in a msgpack document is its length, which depends on the folder."""
    return re.sub(r"(uri|remote_path)(\\331.|.)(?=RAW)", r"\1", text)


@pytest.mark.parametrize("name", cases.CASES)
def test_exchanged(name: str, place: Path) -> None:
    hint, _ = cases.CASES[name]
    theirs = _theirs(place)
    read_by_them = theirs["value"][name]
    assert "ok" in read_by_them, read_by_them
    read_by_us = cases.canonical(Codec(hint).decode(bytes.fromhex(theirs["literal"][name]["ok"])))
    assert read_by_us == read_by_them["ok"]
    assert cases.canonical(Codec(hint).decode(_ours(place)[name])) == read_by_us


@pytest.mark.parametrize("name", cases.OTHERS)
def test_read_as_something_else(name: str, place: Path) -> None:
    hint, written = cases.OTHERS[name]
    theirs = _theirs(place)
    answer = theirs["other"][name]
    assert "ok" in answer, answer
    assert cases.canonical(Codec(hint).decode(_ours(place)[written])) == answer["ok"]
    assert cases.canonical(Codec(hint).decode(bytes.fromhex(theirs["literal"][written]["ok"]))) == answer["ok"]


def test_files_are_laid_out_alike(place: Path) -> None:
    _theirs(place)
    ours = {re.sub(r"[0-9a-f]{32}", "*", str(path.relative_to(place / "raw"))) for path in (place / "raw").rglob("*")}
    theirs = {
        re.sub(r"[0-9a-f]{32}", "*", str(path.relative_to(place / "theirs"))) for path in (place / "theirs").rglob("*")
    }
    assert ours == theirs == {"*", "*/00000", "*/.csv"}
