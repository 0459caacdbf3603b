"""What wingbeat cannot know of types and values while user code finds it under flytekit's name.

A plugin of flytekit's may convert a type that wingbeat would pickle, and what flytekit has pickled of its own objects
only flytekit can read.
"""

from __future__ import annotations

import io
import os
import pickle
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: The group of entry points that `import flytekit` loads.
GROUP = "[flytekit.plugins]"
_ROOTS = ("flytekit", "flytekitplugins")


def is_in_use() -> bool:
    """Whether user code has imported flytekit and has found wingbeat."""
    return type(sys.modules.get("flytekit")).__name__ == "FlytekitModule"


def leave_unknown_type(hint: Any) -> None:
    """Raise NotCovered for a type that would be pickled, if a plugin is installed that may convert it."""
    if is_in_use() and (plugin := first_plugin()):
        from wingbeat.exceptions import NotCovered
        from wingbeat.types.hints import name

        raise NotCovered(
            f"the type {name(hint)}",
            f"{plugin} may convert it, whose entry point of the group flytekit.plugins only flytekit loads",
        )


def first_plugin() -> str:
    """The distribution of the first plugin on `sys.path`, as its folder is called; empty if there is none.

    Reads what is installed itself: `importlib.metadata` would take five times as long to import as this to run.
    """
    for entry in sys.path:
        try:
            names = sorted(one.name for one in os.scandir(entry or "."))
        except OSError:
            continue
        for name in names:
            if name.endswith((".dist-info", ".egg-info")) and has_plugin(os.path.join(entry, name, "entry_points.txt")):
                return name.partition("-")[0]
    return ""


def has_plugin(path: str) -> bool:
    """Whether a list of entry points has one in the group."""
    try:
        with open(path, encoding="utf-8") as file:
            lines = [line.strip() for line in file]
    except OSError:
        return False
    group = ""
    for line in lines:
        if line.startswith("["):
            group = line
        elif line and group == GROUP and line[0] not in "#;":
            return True
    return False


class Unpickler(pickle.Unpickler):
    """Reads a pickle; one that refers to flytekit is left to flytekit."""

    def find_class(self, module: str, name: str) -> Any:
        """The object of that name. Raises NotCovered for one of flytekit's, if wingbeat stands in its place."""
        if module.partition(".")[0] in _ROOTS:
            __import__("flytekit")
            if is_in_use():
                from wingbeat.exceptions import NotCovered

                raise NotCovered(f"{module}.{name}", "flytekit itself has pickled it")
        return super().find_class(module, name)


def loads(data: bytes) -> Any:
    """`pickle.loads`, of a pickle that may refer to flytekit while wingbeat stands in its place."""
    return Unpickler(io.BytesIO(data)).load()
