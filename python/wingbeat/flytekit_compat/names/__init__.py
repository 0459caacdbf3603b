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
    from typing import Any

__all__ = ["FLYTEKIT", "PARTS", "declared", "part_of", "recorded"]

#: The rows of `flytekit` itself, for what it makes: nearly all of its names come from its modules.
FLYTEKIT = {
    "current_context": "wingbeat.runtime.context",
    "load_implicit_plugins": "wingbeat.flytekit_compat.plugins",
    "new_context": "wingbeat.runtime.context_manager",
}

#: Parts of the table and of the recorded surface, by the second word of a module's name. A part is loaded when one of
#: its modules is asked for; what belongs to none of these is in `others`.
PARTS = frozenset(("configuration", "core", "exceptions", "extend", "extras", "models", "types"))


def part_of(module: str) -> str:
    """The part that a submodule of flytekit is in."""
    part = module.partition(".")[2].partition(".")[0]
    return part if part in PARTS else "others"


def declared(module: str) -> Mapping[str, str]:
    """The rows of one of flytekit's modules."""
    if module == "flytekit":
        return FLYTEKIT
    rows: Mapping[str, str] = _load(f"{__name__}.{part_of(module)}").MODULES.get(module, {})
    return rows


def recorded(module: str) -> Mapping[str, str | tuple[object] | type]:
    """What the names of one of flytekit's modules are there, as `surface` says it."""
    top = module == "flytekit"
    names = _load(f"{__name__}.surface" if top else f"{__name__}.surface.{part_of(module)}").NAMES
    found: Mapping[str, str | tuple[object] | type] = names if top else names.get(module, {})
    return found


def _load(name: str) -> Any:
    # Not out of `sys.modules`: what another thread is importing at this moment is in there too.
    return __import__(name, fromlist=("__name__",))
