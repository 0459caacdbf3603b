"""Run by flytekit's interpreter: answers of `file_cases`, as JSON.

Standard input: `{"root": ..., "literals": {name: hex}}`, the folder for everything and literals of wingbeat's to read.
"""
# mypy: ignore-errors

import importlib.util
import json
import logging
import pathlib
import sys
import warnings

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)
path = pathlib.Path(__file__).with_name("file_cases.py")
spec = importlib.util.spec_from_file_location("file_cases", path)
cases = importlib.util.module_from_spec(spec)
sys.modules[spec.name] = cases
spec.loader.exec_module(cases)

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
