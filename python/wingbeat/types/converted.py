"""Classes of the standard library that a document holds in the form of a simpler type (type-system spec 4.3).

Loaded only for a hint that needs it.
"""

from __future__ import annotations

from wingbeat.types import schema
from wingbeat.types.document import converted
from wingbeat.types.hints import home, origin

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Describe = Callable[[], schema.Schema]

ANY = schema.Any()


def container(outer: Any, inner: tuple[Any, ...], describe: Callable[[Any], schema.Schema]) -> schema.Schema | None:
    """The node of a container of `collections` or `types`; None for any other class.

    `describe` makes the node of an argument, at the time of the first value.
    """
    make = _CONTAINERS.get(home(outer))
    return None if make is None else make(outer, inner, describe)


def mapping(
    inner: tuple[Any, ...], describe: Callable[[Any], schema.Schema], value: schema.Schema | None = None
) -> schema.Schema:
    """The node of a dict; `value` is the node of its values where the class says what they are."""
    key = describe(inner[0]) if inner else ANY
    return schema.Mapping(key, value or (describe(inner[1]) if len(inner) > 1 else ANY))


def _ordered_dict(outer: Any, inner: tuple[Any, ...], describe: Any) -> schema.Schema:
    return converted(outer, lambda: mapping(inner, describe), outer)


def _default_dict(outer: Any, inner: tuple[Any, ...], describe: Any) -> schema.Schema:
    # The class of `List[int]`, which cannot be called itself.
    made = (origin(inner[1]) or inner[1]) if len(inner) > 1 else None
    factory = made if isinstance(made, type) else None
    return converted(outer, lambda: mapping(inner, describe), lambda content: outer(factory, content))


def _counter(outer: Any, inner: tuple[Any, ...], describe: Any) -> schema.Schema:
    return converted(outer, lambda: mapping(inner, describe, schema.Int()), outer)


def _chain_map(outer: Any, inner: tuple[Any, ...], describe: Any) -> schema.Schema:
    return converted(
        outer,
        lambda: schema.Array(mapping(inner, describe), list),
        lambda maps: outer(*maps),
        lambda value: value.maps,
    )


def _mapping_proxy(outer: Any, inner: tuple[Any, ...], describe: Any) -> schema.Schema:
    return converted(outer, lambda: mapping(inner, describe), outer, dict)


def _deque(outer: Any, inner: tuple[Any, ...], describe: Any) -> schema.Schema:
    return converted(outer, lambda: schema.Array(describe(inner[0]) if inner else ANY, list), outer, list)


_CONTAINERS: dict[tuple[str, str], Callable[[Any, tuple[Any, ...], Any], schema.Schema]] = {
    ("collections", "OrderedDict"): _ordered_dict,
    ("collections", "defaultdict"): _default_dict,
    ("collections", "Counter"): _counter,
    ("collections", "ChainMap"): _chain_map,
    ("collections", "deque"): _deque,
    ("builtins", "mappingproxy"): _mapping_proxy,
}


def scalar(cls: Any) -> schema.Schema | None:
    """The node of a class that is no container; None for any other."""
    place = home(cls)
    if place in (("builtins", "bytearray"), ("builtins", "memoryview")):
        return converted(cls, schema.Bytes, cls, bytes)
    if place == ("builtins", "slice"):
        items = schema.Tuple((ANY, ANY, ANY), None)
        return converted(
            cls, lambda: items, lambda ends: slice(*ends), lambda value: (value.start, value.stop, value.step)
        )
    if place == ("datetime", "timezone"):
        return schema.Text(cls, lambda value: value.tzname(None), timezone)
    if place == ("re", "Pattern"):
        import re

        return schema.Text(cls, lambda value: value.pattern, re.compile)
    return None


def flag(cls: Any) -> schema.Schema:
    """The node of an `enum.Flag`: its number, because combinations are values too."""
    return converted(cls, schema.Int, cls, lambda value: value.value)


def timezone(text: str) -> Any:
    """`UTC`, `UTC+03:00`, `UTC-05:30` as a `datetime.timezone`. Raises `ValueError` for any other text."""
    import datetime

    if text == "UTC":
        return datetime.timezone.utc
    sign = {"UTC+": 1, "UTC-": -1}.get(text[:4])
    hours, colon, minutes = text[4:].partition(":")
    if sign is None or not (colon and hours.isdecimal() and minutes.isdecimal()):
        raise ValueError(f"{text!r} is no time zone: it must be UTC or like UTC+03:00")
    return datetime.timezone(sign * datetime.timedelta(hours=int(hours), minutes=int(minutes)))
