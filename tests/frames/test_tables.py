"""Tables that come and go by wingbeat alone: libraries, places, parts."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import fsspec
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from mashumaro.mixins.json import DataClassJSONMixin

from tests.frames.conftest import context_at
from wingbeat import Codec, FlyteAnnotation, StructuredDataset, TypeEngine, kwtypes
from wingbeat.idl import Literal
from wingbeat.types import context as contexts

PEOPLE = pd.DataFrame({"name": ["Ann", "Bo"], "age": [1, 2]})
FRAMES: dict[str, Any] = {
    "pandas": PEOPLE,
    "arrow": pa.table({"name": ["Ann", "Bo"], "age": [1, 2]}),
    "polars": pl.DataFrame({"name": ["Ann", "Bo"], "age": [1, 2]}),
    "lazy": pl.LazyFrame({"name": ["Ann", "Bo"], "age": [1, 2]}),
}


def rows(table: Any) -> list[dict[str, Any]]:
    """The rows of a table of any library."""
    if isinstance(table, pl.LazyFrame):
        table = table.collect()
    if isinstance(table, pl.DataFrame):
        return table.to_dicts()
    if isinstance(table, pa.Table):
        return table.to_pylist()
    return table.to_dict("records")  # type: ignore[no-any-return]


ROWS = rows(PEOPLE)


@pytest.fixture(params=["local", "memory"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """A context whose raw output prefix is on this machine, or elsewhere."""
    raw = f"memory://{tmp_path.name}/raw" if request.param == "memory" else None
    context = context_at(tmp_path, raw)
    contexts.provide(lambda: context)
    yield context
    contexts.provide(None)
    fsspec.filesystem("memory").store.clear()


@pytest.mark.parametrize("writer", FRAMES)
@pytest.mark.parametrize("reader", FRAMES)
def test_every_library_reads_what_another_wrote(writer: str, reader: str, place: Any) -> None:
    literal = Codec(type(FRAMES[writer])).encode(FRAMES[writer])
    assert rows(Codec(type(FRAMES[reader])).decode(literal)) == ROWS
    some: Any = Annotated[type(FRAMES[reader]), kwtypes(age=int)]
    assert rows(Codec(some).decode(literal)) == [{"age": 1}, {"age": 2}]
    dataset = Codec(StructuredDataset).decode(literal)
    assert rows(dataset.open(type(FRAMES[reader])).all()) == ROWS


@pytest.mark.parametrize("kind", FRAMES)
def test_uploads_may_be_queued(kind: str, place: Any) -> None:
    with place.file_access.queueing():
        literal = Codec(type(FRAMES[kind])).encode(FRAMES[kind])
    assert rows(Codec(type(FRAMES[kind])).decode(literal)) == ROWS


@pytest.mark.parametrize("kind", FRAMES)
def test_downloads_may_be_ahead(kind: str, place: Any) -> None:
    cls = type(FRAMES[kind])
    literal = Codec(cls).encode(FRAMES[kind])
    stored = Literal.from_bytes(literal).scalar.structured_dataset
    transformer = TypeEngine.get_transformer(cls)
    assert transformer.fetches(cls)
    assert transformer.fetches(Annotated[cls, kwtypes(age=int)])  # type: ignore[arg-type]
    assert not transformer.fetches(StructuredDataset)
    with place.file_access.prefetch([(stored.uri, True)]):
        assert rows(Codec(cls).decode(literal)) == ROWS


@pytest.mark.parametrize("kind", ["pandas", "arrow", "polars"])
def test_nothing_stays_behind(kind: str, place: Any) -> None:
    codec = Codec(type(FRAMES[kind]))
    codec.decode(codec.encode(FRAMES[kind]))
    sandbox = Path(place.file_access.local_sandbox_dir)
    assert not list(sandbox.iterdir())


@pytest.mark.parametrize("kind", FRAMES)
def test_a_table_goes_where_it_is_told_to(kind: str, place: Any) -> None:
    uri = f"{place.file_access.raw_output_prefix}here/it/is"
    literal = Codec(StructuredDataset).encode(StructuredDataset(dataframe=FRAMES[kind], uri=uri))
    assert Literal.from_bytes(literal).scalar.structured_dataset.uri == uri
    assert rows(Codec(type(FRAMES[kind])).decode(literal)) == ROWS
    # pandas and pyarrow make a folder, polars a file, as flytekit's plugin.
    files = fsspec.filesystem("memory" if uri.startswith("memory") else "file")
    path = uri if kind in ("polars", "lazy") else f"{uri}/00000"
    assert files.isfile(path.removeprefix("memory:/"))


@pytest.mark.parametrize("kind", ["polars", "lazy"])
def test_polars_writes_a_file_in_a_folder_of_its_own(kind: str, folder: Path) -> None:
    codec = Codec(type(FRAMES[kind]))
    stored = Literal.from_bytes(codec.encode(FRAMES[kind])).scalar.structured_dataset
    path = Path(stored.uri)
    assert path.is_file()
    assert path.name == "00000"
    assert path.parent.parent == folder / "raw"
    assert stored.metadata.structured_dataset_type.format == "parquet"


def test_types_that_polars_has(folder: Path) -> None:
    frame = pl.DataFrame(
        {
            "kind": pl.Series(["a", "b"], dtype=pl.Categorical),
            "enum": pl.Series(["a", "b"], dtype=pl.Enum(["a", "b"])),
            "list": [[1], [2, 3]],
            "struct": [{"x": 1}, {"x": 2}],
            "small": pl.Series([1, None], dtype=pl.UInt8),
            "text": ["a", None],
        }
    )
    codec = Codec(pl.DataFrame)
    assert codec.decode(codec.encode(frame)).equals(frame)


def test_a_table_of_several_files(folder: Path) -> None:
    table = folder / "table"
    for year, part in ((2020, "a"), (2021, "b")):
        path = table / f"year={year}"
        path.mkdir(parents=True)
        pq.write_table(pa.table({"name": [part]}), path / "part-0.parquet")
    table.joinpath("_SUCCESS").touch()
    dataset = StructuredDataset(uri=f"memory://{folder.name}/table", file_format="parquet")
    fsspec.filesystem("memory").put(str(table), f"/{folder.name}/table", recursive=True)
    found = dataset.open(pd.DataFrame).all()
    assert list(found["name"]) == ["a", "b"]
    assert list(found["year"].astype(int)) == [2020, 2021]


@pytest.mark.parametrize("kind", ["pandas", "arrow"])
def test_parts_are_row_groups(kind: str, place: Any) -> None:
    table = pa.table({"n": list(range(5)), "m": list(range(5))})
    path = Path(place.file_access.get_random_local_path())
    pq.write_table(table, path, row_group_size=2)
    uri = place.file_access.put_data(path, f"{place.file_access.raw_output_prefix}table/00000")
    hint: Any = Annotated[StructuredDataset, kwtypes(n=int)]
    literal = Codec(hint).encode(StructuredDataset(uri=os.path.dirname(uri), file_format="parquet"))
    dataset = Codec(hint).decode(literal)
    parts = list(dataset.open(type(FRAMES[kind])).iter())
    assert [rows(part) for part in parts] == [[{"n": 0}, {"n": 1}], [{"n": 2}, {"n": 3}], [{"n": 4}]]
    assert type(parts[0]) is type(FRAMES[kind])


def test_parts_of_csv_and_of_polars(place: Any) -> None:
    hint: Any = Annotated[StructuredDataset, "csv"]
    literal = Codec(hint).encode(StructuredDataset(dataframe=pd.DataFrame({"n": range(140_000)})))
    parts = list(Codec(hint).decode(literal).open(pd.DataFrame).iter())
    assert [len(part) for part in parts] == [131_072, 8_928]
    literal = Codec(pl.DataFrame).encode(FRAMES["polars"])
    (part,) = Codec(StructuredDataset).decode(literal).open(pl.DataFrame).iter()
    assert rows(part) == ROWS


def test_a_csv_file_is_a_table_too(place: Any, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    PEOPLE.to_csv(path, index=False)
    uri = place.file_access.put_data(path, f"{place.file_access.raw_output_prefix}people.csv")
    dataset = StructuredDataset(uri=uri, file_format="csv")
    assert rows(dataset.open(pd.DataFrame).all()) == ROWS


def test_a_local_table_that_is_returned_is_uploaded(place: Any, tmp_path: Path) -> None:
    path = tmp_path / "people.parquet"
    PEOPLE.to_parquet(path)
    literal = Codec(StructuredDataset).encode(StructuredDataset(uri=str(path), file_format="parquet"))
    uri = Literal.from_bytes(literal).scalar.structured_dataset.uri
    assert uri.startswith(place.file_access.raw_output_prefix)
    assert rows(Codec(pd.DataFrame).decode(literal)) == ROWS


def test_what_was_received_is_passed_on_as_it_is(place: Any) -> None:
    columns: Any = Annotated[StructuredDataset, kwtypes(name=str), "parquet"]
    literal = Codec(columns).encode(StructuredDataset(dataframe=PEOPLE))
    received = Codec(StructuredDataset).decode(literal)
    assert (received.uri, received.dataframe) == (None, None)
    other: Any = Annotated[StructuredDataset, "csv"]
    assert Codec(other).encode(received) == literal


def test_a_dataset_is_written_once(place: Any) -> None:
    dataset = StructuredDataset(dataframe=PEOPLE)
    codec = Codec(list[StructuredDataset])
    first, second = Literal.from_bytes(codec.encode([dataset, dataset])).collection.literals
    assert first == second
    assert dataset.literal == first.scalar.structured_dataset


def test_a_dataset_has_to_be_opened(folder: Path) -> None:
    dataset = StructuredDataset(uri="s3://bucket/table")
    for read in (dataset.all, dataset.iter):
        with pytest.raises(ValueError, match="No dataframe type set"):
            read()


@dataclass
class ByMashumaro(DataClassJSONMixin):
    sd: StructuredDataset


def test_mashumaro_writes_and_reads_a_dataset(place: Any) -> None:
    codec = Codec(ByMashumaro)
    found = codec.decode(codec.encode(ByMashumaro(StructuredDataset(dataframe=PEOPLE))))
    assert rows(found.sd.open(pd.DataFrame).all()) == ROWS


@dataclass
class Postponed:
    name: str


def test_columns_of_a_class_whose_annotations_are_postponed(folder: Path) -> None:
    codec: Codec[Any] = Codec(Annotated[pd.DataFrame, Postponed])  # type: ignore[arg-type]
    assert rows(codec.decode(codec.encode(PEOPLE))) == [{"name": "Ann"}, {"name": "Bo"}]


def test_a_lazy_frame_is_a_query_over_the_file(place: Any) -> None:
    found = Codec(pl.LazyFrame).decode(Codec(pd.DataFrame).encode(PEOPLE))
    assert re.search(r"Parquet SCAN .*00000.*\n *PROJECT 1/2 COLUMNS", found.select("age").explain())


def test_annotations_that_mean_something_else(folder: Path) -> None:
    hint: Any = Annotated[pd.DataFrame, FlyteAnnotation({"a": 1}), kwtypes(name=str)]
    codec = Codec(hint)
    assert rows(codec.decode(codec.encode(PEOPLE))) == [{"name": "Ann"}, {"name": "Bo"}]


def test_only_what_the_user_has_imported_is_imported(folder: Path) -> None:
    program = """
import sys
from wingbeat import Codec, StructuredDataset, StructuredDatasetTransformerEngine, TypeEngine
codec = Codec(list[StructuredDataset])
dataset = codec.decode(codec.encode([StructuredDataset(uri="s3://bucket/table", file_format="parquet")]))[0]
TypeEngine.to_literal_type(StructuredDataset)
print(dataset.file_format, sorted({"pandas", "numpy", "pyarrow", "polars", "fsspec"} & set(sys.modules)))
import polars
literal = Codec(polars.DataFrame).encode(polars.DataFrame({"a": [1]}))
print(Codec(polars.DataFrame).decode(literal).shape, sorted({"pandas", "pyarrow", "fsspec"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=folder)
    assert done.stdout.split("\n")[:2] == ["parquet []", "(1, 1) []"], done.stderr
