"""Run by flytekit's interpreter, prints as JSON every module of flytekit and what each of its names is.

A name is one of: `flytekit.a:b` (imported from there, followed to where it is made), `flytekit.a` or `os` (a module),
`typing:List` (imported from another library), `=value` (a constant), `exception` or `object` (made in this module).
Of classes that are made there, what their instances have.
"""

from __future__ import annotations

import ast
import contextlib
import importlib.util
import json
import os
import pkgutil
import sys
from collections.abc import Iterator
from functools import cache
from importlib.machinery import ModuleSpec
from types import ModuleType

#: Constants that are recorded: short ones, whose text is the same on every machine.
PLAIN = (str, int, float)
SHORT = 40

ASSIGNING = (ast.Assign, ast.AnnAssign)
MAKING = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def main() -> None:
    os.environ["FLYTE_SDK_RICH_TRACEBACKS"] = "0"
    import flytekit

    recorded = {name: record(name) for name in sorted(sys.modules) if within(name)}
    missing = {}
    for found in pkgutil.walk_packages(flytekit.__path__, "flytekit.", onerror=lambda name: None):
        if found.name not in recorded and not found.name.endswith("__main__"):
            try:
                with contextlib.redirect_stdout(sys.stderr):
                    importlib.import_module(found.name)
            except (ImportError, AttributeError) as error:
                missing[found.name] = str(error)
            else:
                recorded[found.name] = record(found.name)
    for name, module in recorded.items():
        module["names"].update(left_out(name, set(missing)))
    recorded |= {name: read(name) for name in missing}
    for module in recorded.values():
        module["names"] = {name: followed(module["names"][name], recorded) for name in sorted(module["names"])}
    print(f'{{"flytekit": "{flytekit.__version__}", "python": "{sys.version_info[0]}.{sys.version_info[1]}",')
    print(f'"read, not imported": {json.dumps(missing)},\n"modules": {{')
    print(",\n".join(f"{json.dumps(name)}: {json.dumps(recorded[name])}" for name in sorted(recorded)), "}}", sep="\n")


def within(name: str) -> bool:
    return name.partition(".")[0] == "flytekit" and isinstance(sys.modules[name], ModuleType)


def record(name: str) -> dict:
    """A module that has been imported."""
    module = sys.modules[name]
    imported, assigned = statements(name)
    names, classes = {}, {}
    for key, value in vars(module).items():
        if not key.startswith("__") or key == "__version__":
            names[key] = described(module, key, value, imported, assigned)
            if isinstance(value, type) and value.__module__ == name:
                classes[key] = " ".join(sorted(members(value)))
    return {"package": hasattr(module, "__path__"), "names": names, "classes": classes}


def members(cls: type, library: str = "flytekit") -> set[str]:
    """What instances of a class have: what is in its classes, and what methods of the library's assign."""
    names = {name for name in dir(cls) if not name.startswith("_")}
    for one in cls.__mro__:
        if one.__module__.partition(".")[0] == library:
            names |= assigned_by_methods(one.__module__).get(one.__name__, set())
    return names


@cache
def assigned_by_methods(module: str) -> dict[str, set[str]]:
    """What the methods of each class of a module assign to `self`."""
    return {
        cls.name: {
            node.attr
            for node in ast.walk(cls)
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and is_self(node.value)
            if not node.attr.startswith("_")
        }
        for cls in outer(module)
        if isinstance(cls, ast.ClassDef)
    }


def is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "self"


def read(name: str) -> dict:
    """A module that lacks a library: what its text makes and imports."""
    imported, assigned = statements(name)
    names = {key: f"={text}" if 0 < len(text) <= SHORT else "object" for key, text in assigned.items()}
    names |= {node.name: "object" for node in outer(name) if isinstance(node, MAKING)}
    names = {key: target for key, target in (names | imported).items() if not key.startswith("__")}
    return {"package": spec(name).submodule_search_locations is not None, "names": names}


def left_out(name: str, missing: set[str]) -> dict[str, str]:
    """What a module would have imported from those that lack a library."""
    return {key: source for key, source in statements(name)[0].items() if source.partition(":")[0] in missing}


def spec(name: str) -> ModuleSpec:
    found = importlib.util.find_spec(name)
    assert found is not None
    return found


def statements(name: str) -> tuple[dict[str, str], dict[str, str]]:
    """What a module's own text imports and which constants it assigns, outside of functions and classes."""
    imported: dict[str, str] = {}
    assigned: dict[str, str] = {}
    package = name if spec(name).submodule_search_locations is not None else name.rpartition(".")[0]
    for node in outer(name):
        if isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.partition(".")[0]
                imported[alias.asname or first] = alias.name if alias.asname else first
        elif isinstance(node, ast.ImportFrom):
            base = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            imported |= {alias.asname or alias.name: f"{source}:{alias.name}" for alias in node.names}
        elif isinstance(node, ASSIGNING):
            plain = isinstance(node.value, ast.Constant) and type(node.value.value) in PLAIN
            for target in targets(node):
                imported.pop(target, None)
                assigned[target] = ast.unparse(node.value) if plain else ""
    return imported, assigned


@cache
def outer(name: str) -> list[ast.stmt]:
    """Imports, assignments, classes and functions of a module."""
    with open(spec(name).origin, encoding="utf-8") as file:
        return list(within_blocks(ast.parse(file.read()).body))


def within_blocks(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for node in body:
        if isinstance(node, (ast.Import, ast.ImportFrom, *ASSIGNING, *MAKING)):
            yield node
        elif isinstance(node, (ast.If, ast.Try, ast.With)):
            yield from within_blocks(node.body)
            yield from within_blocks(getattr(node, "orelse", []))
            for handler in getattr(node, "handlers", []):
                yield from within_blocks(handler.body)


def targets(node: ast.Assign | ast.AnnAssign) -> list[str]:
    """The plain names that a statement assigns."""
    found = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [target.id for target in found if isinstance(target, ast.Name)]


def described(module: ModuleType, key: str, value: object, imported: dict[str, str], assigned: dict[str, str]) -> str:
    if key in imported:
        source, _, name = imported[key].partition(":")
        if name and isinstance(value, ModuleType) and f"{source}.{name}" in sys.modules:
            return f"{source}.{name}"
        if not name and isinstance(value, ModuleType):
            return source
        if name:
            return f"{source}:{name}"
    if isinstance(value, ModuleType) and sys.modules.get(f"{module.__name__}.{key}") is value:
        return f"{module.__name__}.{key}"
    if type(value) in PLAIN and repr(value) == assigned.get(key) and len(repr(value)) <= SHORT:
        return f"={assigned[key]}"
    if isinstance(value, type) and issubclass(value, BaseException):
        return "exception"
    return "object"


def followed(target: str, recorded: dict[str, dict]) -> str:
    """Where a name that is imported from module to module is made."""
    source, _, name = target.partition(":")
    while name and source in recorded and name in recorded[source]["names"]:
        further = recorded[source]["names"][name]
        if further in ("exception", "object") or further.startswith("="):
            break
        source, _, name = further.partition(":")
    return f"{source}:{name}" if name else source


if __name__ == "__main__":
    main()
