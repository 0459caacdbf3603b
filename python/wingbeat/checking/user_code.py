"""Which code is the user's, and its syntax trees."""

from __future__ import annotations

import ast
import os
import sysconfig
from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FunctionType

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def is_of_user(file: str) -> bool:
    """Whether a source file is none of Python's, of an installed package's or wingbeat's."""
    import wingbeat

    others = (sysconfig.get_path("stdlib"), os.path.dirname(wingbeat.__file__ or ""))
    library = "/site-packages/" in file or "/dist-packages/" in file
    return file.endswith(".py") and not library and not file.startswith(tuple(f"{folder}{os.sep}" for folder in others))


def syntax(function: FunctionType) -> FunctionNode | None:
    """The syntax tree of a function; None if there is no source, or several functions begin in its line."""
    code = function.__code__
    found = [node for node in functions(code.co_filename) if first_line(node) == code.co_firstlineno]
    return found[0] if len(found) == 1 else None


@cache
def functions(file: str) -> list[FunctionNode]:
    """All functions of a file."""
    try:
        with open(file, "rb") as source:
            tree = ast.parse(source.read())
    except (OSError, SyntaxError, ValueError):
        return []
    return [node for node in ast.walk(tree) if isinstance(node, FunctionNode)]


def first_line(node: FunctionNode) -> int:
    """Where Python says that a function begins: at its first decorator."""
    decorators = [] if isinstance(node, ast.Lambda) else node.decorator_list
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])
