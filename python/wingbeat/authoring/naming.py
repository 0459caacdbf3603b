"""How Flyte calls what a module defines: `<module>.<variable>` (runtime contract 8.3)."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

#: What a notebook's tasks are packed into; where it lies, modules are not to be found as files.
PICKLE_FILE = "pkl.gz"


def task_name(function: Callable[..., Any]) -> str:
    """The full name of a task made of a function."""
    return extract_task_module(function)[0]


def extract_task_module(subject: Any) -> tuple[str, str, str, str]:
    """Where a task, a function or a tracked instance is found.

    Returns its full name, its module, the variable in the module, and the module's file; the module is empty for what
    a notebook defines, the file where there is none.

    Raises:
        FlyteSystemException: no variable of its module holds the instance.
    """
    function = getattr(subject, "task_function", None)
    if function is None and hasattr(subject, "instantiated_in"):
        module, variable = subject.instantiated_in or "", subject.lhs
        file = file_of(module)
    else:
        function = function or subject
        module = function.__module__
        variable = function.__name__.rpartition(".")[2]
        file = code_file(function) if module == "__main__" else file_of(module)
    if not file:
        return f"{module}.{variable}", module, variable, ""
    if module == "__main__":
        if in_notebook():
            return variable, "", variable, file
        module = os.path.splitext(os.path.basename(file))[0]
    module = longer(module, file)
    return f"{module}.{variable}", module, variable, file


def file_of(module: str) -> str:
    """The file of a module that has been imported."""
    file = getattr(sys.modules.get(module), "__file__", None)
    return os.path.abspath(file) if file else ""


def code_file(function: Any) -> str:
    """The file that a function was compiled from; that of a pickled one may be elsewhere."""
    code = getattr(function, "__code__", None)
    return os.path.abspath(code.co_filename) if code is not None else file_of("__main__")


def in_notebook() -> bool:
    """Whether this is a notebook, or runs what comes from one."""
    ipython = sys.modules.get("IPython")
    return os.path.exists(PICKLE_FILE) or (ipython is not None and ipython.get_ipython() is not None)


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
