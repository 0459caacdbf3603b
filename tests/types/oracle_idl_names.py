"""Run by flytekit's interpreter: print which of the names given as JSON, `module:Class`, there are."""
# mypy: ignore-errors

import importlib
import json
import logging
import sys

logging.disable(logging.CRITICAL)


def exists(name):
    """Whether a module has a class, perhaps inside another one."""
    home, _, path = name.partition(":")
    thing = importlib.import_module(home)
    for step in path.split("."):
        thing = getattr(thing, step, None)
    return thing is not None


print(json.dumps([name for name in json.loads(sys.stdin.read()) if exists(name)]))
