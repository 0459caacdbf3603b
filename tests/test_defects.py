"""Defects of flytekit that its own literals do not show: type-system specification, section 8.1, by their numbers.

The others are rows of tests/test_quirks.py.
"""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, List, Optional

import cloudpickle
import pydantic
import pytest

from tests import literals as l
from wingbeat import Codec, FlyteDirectory, FlyteFile, InterfaceCodec, TypeEngine, TypeTransformerFailedError
from wingbeat.runtime.file_access import FileAccess
from wingbeat.types import context as contexts


@pytest.fixture
def ctx(tmp_path: Path) -> Iterator[Any]:
    state = SimpleNamespace(is_local_execution=lambda: False)
    access = FileAccess(str(tmp_path / "sandbox"), str(tmp_path / "raw"))
    ctx = SimpleNamespace(file_access=access, execution_state=state)
    contexts.provide(lambda: ctx)
    yield ctx
    contexts.provide(None)


@pytest.mark.usefixtures("ctx")
@pytest.mark.parametrize("written", [FlyteFile, FlyteFile["csv"], FlyteFile["png"]])  # type: ignore[type-arg]
@pytest.mark.parametrize("read", [FlyteFile, FlyteFile["csv"], FlyteFile["png"]])  # type: ignore[type-arg]
def test_5_a_format_does_not_keep_an_optional_file_from_being_read(written: Any, read: Any, tmp_path: Path) -> None:
    tmp_path.joinpath("a").write_text("content")
    data = Codec(Optional[written]).encode(FlyteFile(str(tmp_path / "a")))
    found: Any = Codec(Optional[read]).decode(data)
    assert Path(found).read_text() == "content"


@pytest.mark.usefixtures("ctx")
def test_5_nor_an_optional_folder(tmp_path: Path) -> None:
    tmp_path.joinpath("folder").mkdir()
    tmp_path.joinpath("folder", "a").write_text("content")
    written: Any = FlyteDirectory["csv"]  # type: ignore[type-arg]
    data = Codec(Optional[written]).encode(FlyteDirectory(str(tmp_path / "folder")))
    found: Any = Codec(Optional[FlyteDirectory]).decode(data)
    assert Path(found, "a").read_text() == "content"


def test_7_a_file_that_has_changed_is_uploaded_again(ctx: Any, tmp_path: Path) -> None:
    path = tmp_path / "a"
    expected = TypeEngine.to_literal_type(FlyteFile)
    for content in ("first", "second"):
        path.write_text(content)
        literal: Any = TypeEngine.to_literal(ctx, str(path), FlyteFile, expected)
        assert Path(literal.scalar.blob.uri).read_text() == content


class Measured(pydantic.BaseModel):
    f: Optional[float] = 1.0


class Login(pydantic.BaseModel):
    password: pydantic.SecretStr


def test_12_what_pydantic_leaves_out_of_json() -> None:
    """As in flytekit: the literal is pydantic's JSON, which has no NaN and shows no secrets."""
    assert Codec(Measured).decode(Codec(Measured).encode(Measured(f=float("nan")))).f is None
    found = Codec(Login).decode(Codec(Login).encode(Login(password=pydantic.SecretStr("abc"))))
    assert found.password.get_secret_value() == "**********"


def test_17_a_task_without_inputs_takes_no_notice_of_any() -> None:
    """As in flytekit."""
    assert InterfaceCodec({}).decode(l.LiteralMap(literals={"a": l.integer(1)}).SerializeToString()) == {}


@dataclasses.dataclass
class Thing:
    a: int
    b: List[int] = dataclasses.field(default_factory=list)


def test_19_a_class_that_cloudpickle_has_made_again() -> None:
    missing = type("_MISSING_TYPE", (), {})()
    made = dataclasses.make_dataclass("Thing", [("a", int), ("b", List[int], dataclasses.field(default_factory=list))])
    for field in made.__dataclass_fields__.values():
        for name in ("default", "default_factory"):
            if getattr(field, name) is dataclasses.MISSING:
                setattr(field, name, missing)
    assert TypeEngine.to_literal_type(made) == TypeEngine.to_literal_type(Thing)
    assert Codec(made).decode(Codec(Thing).encode(Thing(1))) == made(1)
    assert Codec(Thing).encode(cloudpickle.loads(cloudpickle.dumps(Thing(1)))) == Codec(made).encode(made(1))


class Mixed(enum.Enum):
    TEXT = "a"
    NUMBER = 1


@pytest.mark.parametrize("hint", [Mixed, List[Mixed], Optional[Mixed]])
def test_20_an_enum_of_mixed_values_is_refused(hint: Any) -> None:
    """flytekit looks at the first value only, and fails when the type is serialized."""
    with pytest.raises(TypeTransformerFailedError, match="Only EnumTypes with value of string are supported"):
        Codec(hint)
    with pytest.raises(TypeTransformerFailedError, match="Only EnumTypes with value of string are supported"):
        TypeEngine.to_literal_type(hint)
