"""Values inside a JSON schema: the defaults of fields and the values of a `Literal`."""

from __future__ import annotations

from wingbeat.types import registry
from wingbeat.types.fields import fields
from wingbeat.types.hints import home, is_dataclass, is_enum
from wingbeat.types.json_schema_leaves import FORMATS, NoSchemaError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Json = dict[str, Any]


def choice(values: tuple[Any, ...]) -> Json:
    """The schema of one of several values. Raises `NoSchemaError` as `jsonable` does."""
    # Floats are left out by mashumaro.
    found = [jsonable(value) for value in values if not isinstance(value, float)]
    return {"const": found[0]} if len(found) == 1 else {"enum": found}


def jsonable(value: Any) -> Any:
    """A value as JSON. Raises `NoSchemaError` if it cannot be."""
    if value is None or (isinstance(value, (bool, int, str)) and not is_enum(type(value))):
        return value
    if isinstance(value, float):
        if not float("-inf") < value < float("inf"):
            raise NoSchemaError
        return value
    kind = type(value)
    if is_enum(kind):
        return jsonable(value.value)
    own = getattr(registry.find(kind), "document_default", None)
    if own is not None:
        return own(value)
    if is_dataclass(kind):
        return {field.name: jsonable(getattr(value, field.name)) for field in fields(kind)}
    if isinstance(value, dict):
        return {str(jsonable(key)): jsonable(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [jsonable(one) for one in value]
    return _text(value, home(kind))


def _text(value: Any, place: tuple[str, str]) -> Any:
    """A value that JSON has no kind for."""
    if place == ("datetime", "timedelta"):
        return value.total_seconds()
    if place == ("datetime", "timezone"):
        return value.tzname(None)
    if place[0] == "datetime":
        return value.isoformat()
    if hasattr(value, "__fspath__"):
        return value.__fspath__()
    if place == ("builtins", "bytes"):
        from base64 import encodebytes

        return encodebytes(value).decode()
    if place in FORMATS:
        return str(value)
    raise NoSchemaError
