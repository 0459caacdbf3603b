"""Names of flytekit's that code uses and wingbeat does not cover: read off the sources, nothing is run.

What is found are global names, attributes of modules, and imports inside functions, in the function of a task and in
the functions and classes of the user's that it names. What is reached in other ways, only a run shows.
"""

from __future__ import annotations

import ast
import builtins
from functools import partial
from types import FunctionType, ModuleType

from wingbeat.checking.user_code import is_of_user, syntax
from wingbeat.exceptions import NotCovered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

_ROOTS = ("flytekit", "flytekitplugins")


class Unknown:
    """Stands for what a name means only when the code runs."""


def find(functions: list[FunctionType], package: str) -> list[NotCovered]:
    """The uses in functions and in what they call, each name once for a line.

    Code counts as the user's if it is not installed, or belongs to `package`, the top-level package that is checked.
    """
    found: dict[tuple[str, str, int], NotCovered] = {}
    waiting, seen = list(functions), set()
    while waiting:
        function = waiting.pop(0)
        if function in seen or not is_own(function, package):
            continue
        seen.add(function)
        node = syntax(function)
        if node is None:
            continue
        reader = Reader(function)
        for statement in node.body if isinstance(node.body, list) else [node.body]:
            reader.visit(statement)
        waiting += [called for value in reader.values for called in functions_of(value)]
        for use in reader.found:
            found.setdefault((use.name, use.file, use.line), use)
    return list(found.values())


def is_own(function: FunctionType, package: str) -> bool:
    """Whether it is the user's."""
    return str(function.__module__).partition(".")[0] == package or is_of_user(function.__code__.co_filename)


def functions_of(value: Any) -> Iterator[FunctionType]:
    """The functions that may run when code calls something."""
    if isinstance(value, partial):
        value = value.func
    wrapped = getattr(value, "__wrapped__", None) if isinstance(value, FunctionType) else None
    if isinstance(value, FunctionType):
        yield value
        if wrapped is not None:
            yield from functions_of(wrapped)
    elif isinstance(value, type):
        for member in vars(value).values():
            called = member.fget if isinstance(member, property) else member
            called = called.__func__ if isinstance(called, (staticmethod, classmethod)) else called
            if isinstance(called, FunctionType):
                yield called
    elif is_task(value):
        yield from functions_of(value.task_function)


class Reader(ast.NodeVisitor):
    """Goes through the body of a function; `found` are uses, `values` what the names in it mean."""

    def __init__(self, function: FunctionType) -> None:
        code = function.__code__
        self.file = code.co_filename
        self.found: list[NotCovered] = []
        self.values: list[Any] = []
        cells = function.__closure__ or ()
        self.names: dict[str, Any] = {**vars(builtins), **function.__globals__}
        self.names.update({name: content(cell) for name, cell in zip(code.co_freevars, cells, strict=True)})
        self.names.update(dict.fromkeys((*code.co_varnames, *code.co_cellvars), Unknown))

    def visit_Name(self, node: ast.Name) -> None:
        """A name that is read."""
        if isinstance(node.ctx, ast.Load):
            self.use(self.meaning(node), node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        """A dotted name, whole; of anything else what is before the dot."""
        from wingbeat.flytekit_compat.placeholder import is_placeholder

        base, value = self.meaning(node.value), self.meaning(node)
        if is_placeholder(base):
            self.attempt(lambda: getattr(base, node.attr), node)
        elif value is Unknown:
            self.visit(node.value)
        else:
            self.use(value, node)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        """Naming an exception that nobody raises is no use of it."""
        for statement in node.body:
            self.visit(statement)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """Annotations in a function are not evaluated."""
        if node.value is not None:
            self.visit(node.value)

    def visit_Import(self, node: ast.Import) -> None:
        """`import flytekit.remote`, also `as r`."""
        for alias in node.names:
            module = self.module(alias.name, node)
            if alias.asname is None:
                root = alias.name.partition(".")[0]
                self.names[root] = module if module is Unknown else self.module(root, node)
            else:
                self.names[alias.asname] = module

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        """`from flytekit.remote import FlyteRemote`."""
        module: Any = Unknown if node.level or not node.module else self.module(node.module, node)
        for alias in node.names:
            if alias.name != "*":
                name = alias.asname or alias.name
                self.names[name] = module if module is Unknown else self.attribute(module, alias.name, node)

    def module(self, name: str, node: ast.stmt) -> Any:
        """A module of flytekit's; others are not imported for this."""
        if name.partition(".")[0] not in _ROOTS:
            return Unknown
        return self.attempt(lambda: __import__(name, fromlist=("__name__",)), node)

    def meaning(self, node: ast.expr) -> Any:
        """What a dotted name means, as far as modules go."""
        if isinstance(node, ast.Name):
            return self.names.get(node.id, Unknown)
        if not isinstance(node, ast.Attribute):
            return Unknown
        base = self.meaning(node.value)
        return self.attribute(base, node.attr, node) if isinstance(base, ModuleType) else Unknown

    def attribute(self, module: ModuleType, name: str, node: ast.AST) -> Any:
        """A name of a module; flytekit's are looked up as a run would."""
        from wingbeat.flytekit_compat.module import FlytekitModule, refuse

        def look_up() -> Any:
            try:
                return getattr(module, name)
            except AttributeError:  # code that writes the name out gets another answer than `getattr`
                refuse(f"{module.__name__}.{name}")

        if isinstance(module, FlytekitModule) and not name.startswith("__"):
            return self.attempt(look_up, node)
        return vars(module).get(name, Unknown)

    def attempt(self, look_up: Callable[[], Any], node: ast.AST) -> Any:
        """The result, unless there is no such thing in wingbeat: that is a use."""
        try:
            return look_up()
        except NotCovered as missing:
            self.note(missing.name, missing.reason, node)
        except (ImportError, AttributeError):  # as under flytekit
            pass
        return Unknown

    def use(self, value: Any, node: ast.AST) -> None:
        """Something is read, so it may be called."""
        from wingbeat.flytekit_compat.placeholder import is_placeholder

        mode = getattr(getattr(value, "execution_mode", None), "name", "") if is_task(value) else ""
        if value is Unknown:
            return
        if is_placeholder(value):
            self.attempt(value, node)  # calling it says what it stands for, and does nothing else
        elif getattr(value, "__module__", None) == "wingbeat.authoring.gate":
            self.note(f"flytekit.{value.__name__}", "it is a node of a workflow", node)
        elif mode in ("DYNAMIC", "EAGER"):
            self.note(f"flytekit.{mode.lower()}", f"{value.name} is such a task", node)
        else:
            self.values.append(value)

    def note(self, name: str, reason: str, node: ast.AST) -> None:
        """Remember a use."""
        self.found.append(NotCovered(name, reason, self.file, getattr(node, "lineno", 0)))


def content(cell: Any) -> Any:
    """What a variable of an enclosing function holds."""
    try:
        return cell.cell_contents
    except ValueError:  # nothing so far
        return Unknown


def is_task(value: Any) -> bool:
    """Whether it is a task; asking anything else for attributes could run code of the user's."""
    from wingbeat.authoring.function_task import PythonFunctionTask

    return isinstance(value, PythonFunctionTask)
