"""From a module and a name of flytekit to an object: by the table, else by where flytekit has the name from."""

from __future__ import annotations

import sys

from wingbeat.flytekit_compat.names import declared, recorded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["UnknownNameError", "all_names", "has_name", "public_names", "resolve"]


class UnknownNameError(Exception):
    """The flytekit that was recorded has no such name."""


def resolve(module: str, name: str) -> Any:
    """What stands for flytekit's `module.name`.

    Raises:
        UnknownNameError: flytekit has no such name.
        NotCovered: wingbeat's own lives in a module that cannot be imported here.
    """
    row = declared(module).get(name)
    if row is not None:
        return from_table(row, module, name)
    target = recorded(module).get(name)
    if target is None:
        return submodule(module, name)
    if isinstance(target, tuple):
        return target[0]
    if isinstance(target, type):
        from wingbeat.flytekit_compat.placeholder import exception_placeholder

        return exception_placeholder(f"{module}.{name}", module)
    if not target:
        return uncovered(f"{module}.{name}", module, name)
    home, _, attribute = target.partition(":")
    if home.partition(".")[0] == "flytekit":
        return imported(home) if not attribute else from_home(home, attribute, f"{module}.{name}")
    return from_library(home, attribute, f"{module}.{name}")


def from_table(row: str, module: str, name: str) -> Any:
    """The object of a row of the table: `wingbeat.home`, `wingbeat.home:Other`, or why there is none."""
    if row[0] == "!":
        return uncovered(f"{module}.{name}", module, name, row[1:])
    home, _, other = row.partition(":")
    try:
        return getattr(__import__(home, fromlist=(other or name,)), other or name)
    except (ImportError, AttributeError) as error:
        from wingbeat.exceptions import NotCovered

        raise NotCovered(f"{module}.{name}", str(error)) from error


def from_home(home: str, name: str, asked: str) -> Any:
    """A name that flytekit imports from another of its modules; one object under all of its names."""
    if name in declared(home) or recorded(home).get(name):
        return resolve(home, name)
    return uncovered(asked, home, name)


def uncovered(asked: str, module: str, name: str, reason: str = "") -> Any:
    """What stands for a name that wingbeat does not offer, called by the name that was asked for first."""
    from wingbeat.flytekit_compat.placeholder import placeholder

    return placeholder(f"{module}.{name}", asked, reason)


def from_library(home: str, attribute: str, asked: str) -> Any:
    """Something that flytekit has from another library and that its modules therefore have as well."""
    try:
        found = __import__(home, fromlist=(attribute or "",))
        return getattr(found, attribute) if attribute else found
    except (ImportError, AttributeError) as error:
        from wingbeat.flytekit_compat.placeholder import placeholder

        return placeholder(asked, asked, str(error))


def submodule(module: str, name: str) -> Any:
    """A submodule that nobody has imported so far: flytekit itself imports nearly all of its own."""
    from wingbeat.flytekit_compat.names.surface.modules import MODULES

    if f"{module}.{name}" in MODULES:
        return imported(f"{module}.{name}")
    raise UnknownNameError(f"{module}.{name}")


def imported(module: str) -> Any:
    """A module of flytekit's."""
    __import__(module)
    return sys.modules[module]


def has_name(module: str, name: str) -> bool:
    """Whether flytekit's module has the name."""
    return name in declared(module) or name in recorded(module)


def all_names(module: str) -> list[str]:
    """Every name of flytekit's module, whether covered or not."""
    return sorted({*declared(module), *recorded(module)})


def public_names(module: str) -> list[str]:
    """What `from module import *` gives: flytekit's modules have no `__all__`."""
    return [name for name in all_names(module) if not name.startswith("_")]
