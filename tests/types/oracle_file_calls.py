"""Run by flytekit's interpreter: answers of `file_calls`, as JSON. Standard input: the folder for everything."""
# mypy: ignore-errors

import importlib.util
import json
import logging
import pathlib
import sys
import warnings

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)
path = pathlib.Path(__file__).with_name("file_calls.py")
spec = importlib.util.spec_from_file_location("file_calls", path)
calls = importlib.util.module_from_spec(spec)
sys.modules[spec.name] = calls
spec.loader.exec_module(calls)
print(json.dumps(calls.answers(pathlib.Path(sys.stdin.read()))))
