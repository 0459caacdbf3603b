"""Run by flytekit's interpreter: answers of `file_cases`, as JSON.

Standard input: `{"root": ..., "literals": {name: hex}}`, the folder for everything and literals of wingbeat's to read.
"""
# mypy: ignore-errors

import json
import logging
import pathlib
import sys
import warnings

from tests.case_module import load

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)
cases = load(__file__, "file_cases")

question = json.load(sys.stdin)
root = pathlib.Path(question["root"])
cases.prepare(root)
print(
    json.dumps(
        {
            "types": cases.types(),
            "written": {mode: cases.written(root, mode) for mode in cases.MODES},
            "read": cases.read(root, question["literals"]),
            "names": {cls.__name__: dir(cls) for cls in (cases.FlyteFile, cases.FlyteDirectory)},
        }
    )
)
