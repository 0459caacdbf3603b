"""Which field of a document mashumaro or pydantic refused: the errors that they raise, as one with a path.

Loaded only for a class that converts itself.
"""

from __future__ import annotations

from wingbeat.errors import TypeTransformerFailedError
from wingbeat.types.hints import is_dataclass
from wingbeat.types.kinds import value_kind
from wingbeat.types.place import key_step
from wingbeat.types.preview import preview

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

#: Errors that pydantic found besides the first, of which a message shows so many.
_MORE = 4


def of_model(cls: type, error: Any) -> TypeTransformerFailedError:
    """The error of content that is no `cls`; to be raised from pydantic's `ValidationError`."""
    first, *others = error.errors(include_url=False)
    text = f"{_reason(first)} ({type(error).__name__} of {cls.__name__})"
    if others:
        shown = "; ".join(f"{cls.__name__}{_path(one)}: {_reason(one)}" for one in others[:_MORE])
        rest = f"; and {len(others) - _MORE} more" if len(others) > _MORE else ""
        text = f"{text}; {shown}{rest}"
    return _failed(_path(first), text)


def _path(one: Any) -> str:
    return "".join(f".{step}" if str(step).isidentifier() else _item(step) for step in one["loc"])


def _item(key: Any) -> str:
    return key_step(key) if isinstance(key, str) else f"[{preview(key)}]"


def _reason(one: Any) -> str:
    got = "" if one["type"] == "missing" else f", got {value_kind(one['input'])}"
    return f"{preview(one['msg'])}{got}"


def located(cls: type, load: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """`load` of a class that mashumaro converts, whose errors say where in the content they are."""

    def load_or_tell(data: Any) -> Any:
        try:
            return load(data)
        except (LookupError, ValueError) as error:  # mashumaro's `MissingField`, `InvalidFieldValue`
            if not hasattr(error, "holder_class"):
                raise
            raise _of_fields(cls, error) from error

    return load_or_tell


def _of_fields(cls: type, error: Any) -> TypeTransformerFailedError:
    path = ""
    while hasattr(error, "field_value"):
        path += f".{error.field_name}"
        inner = error.__cause__ or error.__context__
        if not hasattr(inner, "holder_class"):
            reason = "" if inner is None else f": {type(inner).__name__}: {preview(inner)}"
            expected, got = preview(error.field_type_name), value_kind(error.field_value)
            name = f"{type(error).__name__} of {cls.__name__}"
            return _failed(path, f"expected {expected}, got {got} ({name}){reason}")
        path += _step(error, inner)
        error = inner
    holder = error.holder_class_name
    return _failed(path, f"missing field {error.field_name!r} of {holder} ({type(error).__name__} of {cls.__name__})")


def _step(error: Any, inner: Any) -> str:
    """Which item of a refused list or dict holds what `inner` is about: mashumaro does not say."""
    value = error.field_value
    if is_dataclass(error.field_type) or not isinstance(value, (list, dict)):
        return ""
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(item, dict) and _is_about(item, inner):
            return _item(key)
    return ""


def _is_about(content: dict[Any, Any], inner: Any) -> bool:
    if hasattr(inner, "field_value"):
        return any(value is inner.field_value for value in content.values())
    return inner.field_name not in content


def _failed(path: str, text: str) -> TypeTransformerFailedError:
    failed = TypeTransformerFailedError(f"{path}: {text}" if path else text)
    failed.path = path
    return failed
