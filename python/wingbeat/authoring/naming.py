"""How Flyte calls a task: `<module>.<function>` (runtime contract 8.3)."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def task_name(function: Callable[..., Any]) -> str:
    """The full name of a task made of a function."""
    name = function.__name__.rpartition(".")[2]
    module = function.__module__
    file = getattr(sys.modules.get(module), "__file__", None)
    if file is None:
        return f"{module}.{name}"
    if module == "__main__":
        module = os.path.splitext(os.path.basename(file))[0]
    return f"{longer(module, os.path.abspath(file))}.{name}"


def longer(module: str, file: str) -> str:
    """The dotted path that the packages around the file make up, if it says more than the name of the import."""
    root = os.environ.get("FLYTE_PYTHON_PACKAGE_ROOT", "auto")
    if root == ".":
        return module
    path, _ = os.path.splitext(file)
    parts: list[str] = []
    while path:
        path, part = os.path.split(path)
        parts.insert(0, part)
        if path == root or not os.path.exists(os.path.join(path, "__init__.py")):
            break
    by_file = ".".join(parts)
    return by_file if len(by_file) > len(module) else module
