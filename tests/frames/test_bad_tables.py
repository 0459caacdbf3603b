"""Tables that cannot be read or written: one error each, which says what is wrong, where, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from wingbeat import (
    Codec,
    InterfaceCodec,
    StructuredDataset,
    StructuredDatasetType,
    TypeTransformerFailedError,
    kwtypes,
)
from wingbeat.idl import (
    Literal,
    LiteralMap,
    Primitive,
    Scalar,
    StructuredDatasetMetadata,
    Void,
)
from wingbeat.idl import StructuredDataset as Stored

PEOPLE = pd.DataFrame({"name": ["Ann", "Bo"], "age": [1, 2]})
FRAMES = {"pandas": pd.DataFrame, "arrow": pa.Table, "polars": pl.DataFrame, "lazy": pl.LazyFrame}


def stored(uri: Path | str, form: str = "parquet") -> bytes:
    metadata = StructuredDatasetMetadata(StructuredDatasetType(format=form))
    return Literal(scalar=Scalar(structured_dataset=Stored(uri=str(uri), metadata=metadata))).serialize_to_string()


def refusal(hint: Any, literal: bytes) -> str:
    with pytest.raises(TypeTransformerFailedError) as raised:
        Codec(hint).decode(literal)
    assert len(str(raised.value)) < 700
    return str(raised.value)


def written(folder: Path, content: bytes) -> Path:
    table = folder / "table"
    table.mkdir()
    table.joinpath("00000").write_bytes(content)
    return table


@pytest.fixture
def parquet(tmp_path: Path) -> bytes:
    path = tmp_path / "people.parquet"
    PEOPLE.to_parquet(path)
    return path.read_bytes()


@pytest.mark.parametrize("kind", FRAMES)
def test_half_a_file(kind: str, folder: Path, parquet: bytes) -> None:
    table = written(folder, parquet[: len(parquet) // 2])
    message = refusal(FRAMES[kind], stored(table))
    assert f"{table} is not whole: it ends after {len(parquet) // 2} bytes without b'PAR1'" in message
    assert "write it again" in message


@pytest.mark.parametrize("kind", FRAMES)
def test_another_kind_of_file(kind: str, folder: Path) -> None:
    table = written(folder, b"name,age\nAnn,1\n")
    message = refusal(FRAMES[kind], stored(table))
    assert f"{table} is not Parquet: it begins with b'name', not b'PAR1'" in message
    assert "declare its format" in message


@pytest.mark.parametrize("kind", FRAMES)
def test_an_empty_file(kind: str, folder: Path) -> None:
    assert "is not Parquet: it begins with b''" in refusal(FRAMES[kind], stored(written(folder, b"")))


@pytest.mark.parametrize("kind", FRAMES)
def test_a_broken_footer(kind: str, folder: Path, parquet: bytes) -> None:
    table = written(folder, parquet[:-40] + b"\xff" * 36 + parquet[-4:])
    assert f"the Parquet table at {table} cannot be read: " in refusal(FRAMES[kind], stored(table))


@pytest.mark.parametrize("kind", FRAMES)
def test_a_missing_column(kind: str, folder: Path, parquet: bytes) -> None:
    hint: Any = Annotated[FRAMES[kind], kwtypes(age=int, height=float)]
    message = refusal(hint, stored(written(folder, parquet)))
    assert "has no column 'height' (it has 'name', 'age')" in message
    assert "declare columns that it has" in message


@pytest.mark.parametrize("kind", FRAMES)
@pytest.mark.parametrize("make", [False, True], ids=["missing", "empty"])
def test_no_table(kind: str, make: bool, folder: Path) -> None:
    place = folder / "nothing"
    if make:
        place.mkdir()
    assert f"there is no table at {place}" in refusal(FRAMES[kind], stored(place))


def test_a_broken_part_of_several_is_named(folder: Path, parquet: bytes) -> None:
    table = written(folder, parquet)
    table.joinpath("00001").write_bytes(parquet[:20])
    assert f"{table} (00001) is not whole" in refusal(pd.DataFrame, stored(table))


def test_csv_with_other_columns(folder: Path) -> None:
    table = folder / "table"
    table.mkdir()
    PEOPLE.to_csv(table / ".csv", index=False)
    hint: Any = Annotated[pd.DataFrame, kwtypes(height=float)]
    assert f"{table} has no column 'height' (it has 'name', 'age')" in refusal(hint, stored(table, "csv"))


def test_csv_without_content(folder: Path) -> None:
    table = folder / "table"
    table.mkdir()
    assert f"there is no CSV table at {table}" in refusal(pd.DataFrame, stored(table, "csv"))
    table.joinpath(".csv").touch()
    assert f"{table} cannot be read as CSV: EmptyDataError" in refusal(pd.DataFrame, stored(table, "csv"))
    table.joinpath(".csv").write_bytes(b"a\n\xff\xfe\n")
    assert f"{table} cannot be read as CSV: UnicodeDecodeError" in refusal(pd.DataFrame, stored(table, "csv"))


def test_a_format_without_decoder_lists_those_that_there_are(folder: Path) -> None:
    message = refusal(pd.DataFrame, stored("s3://bucket/table", "avro"))
    assert "Failed to find a handler for <class 'pandas.DataFrame'>, protocol [s3], fmt ['avro']" in message
    assert "a decoder of DataFrame for 'csv', 'parquet'" in message


@pytest.mark.parametrize(
    ("literal", "kind"),
    [
        (Literal(scalar=Scalar(primitive=Primitive(integer=1))), "integer"),
        (Literal(scalar=Scalar(none_type=Void())), "none; declare Optional[...]"),
        (Literal(), "nothing"),
    ],
)
@pytest.mark.parametrize("hint", [pd.DataFrame, StructuredDataset])
def test_another_kind_of_literal(hint: Any, literal: Literal, kind: str, folder: Path) -> None:
    assert f"expected structured dataset, got {kind}" in refusal(hint, literal.serialize_to_string())


def test_the_place_in_the_inputs_is_named(folder: Path, parquet: bytes) -> None:
    good, bad = written(folder, parquet), folder / "bad"
    literals = [Literal.from_bytes(stored(one)) for one in (good, bad)]
    inputs = LiteralMap(literals={"frames": Literal.from_bytes(Codec(list[pd.DataFrame]).encode([]))})
    inputs.literals["frames"].collection.literals.extend(literals)
    with pytest.raises(TypeTransformerFailedError, match=r"frames\[1\]: there is no table at"):
        InterfaceCodec({"frames": list[pd.DataFrame]}).decode(inputs.serialize_to_string())


@pytest.mark.parametrize(
    ("hint", "value", "got"),
    [
        (pd.DataFrame, pa.table({"a": [1]}), "expected pandas.DataFrame, got pyarrow.lib.Table"),
        (pd.DataFrame, 5, "expected pandas.DataFrame, got builtins.int"),
        (pa.Table, PEOPLE, "expected pyarrow.Table, got pandas.DataFrame"),
        (pl.DataFrame, pl.LazyFrame(), "expected polars.DataFrame, got polars.lazyframe.frame.LazyFrame"),
        (pd.DataFrame, None, "Python value cannot be None"),
        (StructuredDataset, PEOPLE, "Expected a StructuredDataset instance, but got <class 'pandas.DataFrame'>"),
        (StructuredDataset, StructuredDataset(), "then the uri should be specified"),
        (StructuredDataset, StructuredDataset(dataframe=5), "Failed to find a handler for <class 'int'>"),
        (pd.DataFrame, pd.DataFrame({"a": [1, "b"]}), "the pandas.DataFrame cannot be written as Parquet: Arrow"),
        (
            pd.DataFrame,
            pd.DataFrame({"a": pd.array(["2020-01-01T00:00:00.000000001"], "datetime64[ns]")}),
            "the pandas.DataFrame cannot be written as Parquet: ArrowInvalid",
        ),
    ],
)
def test_not_written(hint: Any, value: Any, got: str, folder: Path) -> None:
    with pytest.raises(ValueError) as raised:  # noqa: PT011
        Codec(hint).encode(value)
    assert got in str(raised.value)
    assert not [path for path in folder.joinpath("raw").rglob("*") if path.is_file()]


@dataclass
class Framed:
    frame: pd.DataFrame


def test_a_bare_frame_in_a_dataclass() -> None:
    with pytest.raises(TypeTransformerFailedError, match=r"Framed\.frame: DataFrame: .* hold a StructuredDataset"):
        Codec(Framed)


def test_an_unwritable_place_leaves_nothing(folder: Path) -> None:
    folder.joinpath("file").touch()
    with pytest.raises(Exception, match="file/below") as raised:
        Codec(StructuredDataset).encode(StructuredDataset(dataframe=PEOPLE, uri=str(folder / "file" / "below")))
    assert "A folder is where a file should be" in str(raised.value)
    assert {path.name for path in folder.rglob("*") if path.is_file()} == {"file"}
