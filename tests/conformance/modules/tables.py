import os
import typing
from collections import OrderedDict
from dataclasses import dataclass
from typing import Annotated, Dict, List, Optional, Tuple

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

from flytekit import FlyteContext, HashMethod, StructuredDataset, StructuredDatasetType, current_context, kwtypes, task
from flytekit.models import literals
from flytekit.models.literals import StructuredDatasetMetadata
from flytekit.types.file import CSVFile
from flytekit.types.schema import FlyteSchema, SchemaFormat
from flytekit.types.structured.structured_dataset import (
    CSV,
    PARQUET,
    StructuredDatasetDecoder,
    StructuredDatasetEncoder,
    StructuredDatasetTransformerEngine,
)

PEOPLE = kwtypes(name=str, age=int)


class TextRows(list):
    """Rows of text that a user's own handlers keep, one line each."""


class RowsEncoder(StructuredDatasetEncoder):
    def __init__(self):
        super().__init__(TextRows, None, "rows")

    def encode(self, ctx: FlyteContext, structured_dataset: StructuredDataset, structured_dataset_type: StructuredDatasetType) -> literals.StructuredDataset:
        path = os.path.join(ctx.file_access.get_random_local_directory(), "rows.txt")
        with open(path, "w") as file:
            file.write("\n".join(structured_dataset.dataframe))
        remote = structured_dataset.uri or ctx.file_access.join(ctx.file_access.raw_output_prefix, ctx.file_access.get_random_string(), "rows.txt")
        ctx.file_access.put_data(path, remote)
        structured_dataset_type.format = "rows"
        return literals.StructuredDataset(uri=remote, metadata=StructuredDatasetMetadata(structured_dataset_type=structured_dataset_type))


class RowsDecoder(StructuredDatasetDecoder):
    def __init__(self):
        super().__init__(TextRows, None, "rows")

    def decode(self, ctx: FlyteContext, flyte_value: literals.StructuredDataset, current_task_metadata: StructuredDatasetMetadata) -> TextRows:
        local = ctx.file_access.get_random_local_path()
        ctx.file_access.get_data(flyte_value.uri, local)
        with open(local) as file:
            return TextRows(file.read().split("\n"))


StructuredDatasetTransformerEngine.register(RowsEncoder(), default_format_for_type=True)
StructuredDatasetTransformerEngine.register(RowsDecoder(), default_format_for_type=True)


@dataclass
class Report:
    title: str
    table: StructuredDataset


@task
def people(n: int) -> pd.DataFrame:
    return pd.DataFrame({"name": [f"p{index}" for index in range(n)], "age": range(20, 20 + n), "score": np.linspace(0, 1, n)})


@task
def mean_age(frame: pd.DataFrame) -> float:
    return float(frame["age"].mean())


