"""A module of flytekit's name. Its names are looked up in the table on first use and stay in the module."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any
else:
    ModuleType = type(sys)  # the import of `types` costs more than this module


class FlytekitModule(ModuleType):
    """Resolves names by `resolve`; refuses to have flytekit's own names replaced."""

    def __getattr__(self, name: str) -> Any:
        """A name's first use.

        Raises:
            NotCovered: flytekit has no such name, or none that wingbeat knows.
            AttributeError: a dunder name that the module does not have: others ask for those to find out what this is.
        """
        from wingbeat.flytekit_compat.resolve import public_names, resolve

        if name == "__all__":
            return public_names(self.__name__)
        if name.startswith("__") and name.endswith("__") and name != "__version__":
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        value = resolve(self.__name__, name)
        self.__dict__[name] = value
        return value

    def __setattr__(self, name: str, value: Any) -> None:
        """Code that puts something of its own in place of one of flytekit's names means flytekit to use it.

        Raises:
            NotCovered: it would not be used, because wingbeat does not look for its own functions here.
        """
        from wingbeat.flytekit_compat.resolve import has_name

        ours = name.startswith("__") or isinstance(value, FlytekitModule) or self.__dict__.get(name, self) is value
        if not ours and has_name(self.__name__, name):
            from wingbeat.exceptions import NotCovered

            raise NotCovered(f"{self.__name__}.{name} = …", "wingbeat does not use what is put in the place of a name")
        super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        from wingbeat.flytekit_compat.resolve import all_names

        return sorted({*self.__dict__, *all_names(self.__name__)})

    def __reduce__(self) -> tuple[Any, ...]:
        """By name: functions that are pickled by value take the modules that they use with them."""
        return import_module, (self.__name__,)


def import_module(name: str) -> Any:
    """The module of a name, imported."""
    __import__(name)
    return sys.modules[name]
