"""Run by flytekit's interpreter: print the literal type of every case as JSON, name -> hex, or the error's class."""
# mypy: ignore-errors

import importlib.util
import json
import logging
import pathlib
import sys

from flytekit.core.type_engine import TypeEngine

logging.disable(logging.CRITICAL)
path = pathlib.Path(__file__).with_name("literal_type_cases.py")
spec = importlib.util.spec_from_file_location("literal_type_cases", path)
cases = importlib.util.module_from_spec(spec)
sys.modules[spec.name] = cases
spec.loader.exec_module(cases)

answers = {}
for name, hint in cases.HINTS.items():
    try:
        answers[name] = {"hex": TypeEngine.to_literal_type(hint).to_flyte_idl().SerializeToString().hex()}
    except Exception as error:  # noqa: BLE001  # its class is the answer
        answers[name] = {"error": [cls.__name__ for cls in type(error).__mro__]}
print(json.dumps(answers))
