"""A module of flytekit's name. Its names are looked up in the table on first use and stay in the module."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType, ModuleType
    from typing import Any, NoReturn
else:
    ModuleType = type(sys)  # the import of `types` costs more than this module


class FlytekitModule(ModuleType):
    """Resolves names by `resolve`; refuses to have flytekit's own names replaced."""

    def __getattr__(self, name: str) -> Any:
        """A name's first use.

        Raises:
            NotCovered: an import or an expression `module.name` asks for a name that wingbeat does not know.
            AttributeError: code that looks at modules of all kinds (`getattr`, `hasattr`, pickle) does; dunder names.
        """
        from wingbeat.flytekit_compat.resolve import UnknownNameError, public_names, resolve

        if name == "__all__":
            return public_names(self.__name__)
        special = name.startswith("__") and name.endswith("__") and name != "__version__"
        try:
            if not special:
                value = self.__dict__[name] = resolve(self.__name__, name)
                return value
        except UnknownNameError:
            if is_written_out(sys._getframe(1)):
                refuse(f"{self.__name__}.{name}")
        raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}", name=name, obj=self)

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


def is_written_out(caller: FrameType) -> bool:
    """Whether the caller is an import, or code that names the attribute; not a call of a function that looks for it.

    `pickle`, for one, asks every module for names that belong to others.
    """
    if caller.f_code.co_filename == "<frozen importlib._bootstrap>":
        return True
    from opcode import opname

    return opname[caller.f_code.co_code[caller.f_lasti]] in ("LOAD_ATTR", "LOAD_METHOD", "IMPORT_FROM")


def refuse(name: str) -> NoReturn:
    """Raises NotCovered for a name that no recorded module of flytekit has."""
    from wingbeat.exceptions import NotCovered

    plugin = name.startswith("flytekitplugins.")
    raise NotCovered(name, "plugins extend flytekit itself" if plugin else "wingbeat knows no such name")


def import_module(name: str) -> Any:
    """The module of a name, imported."""
    __import__(name)
    return sys.modules[name]
