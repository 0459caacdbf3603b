"""Run by flytekit's interpreter: print the literal type of every case as JSON, name -> hex, or the error's class."""
# mypy: ignore-errors

import json
import logging

from flytekit.core.type_engine import TypeEngine

from tests.case_module import load

logging.disable(logging.CRITICAL)
cases = load(__file__, "literal_type_cases")

answers = {}
for name, hint in cases.HINTS.items():
    try:
        answers[name] = {"hex": TypeEngine.to_literal_type(hint).to_flyte_idl().SerializeToString().hex()}
    except Exception as error:  # noqa: BLE001  # its class is the answer
        answers[name] = {"error": [cls.__name__ for cls in type(error).__mro__]}
print(json.dumps(answers))
