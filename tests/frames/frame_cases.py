"""Tables exchanged with flytekit in both directions.

Imported here and by flytekit's interpreter, which has its own classes for what wingbeat calls by the same names.
"""
# mypy: ignore-errors

import dataclasses
import datetime
from dataclasses import dataclass
from typing import Annotated, Dict, List, Optional

import numpy as np
import pandas as pd
import pyarrow as pa
import pydantic

try:
    from flytekit import HashMethod, StructuredDataset, kwtypes
    from flytekit.types.schema import FlyteSchema
except ImportError:
    from wingbeat import HashMethod, StructuredDataset, kwtypes
    from wingbeat.types.flyte_schema import FlyteSchema


@dataclass
class Row:
    name: str
    age: int


@dataclass
class Outer:
    row: Row
    score: float


@dataclass
class Holder:
    sd: StructuredDataset
    label: str = "a"


@dataclass
class Holders:
    many: List[StructuredDataset]
    named: Dict[str, StructuredDataset]
    maybe: Optional[StructuredDataset] = None


@dataclass
class SchemaHolder:
    schema: FlyteSchema


class Model(pydantic.BaseModel):
    sd: StructuredDataset
    label: str = "a"


class Models(pydantic.BaseModel):
    many: List[StructuredDataset]
    maybe: Optional[StructuredDataset] = None


class SchemaModel(pydantic.BaseModel):
    schema_: FlyteSchema
    maybe: Optional[FlyteSchema] = None


def people() -> pd.DataFrame:
    return pd.DataFrame({"name": ["Ann", "Bo"], "age": [1, 2], "score": [0.5, 1.5]})


def mixed() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "int": pd.array([1, None], dtype="Int64"),
            "small": np.array([1, -1], dtype="int8"),
            "float": [float("nan"), -0.0],
            "text": ["a", None],
            "flag": [True, False],
            "when": pd.to_datetime(["2020-01-02T03:04:05.678901", None]),
            "zoned": pd.to_datetime(["2020-01-02", "2021-01-02"]).tz_localize("UTC"),
            "took": pd.to_timedelta([1, 2], unit="s"),
            "kind": pd.Categorical(["x", "y"]),
            "list": [[1, 2], []],
            "date": [datetime.date(2020, 1, 2), None],
        },
        index=pd.Index(["r1", "r2"], name="key"),
    )


def arrow() -> pa.Table:
    return pa.table({"name": ["Ann", "Bo"], "age": pa.array([1, None], pa.int32())})


def count(frame) -> str:
    return f"rows-{len(frame)}"


COLUMNS = kwtypes(name=str, age=int)

#: Name -> hint and what makes the value, written and read by both.
CASES = {
    "pandas": (pd.DataFrame, people),
    "mixed": (pd.DataFrame, mixed),
    "empty": (pd.DataFrame, pd.DataFrame),
    "no rows": (pd.DataFrame, lambda: people().iloc[:0]),
    "columns": (Annotated[pd.DataFrame, COLUMNS], people),
    "columns of a class": (Annotated[pd.DataFrame, Row], people),
    "csv for a bare frame": (Annotated[pd.DataFrame, "csv"], people),
    "arrow": (pa.Table, arrow),
    "arrow columns": (Annotated[pa.Table, COLUMNS], arrow),
    "arrow schema": (Annotated[pd.DataFrame, pa.schema([("name", pa.string())])], people),
    "dataset": (StructuredDataset, lambda: StructuredDataset(dataframe=people())),
    "dataset of arrow": (StructuredDataset, lambda: StructuredDataset(dataframe=arrow())),
    "dataset with columns": (Annotated[StructuredDataset, COLUMNS], lambda: StructuredDataset(dataframe=people())),
    "dataset as csv": (Annotated[StructuredDataset, "csv"], lambda: StructuredDataset(dataframe=people())),
    "dataset as csv with columns": (
        Annotated[StructuredDataset, COLUMNS, "csv"],
        lambda: StructuredDataset(dataframe=people()),
    ),
    "dataset elsewhere": (
        StructuredDataset,
        lambda: StructuredDataset(uri="s3://bucket/table", file_format="parquet"),
    ),
    "declared format wins": (
        Annotated[StructuredDataset, "avro"],
        lambda: StructuredDataset(uri="s3://bucket/table", file_format="parquet"),
    ),
    "list": (List[pd.DataFrame], lambda: [people(), mixed()]),
    "list of columns": (List[Annotated[pd.DataFrame, COLUMNS]], lambda: [people()]),
    "dict": (Dict[str, pa.Table], lambda: {"a": arrow()}),
    "optional": (Optional[pd.DataFrame], people),
    "optional dataset": (Optional[StructuredDataset], lambda: StructuredDataset(dataframe=people())),
    "none": (Optional[pd.DataFrame], lambda: None),
    "hashed": (Annotated[pd.DataFrame, HashMethod(count)], people),
    "dataclass": (Holder, lambda: Holder(StructuredDataset(dataframe=people()))),
    "dataclass with containers": (
        Holders,
        lambda: Holders([StructuredDataset(dataframe=people())], {"a": StructuredDataset(dataframe=arrow())}),
    ),
    "model": (Model, lambda: Model(sd=StructuredDataset(dataframe=people()))),
    "model with containers": (Models, lambda: Models(many=[StructuredDataset(dataframe=people())])),
    "schema of a frame": (FlyteSchema, people),
    "schema with columns": (FlyteSchema[COLUMNS], people),
    "dataclass with a schema": (SchemaHolder, lambda: SchemaHolder(schema_of(people()))),
    "model with a schema": (SchemaModel, lambda: SchemaModel(schema_=schema_of(people()))),
}

