"""Run by flytekit's interpreter: castability, matching and guesses for the literal types of `value_cases`, as JSON."""
# mypy: ignore-errors

import json
import logging
import sys

import flytekit.types.schema  # noqa: F401  # its transformer is there once it has been imported
from flyteidl.core import types_pb2
from flytekit.core.type_engine import TypeEngine, _are_types_castable
from flytekit.core.type_match_checking import literal_types_match
from flytekit.models.types import LiteralType

from tests.case_module import load

logging.disable(logging.CRITICAL)
cases = load(__file__, "value_cases")

types = [
    LiteralType.from_flyte_idl(types_pb2.LiteralType.FromString(bytes.fromhex(line))) for line in json.load(sys.stdin)
]


def guess(literal_type):
    try:
        return cases.described(TypeEngine.guess_python_type(literal_type))
    except Exception as error:  # noqa: BLE001  # its class is the answer
        return f"error {type(error).__name__}"


print(
    json.dumps(
        {
            "castable": [[_are_types_castable(one, other) for other in types] for one in types],
            "match": [[literal_types_match(one, other) for other in types] for one in types],
            "guess": [guess(one) for one in types],
        }
    )
)
