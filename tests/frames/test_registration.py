"""`register_csv_handlers` and its like: what is registered first decides the format of bare tables, as in flytekit."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.types.oracle import interpreter

#: What a module does before a task is converted -> the format of a bare `pandas.DataFrame`.
CODE = """
import logging
logging.disable(50)
{imports}
import pandas as pd
{before}
kind = TypeEngine.to_literal_type(pd.DataFrame)
from sys import stdout
{ask}
stdout.write(repr({{cls.__name__: form for cls, form in formats.items() if cls is pd.DataFrame}}))
"""
THEIRS = {
    "imports": "from flytekit.core.type_engine import TypeEngine\nfrom flytekit import task\n"
    "from flytekit.types.structured import register_csv_handlers, register_pandas_handlers",
    "ask": "from flytekit import StructuredDatasetTransformerEngine as E\nformats = E.DEFAULT_FORMATS",
}
OURS = {
    "imports": "from wingbeat import task, TypeEngine\n"
    "from wingbeat.types.frames.registration import register_csv_handlers, register_pandas_handlers",
    "ask": "from wingbeat.types.frames.builtin import load\nload()\n"
    "from wingbeat.types.structured_dataset.handler_table import DEFAULT_FORMATS as formats",
}
TASK = "def one(a: int):\n    pass\none = task(one)\n"
BEFORE = {
    "nothing": "",
    "csv": "register_csv_handlers()",
    "csv twice": "register_csv_handlers()\nregister_csv_handlers()",
    "pandas, csv": "register_pandas_handlers()\nregister_csv_handlers()",
    "csv, pandas": "register_csv_handlers()\nregister_pandas_handlers()",
    "a task, csv": f"{TASK}register_csv_handlers()",
}


def answer(python: str, side: dict[str, str], before: str) -> str:
    """What a process of its own says."""
    code = CODE.format(before=before, **side)
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("case", BEFORE)
def test_the_default_format(case: str) -> None:
    ours = answer(sys.executable, OURS, BEFORE[case])
    assert ours == answer(str(interpreter()), THEIRS, BEFORE[case])
    assert ours in ("{'DataFrame': 'csv'}", "{'DataFrame': 'parquet'}")
