"""`lazy_module`: an import that is made when the module is first used."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any, NoReturn

__all__ = ["LazyModule", "is_imported", "lazy_module"]


class LazyModule(type(sys)):  # type: ignore[misc]  # `types.ModuleType`, without importing `types`
    """Stands for a module that is not installed; using it raises ImportError."""

    def __init__(self, module_name: str) -> None:
        super().__init__(module_name)
        self._module_name = module_name

    def __getattribute__(self, attr: str) -> NoReturn:
        name = object.__getattribute__(self, "_module_name")
        raise ImportError(f"Module {name} is not yet installed.")


LazyModule.__name__ = "_LazyModule"  # what flytekit's plugins look for


def is_imported(module_name: str) -> bool:
    """Whether a module has been imported, be it lazily."""
    return type(sys.modules.get(module_name)) not in (type(None), LazyModule)


def lazy_module(fullname: str) -> ModuleType | Any:
    """The module of this name, which runs when an attribute of it is first asked for.

    One that is not installed raises ImportError then. One that has been imported is returned as it is.
    """
    found = sys.modules.get(fullname)
    if found is not None:
        return found
    import importlib.util

    spec = importlib.util.find_spec(fullname)
    if spec is None or spec.loader is None:
        return LazyModule(fullname)
    loader = spec.loader = importlib.util.LazyLoader(spec.loader)
    module = sys.modules[fullname] = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module
