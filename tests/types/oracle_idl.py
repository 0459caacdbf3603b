"""Run by flytekit's interpreter: print what the cases look like with flytekit's model classes."""
# mypy: ignore-errors

import json
import logging
import pathlib
import sys
import types

logging.disable(logging.CRITICAL)

from flytekit.models import annotation, interface, literals  # noqa: E402
from flytekit.models import types as model_types  # noqa: E402
from flytekit.models.core import types as core_types  # noqa: E402
from google.protobuf.struct_pb2 import Struct  # noqa: E402

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import idl_cases  # noqa: E402

names = {}
for module in (core_types, model_types, annotation, interface, literals):
    names.update(vars(module))
names["Struct"] = Struct
print(json.dumps(idl_cases.report(types.SimpleNamespace(**names))))
