"""What wingbeat cannot know of types and values while user code finds it under flytekit's name.

A plugin of flytekit's, which only flytekit loads, may convert a type that wingbeat knows no more of than a base class,
or nothing; and what flytekit has pickled of its own objects only flytekit can read.
"""

from __future__ import annotations

import io
import os
import pickle
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

#: The group of entry points that `import flytekit` loads.
GROUP = "[flytekit.plugins]"
_ROOTS = ("flytekit", "flytekitplugins")

#: Of the plugins on `sys.path`: the name of the distribution and its Python files, none where it does not list them.
_plugins: list[tuple[str, list[str]]] | None = None


def is_in_use() -> bool:
    """Whether user code has imported flytekit and has found wingbeat."""
    return type(sys.modules.get("flytekit")).__name__ == "FlytekitModule"


def leave_unknown_type(hint: Any) -> None:
    """Raise NotCovered for a type that a plugin may convert in a way of its own."""
    if not is_in_use():
        return
    from wingbeat.types.hints import name, origin

    words = set(words_of(origin(hint) or hint))
    for plugin, files in plugins():
        if words and (not files or any(mentions(file, words) for file in files)):
            from wingbeat.exceptions import NotCovered

            reason = f"the plugin {plugin}, which only flytekit loads, may convert it"
            raise NotCovered(f"the type {name(hint)}", reason)


def words_of(cls: Any) -> Iterator[str]:
    """What a program has to name to convert a class: its package, or that of a base class, or a class of Python's."""
    for base in cls.__mro__ if isinstance(cls, type) else ():
        root = base.__module__.partition(".")[0]
        if base is not object and root != "wingbeat":
            yield base.__name__ if root in sys.stdlib_module_names else root


def mentions(path: str, words: set[str]) -> bool:
    """Whether a file has one of the words."""
    import re

    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return not words.isdisjoint(re.findall(r"\w+", file.read()))
    except OSError:
        return True  # what it says is not known


def plugins() -> list[tuple[str, list[str]]]:
    """The plugins on `sys.path`, which are looked for once.

    Without `importlib.metadata`, which would take five times as long to import as this to run.
    """
    global _plugins
    if _plugins is None:
        _plugins = [(found, python_files(path)) for path in sys.path for found, path in distributions(path or ".")]
    return _plugins


def distributions(path: str) -> Iterator[tuple[str, str]]:
    """The name and the folder of what is known of each plugin in an entry of `sys.path`."""
    try:
        names = sorted(one.name for one in os.scandir(path))
    except OSError:
        return
    for name in names:
        folder = os.path.join(path, name)
        if name.endswith((".dist-info", ".egg-info")) and has_plugin(os.path.join(folder, "entry_points.txt")):
            yield name.partition("-")[0], folder


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


def python_files(folder: str) -> list[str]:
    """The Python files that an installed distribution lists; one that is only linked to lists none."""
    try:
        with open(os.path.join(folder, "RECORD"), encoding="utf-8") as file:
            paths = [line.partition(",")[0] for line in file]
    except OSError:
        return []
    return [os.path.join(os.path.dirname(folder), path) for path in paths if path.endswith(".py")]


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
