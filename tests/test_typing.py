"""The stub of the extension tells the truth, and user code that is right passes a type checker."""

from __future__ import annotations

import ast
import inspect
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from wingbeat import _core

ROOT = Path(__file__).parent.parent
STUB = ast.parse(ROOT.joinpath("python/wingbeat/_core.pyi").read_text("utf-8"))

Function = ast.FunctionDef
DECLARED: dict[str, ast.stmt] = {}
for statement in STUB.body:
    if isinstance(statement, (ast.ClassDef, ast.FunctionDef)):
        DECLARED[statement.name] = statement
    elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        DECLARED[statement.target.id] = statement
CLASSES = {name: node for name, node in DECLARED.items() if isinstance(node, ast.ClassDef)}
FUNCTIONS = {name: node for name, node in DECLARED.items() if isinstance(node, ast.FunctionDef)}
METHODS = {
    (name, method.name): method
    for name, node in CLASSES.items()
    for method in node.body
    if isinstance(method, Function)
}


def parameters(node: ast.FunctionDef) -> list[tuple[str, str, Any]]:
    """Name, kind and default of each parameter of a stub, as `inspect` gives them."""
    arguments = node.args
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults = [None] * (len(positional) - len(arguments.defaults)) + list(arguments.defaults)
    rows = []
    for number, (argument, default) in enumerate(zip(positional, defaults, strict=True)):
        kind = "POSITIONAL_ONLY" if number < len(arguments.posonlyargs) else "POSITIONAL_OR_KEYWORD"
        rows.append((argument.arg, kind, default and ast.literal_eval(default)))
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        rows.append((argument.arg, "KEYWORD_ONLY", default and ast.literal_eval(default)))
    return [row for row in rows if row[0] not in {"self", "cls"}]


def found(callable_: Any) -> list[tuple[str, str, Any]]:
    """Read the same off the binary."""
    return [
        (parameter.name, parameter.kind.name, None if parameter.default is parameter.empty else parameter.default)
        for parameter in inspect.signature(callable_).parameters.values()
        if parameter.name not in {"self", "cls"}
    ]


def test_the_stub_names_all_that_the_binary_exports() -> None:
    exported = {name for name in vars(_core) if not name.startswith("__")} | {"__version__"}
    assert exported == set(DECLARED)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_has_the_declared_signature(name: str) -> None:
    assert found(getattr(_core, name)) == parameters(FUNCTIONS[name])


@pytest.mark.parametrize(("owner", "name"), METHODS, ids=lambda value: value)
def test_a_method_has_the_declared_signature(owner: str, name: str) -> None:
    class_ = getattr(_core, owner)
    assert found(class_ if name == "__new__" else getattr(class_, name)) == parameters(METHODS[owner, name])


@pytest.mark.parametrize("owner", CLASSES)
def test_a_class_has_the_declared_methods_and_bases(owner: str) -> None:
    class_, node = getattr(_core, owner), CLASSES[owner]
    public = {name for name in vars(class_) if not name.startswith("_") and callable(getattr(class_, name))}
    assert public == {name for of, name in METHODS if of == owner and not name.startswith("_")}
    assert [base.__name__ for base in class_.__bases__] == [ast.unparse(base) for base in node.bases] or ["object"]


@pytest.mark.parametrize("name", [*CLASSES, *FUNCTIONS])
def test_stub_and_binary_are_documented(name: str) -> None:
    node = DECLARED[name]
    assert isinstance(node, (ast.ClassDef, ast.FunctionDef))
    assert ast.get_docstring(node), f"the stub says nothing about {name}"
    assert getattr(_core, name).__doc__, f"the binary says nothing about {name}"
    for of, method in METHODS:
        if of == name and not method.startswith("_"):
            assert ast.get_docstring(METHODS[of, method]), f"the stub says nothing about {name}.{method}"
            assert getattr(getattr(_core, name), method).__doc__, f"the binary says nothing about {name}.{method}"


USER_CODE = """
from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple, Optional

from typing_extensions import assert_type

import wingbeat
from wingbeat import Codec, InterfaceCodec, MalformedLiteralError, TypeTransformerFailedError, current_context, task


@dataclass
class Point:
    x: int
    y: float = 0.0


class Result(NamedTuple):
    number: int
    first: Optional[Point]


@task
def plain(points: list[Point]) -> Result:
    return Result(len(points), points[0] if points else None)


@task(retries=3, cache=True, cache_version="1")
async def configured(name: str, factor: float = 1.0) -> dict[str, float]:
    return {name: factor, current_context().execution_id.name: 0.0}


assert_type(Codec(int).decode(b""), int)
assert_type(Codec(list[Point]).decode(b""), list[Point])
assert_type(Codec(Point).encode(Point(1)), bytes)
Codec(int).encode("1")  # WRONG

inputs = InterfaceCodec({"a": int, "b": Optional[Point]}, defaults={"b": None})
assert_type(inputs.decode(memoryview(b""), element=1, bound=("b",)), dict[str, Any])
assert_type(inputs.encode({"a": 1}), bytes)
inputs.decode("text")  # WRONG

try:
    wingbeat.Codec(int).decode(b"\\0")
except MalformedLiteralError as malformed:
    assert_type(malformed.path, str)
except TypeTransformerFailedError as failed:
    assert_type((failed.path, failed.expected, failed.got, failed.hint), tuple[str, str, str, str])
"""


def test_a_type_checker_accepts_right_user_code_and_refuses_wrong_code(tmp_path: Path) -> None:
    tmp_path.joinpath("user.py").write_text(USER_CODE, "utf-8")
    environment = {**os.environ, "MYPYPATH": str(ROOT / "python")}
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--config-file=",
        "--cache-dir",
        str(ROOT / ".mypy_cache/user"),
    ]
    done = subprocess.run(
        [*command, "--no-error-summary", "--follow-imports=silent", "user.py"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.stderr
    reported = {int(line.split(":")[1]) for line in done.stdout.splitlines() if ": error:" in line}
    wrong = {number for number, line in enumerate(USER_CODE.split("\n"), 1) if line.endswith("# WRONG")}
    assert reported == wrong, done.stdout
