"""Dataclasses that are JSON, as those of flytekit's configuration are."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from typing import Any

    from typing_extensions import Self


class JsonRecord:
    """Base of such a dataclass. `NESTED` says which fields hold objects, or lists of such, with a `from_dict`."""

    NESTED: ClassVar[dict[str, Any]] = {}

    def to_dict(self) -> dict[str, Any]:
        """The fields by name, also of what is in them."""
        found: dict[str, Any] = plain(self)
        return found

    def to_json(self) -> str:
        """The same as text."""
        return json.dumps(self.to_dict())

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> Self:
        """The object with these fields. Keys that are no fields are passed over, a field that is missing is None.

        Raises:
            ValueError: what is given is no dict.
        """
        if not isinstance(fields, dict):
            raise ValueError(f"{cls.__name__} is made of a dict, not of {type(fields).__name__}")  # noqa: TRY004
        given: dict[str, Any] = {}
        for field in dataclasses.fields(cls):  # type: ignore[arg-type]  # a subclass is a dataclass
            if field.name in fields:
                given[field.name] = made(cls.NESTED.get(field.name), fields[field.name])
            elif field.default is dataclasses.MISSING:
                given[field.name] = None
        return cls(**given)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The object of such text. Raises ValueError if it is none."""
        return cls.from_dict(json.loads(text))


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if dataclasses.is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return value


def made(cls: Any, value: Any) -> Any:
    """A value of a class that JSON does not know."""
    if cls is None or value is None:
        return value
    return [made(cls, one) for one in value] if isinstance(value, list) else cls.from_dict(value)
