"""The layers of ARCHITECTURE.md, read off the sources: whatever the tables do not allow is an error.

Imports under `TYPE_CHECKING` and inside functions count too: a layer that needs another's types depends on it.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
PYTHON = ROOT / "python" / "wingbeat"
RUST = ROOT / "rust"

#: Folder or module of the package -> what of the package it may import.
PYTHON_LAYERS: dict[str, set[str]] = {
    "errors": {"_core"},
    "exceptions": set(),
    "rare_exceptions": {"exceptions"},
    "configuration": set(),
    "idl": {"exceptions"},
    "storage": {"configuration"},
    "types": {"_core", "errors", "exceptions", "idl", "storage"},
    "authoring": {"_core", "types", "errors", "exceptions", "rare_exceptions", "idl"},
    "runtime": {
        *("authoring", "types", "storage", "idl", "configuration", "errors", "exceptions", "_core"),
        *("rare_exceptions", "flytekit_compat.fallback", "flytekit_compat.finder", "flytekit_compat.members"),
    },
    "flytekit_compat": {"", "runtime", "authoring", "types", "idl", "errors", "exceptions", "_core"},
    "reference": {"idl", "types.schema", "types.describe", "errors"},
    "checking": {"", "installation", "flytekit_compat", "runtime", "authoring", "types", "exceptions"},
    "installation": {"", "exceptions", "flytekit_compat", "runtime", "storage"},
    "cli": {
        *(
            "",
            "checking",
            "installation",
            "flytekit_compat",
            "runtime",
            "authoring",
            "types",
            "storage",
            "errors",
            "exceptions",
        ),
        *("idl", "_core"),
    },
    "__main__": {"cli"},
    "__init__": {"_core", "authoring", "flytekit_compat", "runtime", "types", "errors", "idl"},
}

#: Who may load what does not come with Python.
THIRD_PARTY: dict[str, set[str]] = {
    "configuration": {"yaml"},
    "idl": {"flyteidl", "google"},
    "flytekit_compat": {"flyteidl", "flytekit"},
    "storage": {"aiohttp", "fsspec"},
    "reference": {"flyteidl", "google", "msgpack"},
}

#: Packages that a layer loads on use only, never when one of its modules is imported.
LAZY: dict[str, set[str]] = {
    "types": {"wingbeat.idl", "wingbeat.storage"},
    "runtime": {"wingbeat.flytekit_compat", "wingbeat.idl"},
    "cli": {"wingbeat.flytekit_compat", "wingbeat.idl"},
    "__init__": {"wingbeat"},
}

RUST_LAYERS: dict[str, set[str]] = {
    "wire": set(),
    "msgpack": {"wire"},
    "decimal": set(),
    "literal": {"wire", "msgpack", "decimal"},
    "json": {"wire", "msgpack", "decimal"},
    "object": {"wire"},
    "words": {"literal", "msgpack"},
    "error": {"wire", "object", "words"},
    "value": {"wire", "msgpack", "object", "words", "error"},
    "packed": {"value", "json", "literal", "wire", "msgpack", "object", "words", "error"},
    "codec": {"packed", "value", "literal", "wire", "msgpack", "object", "words", "error"},
    "plan": {"codec", "packed", "value", "literal", "object", "error"},
    "api": {"plan", "codec", "literal", "value", "wire", "object", "error"},
    "lib": {"api", "object"},
}
WITHOUT_PYTHON = ("wire", "literal", "msgpack", "decimal", "json")


class Import(NamedTuple):
    module: str
    line: int
    on_load: bool  # not inside a function, not for the type checker only


def imports(path: Path) -> Iterator[Import]:
    """Every module that a source file imports, `from a import b` as `a.b` where that is a module of the package."""
    package = ["wingbeat", *path.relative_to(PYTHON).parent.parts]

    def visit(node: ast.AST, on_load: bool) -> Iterator[Import]:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, node.lineno, on_load)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:
                name = f"{module}.{alias.name}"
                yield Import(name if is_module(name) else module, node.lineno, on_load)
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            for statement in node.body:
                yield from visit(statement, False)
            for statement in node.orelse:
                yield from visit(statement, on_load)
        else:
            inside = on_load and not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
            for child in ast.iter_child_nodes(node):
                yield from visit(child, inside)

    return visit(ast.parse(path.read_text("utf-8")), True)


def is_module(name: str) -> bool:
    if not name.startswith("wingbeat."):
        return False
    path = PYTHON.joinpath(*name.split(".")[1:])
    return path.is_dir() or path.with_suffix(".py").exists() or path.with_suffix(".pyi").exists()


def layer(path: Path) -> str:
    return path.relative_to(PYTHON).parts[0].removesuffix(".py")


def within(name: str, allowed: set[str]) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in allowed)


PYTHON_FILES = sorted(PYTHON.rglob("*.py"))
RUST_FILES = sorted(RUST.rglob("*.rs"))


@pytest.mark.parametrize("path", PYTHON_FILES, ids=lambda path: str(path.relative_to(PYTHON)))
def test_a_python_layer_imports_only_what_it_may(path: Path) -> None:
    own = layer(path)
    assert own in PYTHON_LAYERS, f"{own} is a new layer: give it a place in the table and in ARCHITECTURE.md"
    for module, line, on_load in imports(path):
        place = f"{path.relative_to(ROOT)}:{line}"
        root, _, rest = module.partition(".")
        if root == "wingbeat":
            assert within(rest, {own} | PYTHON_LAYERS[own]), f"{place}: {own} may not import {module}"
        elif root not in sys.stdlib_module_names and (on_load or root != "typing_extensions"):
            assert root in THIRD_PARTY.get(own, set()), f"{place}: {own} may not import {module}"
        if on_load:
            assert not within(module, LAZY.get(own, set())), f"{place}: {module} must be imported where it is used"


def rust_layer(path: Path) -> str:
    return path.relative_to(RUST).parts[0].removesuffix(".rs")


def code(path: Path) -> list[str]:
    """The lines of a Rust file without comments and text."""
    source = path.read_text("utf-8")
    source = re.sub(r'b?r(#*)".*?"\1', '""', source, flags=re.DOTALL)
    source = re.sub(r'"(?:\\.|[^"\\])*"', '""', source)
    source = re.sub(r"/\*.*?\*/", lambda comment: "\n" * comment[0].count("\n"), source, flags=re.DOTALL)
    return [line.split("//")[0] for line in source.split("\n")]


def rust_uses(path: Path) -> Iterator[tuple[str, int]]:
    """The top-level modules of the crate that a file names, also from `use crate::{a::b, c}`."""
    text = "\n".join(code(path))
    for match in re.finditer(r"\bcrate::(\w+|\{)", text):
        line = text.count("\n", 0, match.start()) + 1
        if match[1] != "{":
            yield match[1], line
            continue
        depth, first = 1, True
        for token in re.finditer(r"[{},]|\w+", text[match.end() :]):
            if token[0] == "{":
                depth += 1
            elif token[0] == "}":
                depth -= 1
                if not depth:
                    break
            elif token[0] == ",":
                first = depth == 1 or first
            elif first and depth == 1:
                yield token[0], line
                first = False


@pytest.mark.parametrize("path", RUST_FILES, ids=lambda path: str(path.relative_to(RUST)))
def test_a_rust_layer_uses_only_what_it_may(path: Path) -> None:
    own = rust_layer(path)
    assert own in RUST_LAYERS, f"{own} is a new layer: give it a place in the table and in ARCHITECTURE.md"
    for used, line in rust_uses(path):
        assert used == own or used in RUST_LAYERS[own], f"{path.relative_to(ROOT)}:{line}: {own} may not use {used}"


@pytest.mark.parametrize("path", RUST_FILES, ids=lambda path: str(path.relative_to(RUST)))
def test_unsafe_stays_in_one_folder_and_python_out_of_the_wire(path: Path) -> None:
    own = rust_layer(path)
    for number, line in enumerate(code(path), 1):
        place = f"{path.relative_to(ROOT)}:{number}"
        assert own == "object" or not re.search(r"\bunsafe\b", line), f"{place}: unsafe outside of rust/object"
        assert own not in WITHOUT_PYTHON or "pyo3" not in line, f"{place}: {own} knows nothing of Python"


def test_every_unsafe_block_says_why_it_holds() -> None:
    for path in sorted((RUST / "object").rglob("*.rs")):
        lines = path.read_text("utf-8").split("\n")
        for number, line in enumerate(code(path)):
            if re.search(r"\bunsafe\s*\{", line):
                above = "\n".join(lines[max(0, number - 6) : number + 1])
                assert "SAFETY" in above, f"{path.relative_to(ROOT)}:{number + 1}: unsafe without a SAFETY note"
