"""Run by flytekit's interpreter: what is found after each of the registrations, as JSON."""
# mypy: ignore-errors

import json
import logging
import pathlib
import sys

from flytekit.types.structured.structured_dataset import StructuredDatasetEncoder, StructuredDatasetTransformerEngine

logging.disable(logging.CRITICAL)
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import handler_cases  # noqa: E402

engine, base = StructuredDatasetTransformerEngine, StructuredDatasetEncoder
print(
    json.dumps(
        {name: handler_cases.found(name, engine, base, given) for name, given in handler_cases.REGISTRATIONS.items()}
    )
)
