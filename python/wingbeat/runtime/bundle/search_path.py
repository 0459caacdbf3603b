"""A bundle's folder on the search path, as if the interpreter had found it in PYTHONPATH (runtime contract 1.7)."""

from __future__ import annotations

import os
import sys

#: Modules that the interpreter imports by itself when it starts, if there are such.
_AT_START = ("sitecustomize", "usercustomize")


def extend_environment(folder: str) -> None:
    """Put the folder at the end of PYTHONPATH, for this process's children.

    An empty PYTHONPATH stays without an empty entry, which would be the working directory.
    """
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = f"{before}{os.pathsep}{folder}" if before else folder


def extend(folder: str) -> None:
    """Put the folder behind the entries that come from PYTHONPATH, where a new interpreter would have it."""
    first = 0 if starts_without_script() else 1
    end = len(sys.path)
    for index, entry in enumerate(sys.path[first:], first):
        if os.path.basename(entry) == f"python{sys.version_info[0]}{sys.version_info[1]}.zip":
            end = index
            break
    if folder not in sys.path[first:end]:
        sys.path[first:] = [
            *sys.path[first:end],
            folder,
            *(entry for entry in sys.path[end:] if entry != folder),
        ]
    # What was missing or empty when the interpreter looked may be there now.
    for entry, finder in list(sys.path_importer_cache.items()):
        if finder is None or f"{entry}/".startswith(f"{folder}/"):
            del sys.path_importer_cache[entry]


def starts_without_script() -> bool:
    """Whether the first entry of `sys.path` is not the folder of the script."""
    return bool(getattr(sys.flags, "safe_path", False)) or bool(sys.flags.isolated)


def needs_new_interpreter(folder: str) -> bool:
    """Whether the folder holds a module that a new interpreter would have imported before the task's command.

    Such a module is one for the start of every interpreter, or one that this process has imported already, from
    elsewhere or as it was before the bundle came. What is frozen or built in no folder can replace.
    """
    for entry in os.scandir(folder):
        name, dot, _ = entry.name.partition(".")
        module = sys.modules.get(name)
        spec = getattr(module, "__spec__", None)
        found_by_path = spec is not None and spec.origin not in ("built-in", "frozen")
        if (name in _AT_START or found_by_path) and (dot or os.path.exists(os.path.join(entry.path, "__init__.py"))):
            return True
    return False
