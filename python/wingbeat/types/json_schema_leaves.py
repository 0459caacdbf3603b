"""The JSON schemas of classes of the standard library that have no parts, as mashumaro writes them."""

from __future__ import annotations

from wingbeat.types.hints import home

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Json = dict[str, Any]

#: Types that are strings with a format, by module and name.
FORMATS = {
    ("builtins", "bytes"): "base64",
    ("builtins", "bytearray"): "base64",
    ("builtins", "memoryview"): "base64",
    ("datetime", "datetime"): "date-time",
    ("datetime", "date"): "date",
    ("datetime", "time"): "time",
    ("uuid", "UUID"): "uuid",
    ("decimal", "Decimal"): "decimal",
    ("fractions", "Fraction"): "fraction",
    ("zoneinfo", "ZoneInfo"): "time-zone",
    ("ipaddress", "IPv4Address"): "ipv4",
    ("ipaddress", "IPv6Address"): "ipv6",
    ("ipaddress", "IPv4Network"): "ipv4network",
    ("ipaddress", "IPv6Network"): "ipv6network",
    ("ipaddress", "IPv4Interface"): "ipv4interface",
    ("ipaddress", "IPv6Interface"): "ipv6interface",
}

# As mashumaro spells it.
_TIMEZONE = r"^UTC([+-][0-2][0-9]:[0-5][0-9])?$"


class NoSchemaError(Exception):
    """A type that has none."""


def named_schema(hint: Any) -> Json | None:
    """The schema of a class, found by its name; None if it is none of these."""
    place = home(hint)
    if place in FORMATS:
        return {"type": "string", "format": FORMATS[place]}
    if place == ("datetime", "timedelta"):
        return {"type": "number", "format": "time-delta"}
    if place[0] == "pathlib" or place == ("os", "PathLike"):
        return {"type": "string", "format": "path"}
    if place == ("datetime", "timezone"):
        return {"type": "string", "pattern": _TIMEZONE}
    if place == ("builtins", "slice"):
        return positions([{}, {}, {}])
    return None


def positions(schemas: list[Json]) -> Json:
    """The schema of an array whose items have one schema each."""
    if not schemas:
        return {"type": "array"}
    return {"type": "array", "prefixItems": schemas, "minItems": len(schemas), "maxItems": len(schemas)}