#: Name -> hint to read with, and the case that was written.
OTHERS = {
    "pandas as arrow": (pa.Table, "pandas"),
    "arrow as pandas": (pd.DataFrame, "arrow"),
    "all columns as some": (Annotated[pd.DataFrame, kwtypes(age=int)], "pandas"),
    "some columns as others": (Annotated[pd.DataFrame, kwtypes(score=float)], "columns"),
    "csv as pandas": (pd.DataFrame, "dataset as csv"),
    "csv columns": (Annotated[pd.DataFrame, kwtypes(score=float)], "dataset as csv"),
    "dataset with other columns": (Annotated[StructuredDataset, kwtypes(score=float)], "columns"),
    "frame of a schema": (pd.DataFrame, "schema with columns"),
    "dataset of a schema": (StructuredDataset, "schema of a frame"),
    "schema of a dataset": (FlyteSchema, "dataset"),
    "schema with columns of a frame": (FlyteSchema[kwtypes(age=int)], "pandas"),
}

TYPES = {
    "dataset": StructuredDataset,
    "pandas": pd.DataFrame,
    "arrow": pa.Table,
    "columns": Annotated[StructuredDataset, COLUMNS],
    "all columns": Annotated[
        StructuredDataset,
        kwtypes(
            a=int,
            b=float,
            c=str,
            d=bool,
            e=datetime.datetime,
            f=datetime.timedelta,
            g=np.int32,
            h=np.uint64,
            i=np.float32,
            j=np.bool_,
            k=np.datetime64,
            l=np.timedelta64,
            m=np.bytes_,
            n=np.str_,
            o=np.object_,
            p=List[int],
            q=Dict[str, List[float]],
        ),
    ],
    "nested columns": Annotated[StructuredDataset, {"a": {"b": int, "c": {"d": str}}, "e": Row, "f": Outer}],
    "columns of a class": Annotated[StructuredDataset, Outer],
    "csv": Annotated[pd.DataFrame, "csv"],
    "any order": Annotated[pd.DataFrame, "csv", COLUMNS],
    "arrow schema": Annotated[StructuredDataset, pa.schema([("a", pa.int64()), ("b", pa.list_(pa.string()))])],
    "everything": Annotated[StructuredDataset, COLUMNS, pa.schema([("a", pa.int64())]), "csv", HashMethod(count)],
    "two formats": Annotated[StructuredDataset, "csv", "parquet"],
    "two schemas": Annotated[StructuredDataset, pa.schema([("a", pa.int8())]), pa.schema([("b", pa.int8())])],
    "a date column": Annotated[StructuredDataset, kwtypes(a=datetime.date)],
    "an int16 column": Annotated[StructuredDataset, kwtypes(a=np.int16)],
    "list": List[Annotated[pd.DataFrame, COLUMNS]],
    "optional": Optional[pd.DataFrame],
    "dataclass": Holder,
    "dataclass with containers": Holders,
    "dataclass with a frame": dataclasses.make_dataclass("Framed", [("frame", pd.DataFrame)]),
    "dataclass with a schema": SchemaHolder,
    "dataclass with columns": dataclasses.make_dataclass("Columned", [("schema", FlyteSchema[COLUMNS])]),
    "model": Model,
    "model with containers": Models,
    "model with a schema": SchemaModel,
    "schema": FlyteSchema,
    "schema with columns": FlyteSchema[COLUMNS],
    "schema with all columns": FlyteSchema[kwtypes(a=int, b=np.float64, c=datetime.datetime, d=np.timedelta64)],
    "schema with a list": FlyteSchema[kwtypes(a=List[int])],
}


def schema_of(frame) -> FlyteSchema:
    schema = FlyteSchema()
    schema.open().write(frame)
    return schema


def canonical(value):
    """A value as JSON: tables with the types and the values of their columns."""
    if isinstance(value, pd.DataFrame):
        frame = value.reset_index() if value.index.name else value
        return {
            "pandas": {str(name): [str(kind), [str(one) for one in frame[name]]] for name, kind in frame.dtypes.items()}
        }
    if isinstance(value, pa.Table):
        return {
            "arrow": {
                name: [str(value.schema.field(name).type), str(value[name].to_pylist())] for name in value.column_names
            }
        }
    if isinstance(value, StructuredDataset):
        return {"dataset": _dataset(value)}
    if isinstance(value, FlyteSchema):
        return {"schema": canonical(value.open().all())}
    if isinstance(value, list):
        return [canonical(one) for one in value]
    if isinstance(value, dict):
        return {key: canonical(one) for key, one in value.items()}
    if dataclasses.is_dataclass(value):
        return {field.name: canonical(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, pydantic.BaseModel):
        return {name: canonical(getattr(value, name)) for name in type(value).model_fields}
    return value


def _dataset(dataset):
    kind = dataset.metadata.structured_dataset_type
    found = {"uri": dataset.uri, "format": dataset.file_format, "columns": [one.name for one in kind.columns]}
    if not dataset.literal.uri.startswith("s3://"):
        found["table"] = canonical(dataset.open(pd.DataFrame).all())
    return found
