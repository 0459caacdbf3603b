"""`register_csv_handlers` and its like: what is registered first decides the format of bare tables, as in flytekit."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache

import pytest

from tests.types.oracle import interpreter

#: What a module does before a table is converted.
TASK = "def one(a: int):\n    pass\none = task(one)\n"
BEFORE = {
    "nothing": "",
    "csv": "register_csv_handlers()",
    "csv twice": "register_csv_handlers()\nregister_csv_handlers()",
    "pandas, csv": "register_pandas_handlers()\nregister_csv_handlers()",
    "csv, pandas": "register_csv_handlers()\nregister_pandas_handlers()",
    "a task, csv": f"{TASK}register_csv_handlers()",
}
#: Each of them in a process of its own, forked from one that has imported what they need.
CODE = """
import json, logging, os, sys
logging.disable(50)
{imports}
import pandas as pd
for name, before in json.load(sys.stdin).items():
    if os.fork() == 0:
        exec(before)
        TypeEngine.to_literal_type(pd.DataFrame)
        {ask}
        print(json.dumps([name, formats[pd.DataFrame]]), flush=True)
        os._exit(0)
    os.wait()
"""
THEIRS = {
    "imports": "from flytekit.core.type_engine import TypeEngine\nfrom flytekit import task\n"
    "from flytekit.types.structured import register_csv_handlers, register_pandas_handlers",
    "ask": "from flytekit import StructuredDatasetTransformerEngine as E; formats = E.DEFAULT_FORMATS",
}
OURS = {
    "imports": "from wingbeat import task, TypeEngine\n"
    "from wingbeat.types.frames.registration import register_csv_handlers, register_pandas_handlers",
    "ask": "from wingbeat.types.frames.builtin import load; load();"
    " from wingbeat.types.structured_dataset.handler_table import DEFAULT_FORMATS as formats",
}


@cache
def answers(python: str, side: str) -> dict[str, str]:
    """Case -> the format of a bare `pandas.DataFrame`."""
    code = CODE.format(**(OURS if side == "ours" else THEIRS))
    done = subprocess.run([python, "-c", code], input=json.dumps(BEFORE), capture_output=True, text=True, check=True)
    return dict(json.loads(line) for line in done.stdout.splitlines())


@pytest.mark.parametrize("case", BEFORE)
def test_the_default_format(case: str) -> None:
    assert answers(sys.executable, "ours")[case] == answers(str(interpreter()), "theirs")[case]


def test_it_depends_on_the_order() -> None:
    assert set(answers(sys.executable, "ours").values()) == {"csv", "parquet"}
