"""The table: what each name of flytekit's modules is in wingbeat.

`MODULES` of a part maps a module of flytekit to its rows, name -> home:

- `"wingbeat.home"`: the object of the same name in that module of wingbeat; `"wingbeat.home:Other"`: of another name;
- one of `reasons`: why wingbeat has nothing there.

A row belongs to the module in which flytekit *makes* the name. Modules that import it from there need no row: the
recorded surface (`surface`, written by `make record-surface`) says where each has its names from. It also knows what
flytekit has and the table does not; such a name can be imported, and raises `NotCovered` when it is used.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PARTS", "declared", "part_of", "recorded"]

#: Parts of the table and of the recorded surface, by the second word of a module's name; each is loaded when one of its
#: modules is asked for.
PARTS = frozenset(("configuration", "core", "exceptions", "extend", "extras", "models", "types"))


def part_of(module: str) -> str:
    """The part that a module of flytekit is in."""
    words = module.split(".", 2)
    if len(words) == 1:
        return "top"
    return words[1] if words[1] in PARTS else "others"


def declared(module: str) -> Mapping[str, str]:
    """The rows of one of flytekit's modules."""
    part = __import__(f"{__name__}.{part_of(module)}", fromlist=("MODULES",))
    rows: Mapping[str, str] = part.MODULES.get(module, {})
    return rows


def recorded(module: str) -> Mapping[str, str | tuple[object] | type]:
    """What the names of one of flytekit's modules are there, as `surface` says it."""
    part = __import__(f"{__name__}.surface.{part_of(module)}", fromlist=("NAMES",))
    names: Mapping[str, str | tuple[object] | type] = part.NAMES.get(module, {})
    return names
