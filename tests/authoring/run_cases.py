"""What the cases of a module of this folder come to with the library that `flytekit` is in this process.

Run in a folder with the user's module, by flytekit's interpreter as it is, and by ours with the import hook.
"""

import importlib
import json
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), "."]

import evaluation  # noqa: E402 it is beside this file

cases = importlib.import_module(f"{sys.argv[1]}_cases").CASES
names = vars(importlib.import_module(f"user_{sys.argv[1]}"))
# One process for all cases: later ones find what earlier ones have registered.
print(json.dumps(evaluation.evaluate(cases, names)))
