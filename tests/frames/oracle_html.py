"""Run by flytekit's interpreter: what tables look like in decks, as JSON."""
# mypy: ignore-errors

import json
import logging

import pandas as pd
import pyarrow as pa
from flytekit import StructuredDataset
from flytekit.core.type_engine import TypeEngine

logging.disable(logging.CRITICAL)
long = {"n": list(range(30)), "text": [f"<{n}>" for n in range(30)]}
values = {
    "pandas": pd.DataFrame(long),
    "arrow": pa.table(long),
    "dataset": StructuredDataset(dataframe=pd.DataFrame(long)),
    "stored": StructuredDataset(uri="s3://bucket/table"),
}
print(json.dumps({name: TypeEngine.to_html(None, value, type(value)) for name, value in values.items()}))
