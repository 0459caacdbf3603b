"""The fields of a `FlyteFile` or `FlyteDirectory` as a dict and as JSON: nothing is uploaded, nothing is looked at.

What flytekit's classes inherit from mashumaro and dataclasses-json. Conversions of tasks do not use it.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from typing_extensions import Self


class PlainForm:
    """A class that is called with the fields that `_PLAIN` names."""

    __slots__ = ()

    _PLAIN: tuple[str, ...] = ()

    if TYPE_CHECKING:

        def __init__(self, path: Any, **others: Any) -> None: ...

    def to_dict(self, encode_json: bool = False) -> dict[str, Any]:
        """The fields by name."""
        values = {name: getattr(self, name) for name in self._PLAIN}
        return {name: value.__fspath__() if hasattr(value, "__fspath__") else value for name, value in values.items()}

    @classmethod
    def from_dict(cls, d: Mapping[str, Any], **options: Any) -> Self:  # noqa: ARG003 flytekit's, about missing fields
        """The object with these fields. Raises `KeyError` if there is no `path`."""
        return cls(d["path"], **{name: d[name] for name in cls._PLAIN if name != "path" and name in d})

    def to_json(self, encoder: Callable[..., Any] | None = None, **options: Any) -> Any:
        """The fields as JSON text. `encoder` writes it, `json.dumps` by default; `options` go to that."""
        import json

        return (encoder or json.dumps)(self.to_dict(), **options)

    @classmethod
    def from_json(cls, data: str | bytes, decoder: Callable[..., Any] | None = None, **options: Any) -> Self:
        """The object of such a text. `decoder` reads it, `json.loads` by default; `options` go to that."""
        import json

        return cls.from_dict((decoder or json.loads)(data, **options))
