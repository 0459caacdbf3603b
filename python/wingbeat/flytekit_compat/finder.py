"""The import hook: modules called `flytekit…` are made here, without a file, and know their names by the table."""

from __future__ import annotations

import sys

from wingbeat.flytekit_compat.module import FlytekitModule, refuse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType
    from typing import Any

__all__ = ["FINDER", "install", "installed", "uninstall"]


class Finder:
    """Finds `flytekit`, its submodules and, to refuse them, its plugins. Leaves every other name alone."""

    def __repr__(self) -> str:
        return "wingbeat"

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Where a module comes from: here, or None for modules of others.

        Raises:
            NotCovered: it is a plugin, or a module of flytekit that wingbeat does not know. Not an `ImportError`, which
                user code may answer by doing without, where flytekit would have gone on.
        """
        root = fullname.partition(".")[0]
        return module_spec(fullname, self) if root in ("flytekit", "flytekitplugins") else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """An empty module."""
        return FlytekitModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run: names are looked up when they are used. A reload keeps those that have been."""


def module_spec(fullname: str, finder: Finder) -> ModuleSpec:
    """Raises NotCovered for a module that the recorded flytekit does not have or could not import."""
    package = is_package(fullname)
    if package is None:
        refuse(fullname)
    # The class of a built-in module's spec, without an import of importlib.
    spec_class: type[ModuleSpec] = type(sys.__spec__)
    loader: Any = finder
    return spec_class(fullname, loader, is_package=package)


def is_package(fullname: str) -> bool | None:
    """None for a module that does not exist. The package of all plugins is there to let a refusal name the plugin."""
    if "." not in fullname:
        return True
    from wingbeat.flytekit_compat.names.surface.modules import MODULES

    return MODULES.get(fullname)


FINDER = Finder()


def install() -> bool:
    """Let `import flytekit` find wingbeat from now on, in this process.

    Returns:
        Whether it does. It does not where another flytekit has been imported before: two of them in one process
        would not know each other's objects.
    """
    loaded = sys.modules.get("flytekit")
    if loaded is not None and not isinstance(loaded, FlytekitModule):
        return False
    if FINDER not in sys.meta_path:
        sys.meta_path.insert(0, FINDER)
    return True


def installed() -> bool:
    """Whether `import flytekit` finds wingbeat."""
    return FINDER in sys.meta_path


def uninstall() -> None:
    """Undo `install`: the next `import flytekit` finds whatever is on the path."""
    sys.meta_path[:] = [finder for finder in sys.meta_path if finder is not FINDER]
    for name in [name for name, module in sys.modules.items() if isinstance(module, FlytekitModule)]:
        del sys.modules[name]