@task
def older(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(age=frame.age + 1)


@task
def with_columns(n: int) -> Annotated[pd.DataFrame, PEOPLE]:
    return pd.DataFrame({"name": ["a"] * n, "age": [n] * n})


@task
def some_columns(frame: Annotated[pd.DataFrame, kwtypes(age=int)]) -> str:
    return frame.to_csv(index=False)


@task
def dataset(n: int) -> StructuredDataset:
    return StructuredDataset(dataframe=pd.DataFrame({"a": range(n)}))


@task
def dataset_with_columns(n: int) -> Annotated[StructuredDataset, kwtypes(a=int)]:
    return StructuredDataset(dataframe=pd.DataFrame({"a": range(n), "b": ["x"] * n}))


@task
def open_dataset(data: StructuredDataset) -> str:
    return data.open(pd.DataFrame).all().to_csv(index=False)


@task
def open_as_arrow(data: StructuredDataset) -> str:
    return repr(data.open(pa.Table).all().to_pydict())


@task
def open_part(data: Annotated[StructuredDataset, kwtypes(age=int)]) -> List[int]:
    return [int(value) for value in data.open(pd.DataFrame).all()["age"]]


@task
def csv_dataset(n: int) -> Annotated[StructuredDataset, "csv"]:
    return StructuredDataset(dataframe=pd.DataFrame({"a": range(n)}))


@task
def read_csv_dataset(data: Annotated[StructuredDataset, CSV]) -> str:
    return repr(data.open(pd.DataFrame).all().to_dict())


@task
def arrow(n: int) -> pa.Table:
    return pa.table({"a": list(range(n)), "b": ["x"] * n})


@task
def arrow_rows(table: pa.Table) -> int:
    return table.num_rows


@task
def pandas_of_arrow(frame: pd.DataFrame) -> List[str]:
    return [f"{column}: {kind}" for column, kind in frame.dtypes.items()]


@task
def polars(n: int) -> pl.DataFrame:
    return pl.DataFrame({"a": list(range(n)), "b": [f"{index}" for index in range(n)]})


@task
def polars_rows(frame: pl.DataFrame) -> str:
    return repr(frame.rows())


@task
def hashed(n: int) -> Annotated[pd.DataFrame, HashMethod(lambda frame: f"{len(frame)} rows")]:
    return pd.DataFrame({"a": range(n)})


@task
def schema(n: int) -> FlyteSchema[kwtypes(a=int, b=str)]:
    written = FlyteSchema[kwtypes(a=int, b=str)]()
    written.open().write(pd.DataFrame({"a": list(range(n)), "b": ["x"] * n}))
    return written


@task
def read_schema(data: FlyteSchema) -> str:
    return data.open().all().to_csv(index=False)


@task
def schema_of_frame(n: int) -> FlyteSchema:
    return pd.DataFrame({"a": range(n)})


@task
def frame_of_schema(data: pd.DataFrame) -> int:
    return len(data)


@task
def report(n: int) -> Report:
    return Report("title", StructuredDataset(dataframe=pd.DataFrame({"a": range(n)})))


@task
def read_report(value: Report) -> str:
    return f"{value.title} {value.table.open(pd.DataFrame).all()['a'].tolist()}"


@task
def split(frame: pd.DataFrame) -> Tuple[pd.DataFrame, pd.DataFrame]:
    middle = len(frame) // 2
    return frame[:middle], frame[middle:].reset_index(drop=True)


@task
def frames(n: int) -> Dict[str, List[pd.DataFrame]]:
    return {"a": [pd.DataFrame({"i": [index]}) for index in range(n)], "b": []}


@task
def joined(frames: Dict[str, List[pd.DataFrame]]) -> int:
    return sum(len(frame) for several in frames.values() for frame in several)


@task
def maybe_frame(frame: Optional[pd.DataFrame] = None) -> Optional[pd.DataFrame]:
    return pd.DataFrame({"none": [1]}) if frame is None else None


@task
def empty_frame(n: int) -> pd.DataFrame:
    return pd.DataFrame()


@task
def odd_columns(n: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "when": pd.to_datetime(["2024-01-01", None]),
            "category": pd.Categorical(["a", "b"]),
            "missing": [1.5, None],
            "nested": [[1, 2], []],
            "ü": [True, False],
        },
        index=["x", "y"],
    )


@task
def odd_frame(frame: pd.DataFrame) -> str:
    return f"{frame.index.tolist()} {frame.dtypes.astype(str).to_dict()}"


@task
def not_a_frame(n: int) -> pd.DataFrame:
    return [1, 2]


@task
def missing_column(frame: pd.DataFrame) -> float:
    return float(frame["no such column"].mean())


@task
def rows(n: int) -> TextRows:
    return TextRows(f"row {index}" for index in range(n))


@task
def count_rows(data: TextRows) -> int:
    return len(data)


@task
def rows_of_dataset(data: StructuredDataset) -> str:
    return f"{data.open(TextRows).all()} {data.metadata.structured_dataset_type.format}"


@task
def to_csv(frame: pd.DataFrame) -> CSVFile:
    path = os.path.join(current_context().working_directory, "frame.csv")
    frame.to_csv(path, index=False)
    return CSVFile(path)


@task(enable_deck=True)
def shown(frame: pd.DataFrame) -> pd.DataFrame:
    from flytekit import Deck
    from flytekit.deck import TopFrameRenderer

    Deck("frame", TopFrameRenderer(10).to_html(frame))
    return frame
