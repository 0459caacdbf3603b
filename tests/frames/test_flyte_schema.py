"""`FlyteSchema`: what is opened how, and what is transferred when."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import pytest

from wingbeat import Codec, kwtypes
from wingbeat.idl import BlobType, Literal, LiteralType, SchemaType
from wingbeat.types.engine import TypeEngine
from wingbeat.types.flyte_schema import (
    FlyteSchema,
    LocalIOSchemaReader,
    LocalIOSchemaWriter,
    SchemaEngine,
    SchemaFormat,
    SchemaHandler,
    SchemaOpenMode,
)
from wingbeat.types.flyte_schema import schema as schema_module

PEOPLE = pd.DataFrame({"name": ["Ann", "Bo"], "age": [1, 2]})
COLUMNS = kwtypes(name=str)


def written(cls: Any = FlyteSchema, *frames: pd.DataFrame) -> bytes:
    value = cls()
    value.open().write(*(frames or (PEOPLE,)))
    return Codec(cls).encode(value)


def test_several_tables_are_several_files(folder: Path) -> None:
    literal = written(FlyteSchema, PEOPLE, PEOPLE.iloc[:1])
    uri = Path(Literal.from_bytes(literal).scalar.schema.uri)
    assert sorted(path.name for path in uri.iterdir()) == ["00000", "00001"]
    reader = Codec(FlyteSchema).decode(literal).open()
    assert [len(frame) for frame in reader.iter()] == [2, 1]
    assert len(reader.all()) == 3


def test_only_declared_columns_are_read(folder: Path) -> None:
    found = Codec(FlyteSchema[COLUMNS]).decode(written())
    assert list(found.open().all().columns) == ["name"]
    assert found.column_names() == ["name"]


def test_what_was_only_received_is_not_uploaded_again(folder: Path) -> None:
    codec = Codec(FlyteSchema)
    literal = written()
    files = {path: path.stat().st_mtime_ns for path in folder.joinpath("raw").rglob("*")}
    assert codec.encode(codec.decode(literal)) == literal
    assert {path: path.stat().st_mtime_ns for path in folder.joinpath("raw").rglob("*")} == files


def test_modes(folder: Path) -> None:
    value = FlyteSchema()
    value.open().write(PEOPLE)
    assert value.open(override_mode=SchemaOpenMode.READ).all().equals(PEOPLE)
    read_only = value.as_readonly()
    assert read_only.open(pd.DataFrame).all().equals(PEOPLE)
    assert read_only.as_readonly() is read_only
    with pytest.raises(AssertionError, match="Readonly schema cannot be opened in write mode"):
        read_only.open(override_mode=SchemaOpenMode.WRITE)
    with pytest.raises(ValueError, match="remote_path is required"):
        FlyteSchema(supported_mode=SchemaOpenMode.READ)
    with pytest.raises(AssertionError, match="downloader cannot be None"):
        FlyteSchema(remote_path="s3://bucket/table", supported_mode=SchemaOpenMode.READ).open()


def test_subscripts() -> None:
    assert FlyteSchema[None] is FlyteSchema[{}] is FlyteSchema
    assert FlyteSchema[COLUMNS].format() is SchemaFormat.PARQUET
    with pytest.raises(AssertionError, match="Columns should be specified as an ordered dict .*kwtypes"):
        FlyteSchema[int]


def test_guessed_from_its_type() -> None:
    column = SchemaType.SchemaColumn
    guessed = TypeEngine.guess_python_type(LiteralType(schema=SchemaType([column("a", 1), column("b", 5)])))
    assert [kind.__name__ for kind in guessed.columns().values()] == ["float", "timedelta"]
    assert TypeEngine.guess_python_type(LiteralType(schema=SchemaType([]))) is FlyteSchema


def test_refused_values_and_literals(folder: Path) -> None:
    with pytest.raises(TypeError, match="DataFrames of type <class 'int'> are not supported currently"):
        Codec(FlyteSchema).encode(5)
    literal = Codec(str).encode("a")
    with pytest.raises(TypeError, match="Can only convert a literal schema to a FlyteSchema, got string"):
        Codec(FlyteSchema).decode(literal)
    with pytest.raises(ValueError, match="Cannot reverse"):
        TypeEngine.get_transformer(FlyteSchema).guess_python_type(LiteralType(blob=BlobType("", 0)))


def test_half_a_file(folder: Path) -> None:
    literal = written()
    (path,) = Path(Literal.from_bytes(literal).scalar.schema.uri).iterdir()
    path.write_bytes(path.read_bytes()[:50])
    with pytest.raises(TypeError, match="is not whole: it ends after 50 bytes"):
        Codec(FlyteSchema).decode(literal).open().all()


class Notes:
    def __init__(self, *lines: str) -> None:
        self.lines = lines


class NotesReader(LocalIOSchemaReader[Notes]):
    def _read(self, *path: Path, **kwargs: Any) -> Notes:
        return Notes(*(one.read_text("utf-8") for one in path))


class NotesWriter(LocalIOSchemaWriter[Notes]):
    def _write(self, df: Notes, path: str, **kwargs: Any) -> None:
        Path(path).write_text("\n".join(df.lines), "utf-8")


def test_a_handler_of_the_users(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wingbeat.types.flyte_schema.engine._handlers", {})
    handler = SchemaHandler("notes", Notes, NotesReader, NotesWriter)
    SchemaEngine.register_handler(handler)
    with pytest.raises(ValueError, match="SchemaHandler notes already registered"):
        SchemaEngine.register_handler(handler)
    codec = Codec(FlyteSchema)
    assert codec.decode(codec.encode(Notes("a"))).open(Notes).all().lines == ("a",)


def test_an_annotation_changes_nothing(folder: Path) -> None:
    hint: Any = Annotated[FlyteSchema[COLUMNS], "x"]
    codec = Codec(hint)
    assert list(codec.decode(codec.encode(PEOPLE)).open().all().columns) == ["name"]


def test_it_is_said_once_that_it_is_deprecated(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(schema_module, "_warned", False)
    with caplog.at_level(logging.WARNING, "wingbeat"):
        FlyteSchema[COLUMNS]
        FlyteSchema[COLUMNS]
    assert [record.message for record in caplog.records] == ["FlyteSchema is deprecated, use StructuredDataset instead"]
