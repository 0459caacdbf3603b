"""Tasks that fail for a file or table, and what flytekit and wingbeat report: type-system specification, section 7."""

from __future__ import annotations

from flyteidl.core import literals_pb2, types_pb2

from tests import literals as l
from tests.messages_of_tasks import NONE, ONE, TaskRow, task
from tests.runtime.peer import IMPORTS as BASE

IMPORTS = {
    "flytekit": BASE["flytekit"]
    + "from flytekit import StructuredDataset\n"
    + "from flytekit.types.directory import FlyteDirectory\n"
    + "from flytekit.types.file import FlyteFile\n",
    "wingbeat": BASE["wingbeat"] + "from wingbeat import FlyteDirectory, FlyteFile, StructuredDataset\n",
}

FILES = """
import os
from pathlib import Path
from typing import Dict, List

Path("here.txt").write_text("x")


def link(target):
    if not os.path.lexists("link"):
        os.symlink(target, "link")
    return "link"


@task
"""

TABLES = """
from typing import Annotated, List

import numpy as np
import pandas as pd
import pyarrow as pa

FRAME = pd.DataFrame({"a": [1]})


@task
"""


def blob(uri: str, *, folder: bool = False) -> l.Literal:
    kind = types_pb2.BlobType(dimensionality=int(folder))
    return l.scalar(blob=literals_pb2.Blob(uri=uri, metadata=literals_pb2.BlobMetadata(type=kind)))


def table(uri: str, fmt: str) -> l.Literal:
    kind = types_pb2.StructuredDatasetType(format=fmt)
    metadata = literals_pb2.StructuredDatasetMetadata(structured_dataset_type=kind)
    return l.scalar(structured_dataset=literals_pb2.StructuredDataset(uri=uri, metadata=metadata))


def output(number: int = 0) -> str:
    return f"Failed to convert outputs of task 'user_code.t' at position {number}.\n"


INPUT = "Error converting input 'a':\n"

