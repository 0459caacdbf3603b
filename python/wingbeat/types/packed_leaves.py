"""The packed nodes of types without parts: numbers, texts, moments, enums and the values of a `Literal`."""

from __future__ import annotations

from wingbeat.types import schema
from wingbeat.types.hints import NoneType, arguments, home, is_enum, is_flag

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ANY = schema.Any()

LEAVES: dict[Any, schema.Schema] = {
    int: schema.Int(),
    float: schema.Float(),
    str: schema.Str(),
    bool: schema.Bool(),
    NoneType: schema.NoneType(),
    None: schema.NoneType(),
}

#: Leaves whose class may not be imported: by module and name.
TEMPORAL: dict[tuple[str, str], schema.Schema] = {
    ("datetime", "datetime"): schema.Datetime(),
    ("datetime", "date"): schema.Date(),
    ("datetime", "timedelta"): schema.Timedelta(),
}

#: Classes whose text form reads back.
_TEXT = frozenset(
    (
        ("uuid", "UUID"),
        ("decimal", "Decimal"),
        ("fractions", "Fraction"),
        ("zoneinfo", "ZoneInfo"),
        *(("ipaddress", f"IPv{version}{kind}") for version in "46" for kind in ("Address", "Network", "Interface")),
    )
)
_PATHS = frozenset(
    ("pathlib", kind) for kind in ("Path", "PosixPath", "WindowsPath", "PurePath", "PurePosixPath", "PureWindowsPath")
)


def enum(cls: Any) -> schema.Schema:
    """The node of an enum, whatever its values are."""
    if is_flag(cls):
        from wingbeat.types.converted import flag

        return flag(cls)
    members = tuple(cls)
    return schema.Enum(cls, tuple(member.value for member in members), members)


def choice(hint: Any) -> schema.Schema:
    """The node of `typing.Literal[...]` inside a document: values of several types are allowed there."""
    values = arguments(hint)
    kinds = {type(value) for value in values}
    if len(kinds) > 1:
        return schema.Choice(ANY, values)
    kind = kinds.pop()
    if is_enum(kind):
        return schema.Choice(enum(kind), values)
    return schema.Choice(LEAVES.get(kind) or TEMPORAL.get(home(kind)) or schema.Bytes(), values)


def named_leaf(hint: Any) -> schema.Schema | None:
    """The node of a class of the standard library that is no container, found by its name; None if it has none."""
    if hint is bytes:
        return schema.Bytes()
    place = home(hint)
    if place in TEMPORAL:
        return TEMPORAL[place]
    if place == ("datetime", "time"):
        return schema.Time()
    if place in _TEXT:
        return schema.Text(hint, str, hint)
    if place in _PATHS:
        return schema.Text(hint, hint.__fspath__, hint)
    if place == ("os", "PathLike"):
        import pathlib

        return schema.Text(pathlib.PurePath, pathlib.PurePath.__fspath__, pathlib.PurePath)
    return None
