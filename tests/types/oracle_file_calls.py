"""Run by flytekit's interpreter: answers of `file_calls`, as JSON. Standard input: the folder for everything."""
# mypy: ignore-errors

import json
import logging
import pathlib
import sys
import warnings

from tests.case_module import load

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)
calls = load(__file__, "file_calls")
print(json.dumps(calls.answers(pathlib.Path(sys.stdin.read()))))
