"""What `dataclasses`, mashumaro and pydantic find in a class that flytekit makes a dataclass of.

flytekit's `FlyteFile` is a dataclass and a mashumaro `SerializableType`, with decorators of pydantic's. Being all that
costs the import of all of them; here the class becomes so when one of them asks.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class DataclassMember:
    """`__dataclass_fields__` or `__dataclass_params__` of a class whose fields are all optional.

    `types` gives the fields: it is called when somebody asks.
    """

    def __init__(self, types: Callable[[], dict[str, Any]]) -> None:
        self._types = types

    def __set_name__(self, owner: type, name: str) -> None:
        self._owner, self._name = owner, name

    def __get__(self, instance: object, owner: type) -> Any:
        import dataclasses

        fields = [(name, hint, dataclasses.field(default=None)) for name, hint in self._types().items()]
        found = getattr(dataclasses.make_dataclass(self._owner.__name__, fields), self._name)
        setattr(self._owner, self._name, found)
        return found


class NoOrigin:
    """`__origin__` of a class that is no subscripted one: there is none.

    mashumaro asks for it before it decides how to convert a type. By then the class is a `SerializableType`, because
    this makes it one; a class with mashumaro's mixin would write it as a path otherwise.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self._owner = owner

    def __get__(self, instance: object, owner: type) -> Any:
        base = getattr(sys.modules.get("mashumaro.types"), "SerializableType", None)
        if base is not None and not issubclass(self._owner, base):
            self._owner.__bases__ = (*self._owner.__bases__, base)
        raise AttributeError("__origin__")


def pydantic_schema(cls: Any, name: str, types: dict[str, Any], handler: Any) -> Any:
    """pydantic's schema of `cls`: an instance, or a dict with fields of these types, which `_deserialize` reads.

    `name` is what the JSON schema calls it.
    """
    import dataclasses

    core: Any = sys.modules["pydantic_core"].core_schema
    plain = dataclasses.make_dataclass(
        name, [(field, hint, dataclasses.field(default=None)) for field, hint in types.items()]
    )

    def validate(value: Any, inner: Callable[[Any], Any]) -> Any:
        return value if isinstance(value, cls) else cls._deserialize(vars(inner(value)))

    return core.no_info_wrap_validator_function(
        validate,
        handler.generate_schema(plain),
        serialization=core.plain_serializer_function_ser_schema(
            lambda value: value._serialize(), return_schema=core.dict_schema()
        ),
    )