ROWS: dict[str, TaskRow] = {
    # `FlyteAssertion`: files that are not there, links.
    "a file that is not there": TaskRow(
        *task("t(a: int) -> FlyteFile", "return FlyteFile('/no/such/file')", FILES),
        ONE,
        "FlyteAssertion: USER:AssertionError: error=",
        (output(), "outputs.o0: ", "File /no/such/file does not exist"),
    ),
    "a file in a list in a second output": TaskRow(
        *task(
            "t(a: int) -> (int, List[Dict[str, FlyteFile]])",
            "return 1, [{'k': FlyteFile('here.txt')}, {'k': FlyteFile('there.txt')}]",
            FILES,
        ),
        ONE,
        "Error Message: File there.txt does not exist.",
        (output(1), 'outputs.o1[1]["k"]: ', "File there.txt does not exist"),
    ),
    "a text that names no file": TaskRow(
        *task("t(a: int) -> FlyteFile", "return 'there.txt'", FILES),
        ONE,
        "Error converting there.txt because it's not a file.",
        (output(), "outputs.o0: Error converting there.txt because it's not a file.", "does not exist"),
    ),
    "a link to a file": TaskRow(
        *task("t(a: int) -> FlyteFile", "return FlyteFile(link('here.txt'))", FILES),
        ONE,
        "File link is a symlink, can't upload.",
        (output(), "outputs.o0: ", "File link is a symlink, can't upload"),
    ),
    "a folder that is not there": TaskRow(
        *task("t(a: int) -> FlyteDirectory", "return FlyteDirectory('/no/such/folder')", FILES),
        ONE,
        "/no/such/folder is not a directory.",
        (output(), "outputs.o0: ", "/no/such/folder is not a directory", "it does not exist"),
    ),
    "a file for a folder": TaskRow(
        *task("t(a: int) -> FlyteDirectory", "return 'here.txt'", FILES),
        ONE,
        "Expected a directory. here.txt is not a directory.",
        (output(), "outputs.o0: ", "here.txt is not a directory", "it is a file; declare FlyteFile"),
    ),
    "a local path of another pod": TaskRow(
        *task("t(a: FlyteFile)", "return open(a)", FILES),
        {"a": blob("/no/such/pod/data.txt")},
        "Expected a file, but /no/such/pod/data.txt is not a file.",
        (INPUT, "inputs.a: ", "Expected a file, but /no/such/pod/data.txt is not a file", "upstream task"),
    ),
    "a folder as an input file": TaskRow(
        *task("t(a: FlyteFile)", "return open(a)", FILES),
        {"a": blob("/no/such/folder", folder=True)},
        "/no/such/folder is not a file.",
        (INPUT, "inputs.a: /no/such/folder is not a file.", "It is a folder: declare FlyteDirectory"),
    ),
    "a file as an input folder": TaskRow(
        *task("t(a: FlyteDirectory)", "return os.listdir(a)", FILES),
        {"a": blob("/no/such/file")},
        "/no/such/file is not a directory.",
        (INPUT, "inputs.a: /no/such/file is not a directory.", "It is a file: declare FlyteFile"),
    ),
    "a number as an input file": TaskRow(
        *task("t(a: FlyteFile)", "return open(a)", FILES),
        ONE,
        "Cannot convert from Flyte Serialized object",
        (INPUT, "inputs.a: expected blob, got integer 1"),
    ),
    "None as an input file": TaskRow(
        *task("t(a: FlyteFile)", "return open(a)", FILES),
        {"a": l.none()},
        "Cannot convert from Flyte Serialized object",
        (INPUT, "inputs.a: expected blob, got none", NONE),
    ),
    "a number for a file": TaskRow(
        *task("t(a: int) -> FlyteFile", "return a", FILES),
        ONE,
        "TypeError: Failed to convert outputs",
        (output(), "outputs.o0: No automatic conversion found from type <class 'int'> to FlyteFile.", "got 1"),
    ),
    # Stores. What user code asks for itself is raised where it asks.
    "a scheme that nobody knows": TaskRow(
        *task("t(a: FlyteFile)", "return open(a)", FILES),
        {"a": blob("nosuch://bucket/data.txt")},
        "FlyteDownloadDataException: SYSTEM:DownloadDataError: error=Failed to get data from nosuch://bucket/data.txt",
        ("Failed to get data from nosuch://bucket/data.txt", "cannot read", "Protocol not known: nosuch", "s3://"),
    ),
    "an upload to a scheme that nobody knows": TaskRow(
        *task("t(a: int) -> List[FlyteFile]", "return [FlyteFile('here.txt', remote_path='nosuch://b/k')]", FILES),
        ONE,
        "FlyteUploadDataException: SYSTEM:UploadDataError: error=Failed to convert outputs",
        ("FlyteUploadDataException: ", output(), "outputs.o0[0]: Failed to put data from here.txt", "cannot write"),
    ),
    "an input that the store has not": TaskRow(
        *task("t(a: FlyteFile)", "return open(a)", FILES),
        {"a": blob("memory://bucket/none")},
        "FlyteDataNotFoundException: ",
        ("FlyteDataNotFoundException: ", "memory://bucket/none. File not found"),
    ),
    # Tables and arrays.
    "a table of another library": TaskRow(
        *task("t(a: int) -> List[pd.DataFrame]", "return [FRAME, pa.table({'a': [1]})]", TABLES),
        ONE,
        "AttributeError: Failed to convert outputs",
        (output(), "outputs.o0[1]: expected pandas.DataFrame, got pyarrow.lib.Table"),
    ),
    "pandas for pyarrow": TaskRow(
        *task("t(a: int) -> pa.Table", "return FRAME", TABLES),
        ONE,
        "'DataFrame' object has no attribute 'schema'",
        (output(), "outputs.o0: expected pyarrow.Table, got pandas.DataFrame"),
    ),
    "a frame for a dataset": TaskRow(
        *task("t(a: int) -> StructuredDataset", "return FRAME", TABLES),
        ONE,
        "Expected a StructuredDataset instance",
        (output(), "outputs.o0: Expected a StructuredDataset instance", "Return StructuredDataset(dataframe=...)"),
    ),
    "None as an input table": TaskRow(
        *task("t(a: pd.DataFrame)", head=TABLES),
        {"a": l.none()},
        "'NoneType' object has no attribute 'metadata'",
        (INPUT, "inputs.a: expected structured dataset, got none", NONE),
    ),
    "a format that nobody writes": TaskRow(
        *task("t(a: int) -> Annotated[StructuredDataset, 'orc']", "return StructuredDataset(dataframe=FRAME)", TABLES),
        ONE,
        "ValueError: Failed to convert outputs",
        (output(), "outputs.o0: Failed to find a handler", "there is an encoder of DataFrame for 'csv', 'parquet'"),
    ),
    "a format that nobody reads": TaskRow(
        *task("t(a: pd.DataFrame)", head=TABLES),
        {"a": table("/no/such/table", "orc")},
        "Failed to find a handler for <class 'pandas.DataFrame'>",
        (INPUT, "inputs.a: Failed to find a handler", "there is a decoder of DataFrame for 'csv', 'parquet'"),
    ),
    "a number of numpy's": TaskRow(
        *task("t(a: int) -> List[int]", "return [1, np.int64(2)]", TABLES),
        ONE,
        "Expected value of type <class 'int'> but got '2' of type <class 'numpy.int64'>",
        (output(), "outputs.o0[1]: expected int, got int64"),
    ),
    "a document as an input file": TaskRow(
        *task("t(a: FlyteFile)", "return open(a)", FILES),
        {"a": l.struct()},
        "TypeTransformerFailedError: Error converting input 'a':",
        (INPUT, "inputs.a: "),
    ),
    "an array of objects": TaskRow(
        *task("t(a: int) -> np.ndarray", "return np.array([object()])", TABLES),
        ONE,
        "ValueError: Failed to convert outputs",
        (output(), "outputs.o0: cannot be written as an array", "Object arrays cannot be saved"),
    ),
}
