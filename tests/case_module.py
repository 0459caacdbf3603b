"""Modules of cases: the same, by the same name, here and in flytekit's interpreter.

The name counts: that of a class is part of literal types, of files and of pickles.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any


def load(beside: str, name: str) -> Any:
    """The module of this name, in the file of this name beside another file."""
    spec = importlib.util.spec_from_file_location(name, Path(beside).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
