"""Run by flytekit's interpreter: print what the classes named as JSON, `module:Class`, have as public attributes."""
# mypy: ignore-errors

import importlib
import json
import logging
import sys

logging.disable(logging.CRITICAL)

import flytekit  # noqa: E402, F401

answers = {}
for key in json.loads(sys.stdin.read()):
    home, _, name = key.partition(":")
    try:
        thing = getattr(importlib.import_module(home), name, None)
    except ImportError:  # it is about a library that is not installed
        continue
    if isinstance(thing, type):
        answers[key] = [attribute for attribute in dir(thing) if not attribute.startswith("_")]
print(json.dumps(answers))
