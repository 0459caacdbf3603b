"""Whether flytekit itself converts a type: no transformer of the user's, and nothing replaced in flytekit's own."""

from __future__ import annotations

import os

import flytekit
from flytekit.core.type_engine import TypeEngine

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_HOME = os.path.dirname(flytekit.__file__) + os.sep

#: Methods that decide what a value becomes.
_METHODS = (
    "to_literal",
    "to_python_value",
    "async_to_literal",
    "async_to_python_value",
    "from_binary_idl",
    "assert_type",
    "type_assertions_enabled",
    "get_literal_type",
)
#: Functions of a `SimpleTransformer`.
_FUNCTIONS = ("_to_literal_transformer", "_from_literal_transformer")
_ENGINE = (
    "get_transformer",
    "_get_transformer",
    "to_literal_checks",
    "async_to_literal",
    "async_to_python_value",
    "_literal_map_to_kwargs",
    "literal_map_to_kwargs",
)


def engine_is_native() -> bool:
    """Whether the engine's own functions are flytekit's, or those that wingbeat has put in their places."""
    return all(_is_flytekits(TypeEngine.__dict__.get(name)) for name in _ENGINE)


def is_native(hint: Any, name: str) -> bool:
    """Whether flytekit's own transformer of that class name converts values of a type."""
    transformer = TypeEngine.get_transformer(hint)
    cls = type(transformer)
    if cls.__name__ != name or not cls.__module__.startswith("flytekit."):
        return False
    own = vars(transformer)
    if any(method in own for method in _METHODS):
        return False
    if not all(_is_flytekits(own[function]) for function in _FUNCTIONS if function in own):
        return False
    return all(
        _is_flytekits(base.__dict__[method]) for base in cls.__mro__ for method in _METHODS if method in base.__dict__
    )


def _is_flytekits(thing: Any) -> bool:
    """Whether the code of a function lies in flytekit's folder; a decorated function shows its decorator's."""
    function = getattr(thing, "__func__", None) or getattr(thing, "fget", None) or thing
    code = getattr(function, "__code__", None)
    if code is None:
        return False
    return code.co_filename.startswith(_HOME) or getattr(function, "__module__", "").startswith(__package__)
