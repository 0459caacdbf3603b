"""Which handler writes or reads a class of tables (type-system spec 2.17).

Handlers of users and those that come with wingbeat are in the same tables, but a user's takes the place of one that
came along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wingbeat.errors import TypeTransformerFailedError
from wingbeat.types.hints import name
from wingbeat.types.registry import leave_unknown_type
from wingbeat.types.structured_dataset.handler import StructuredDatasetDecoder, StructuredDatasetEncoder

if TYPE_CHECKING:
    from typing import TypeAlias

    Handler: TypeAlias = "StructuredDatasetEncoder[Any] | StructuredDatasetDecoder[Any]"
    #: Class of tables -> protocol, or `fsspec` for all -> format, empty for any -> handler.
    Table: TypeAlias = dict[Any, dict[str, dict[str, Any]]]

__all__ = ["DuplicateHandlerError", "find", "register", "register_own"]

ENCODERS: Table = {}
DECODERS: Table = {}
DEFAULT_PROTOCOLS: dict[Any, str] = {}
DEFAULT_FORMATS: dict[Any, str] = {}

#: Classes whose default format no user has chosen.
_own_defaults: set[Any] = set()

_ANY_PROTOCOL = "fsspec"
_ANY_FORMAT = ""


class DuplicateHandlerError(ValueError):
    """There is a handler for this class, protocol and format already."""


def register(
    handler: Handler,
    default_for_type: bool = False,
    override: bool = False,
    default_format_for_type: bool = False,
    default_storage_for_type: bool = False,
) -> None:
    """Add a user's handler. For the parameters see `StructuredDatasetTransformerEngine.register`."""
    table = _table_of(handler)
    if handler.protocol is None and default_for_type:
        raise ValueError(f"Registering SD handler {handler} with all protocols should never have default specified.")
    protocol = "file" if handler.protocol == "/" else handler.protocol or _ANY_PROTOCOL
    slot = table.setdefault(handler.python_type, {}).setdefault(protocol, {})
    existing = slot.get(handler.supported_format)
    if existing is not None and not override and not is_own(existing):
        if handler.protocol is None:
            return  # as in flytekit, the first one stays
        raise DuplicateHandlerError(
            f"Already registered a handler for {(handler.python_type, protocol, handler.supported_format)}:"
            f" {type(existing).__qualname__}; pass override=True to replace it"
        )
    slot[handler.supported_format] = handler
    if (default_format_for_type or default_for_type) and handler.supported_format:
        cls = handler.python_type
        if override or cls in _own_defaults or cls not in DEFAULT_FORMATS:
            DEFAULT_FORMATS[cls] = handler.supported_format
            _own_defaults.discard(cls)
    if default_storage_for_type or default_for_type:
        DEFAULT_PROTOCOLS[handler.python_type] = protocol


def register_own(handler: Handler, default: bool = False) -> None:
    """Add a handler that comes with wingbeat, unless a user has one for the same."""
    slot = _table_of(handler).setdefault(handler.python_type, {}).setdefault(_ANY_PROTOCOL, {})
    slot.setdefault(handler.supported_format, handler)
    if default and handler.python_type not in DEFAULT_FORMATS:
        DEFAULT_FORMATS[handler.python_type] = handler.supported_format
        _own_defaults.add(handler.python_type)


def is_own(handler: Handler) -> bool:
    """Whether a handler comes with wingbeat."""
    return type(handler).__module__.startswith("wingbeat.types.frames.")


def _table_of(handler: Handler) -> Table:
    if isinstance(handler, StructuredDatasetEncoder):
        return ENCODERS
    if isinstance(handler, StructuredDatasetDecoder):
        return DECODERS
    raise TypeError(
        f"We don't support this type of handler {handler}; it must be a StructuredDatasetEncoder or a"
        " StructuredDatasetDecoder"
    )


def find(table: Table, cls: Any, protocol: str, form: str) -> Any:
    """The handler of a class of tables, in flytekit's order.

    First the one of exactly this protocol and format. Then of those of the protocol the one for any format, or the one
    of the class's default format, whatever was asked for; then of those for all protocols the one of the format, for
    any format or, if none was asked for, of the default format; then one that is alone.

    Raises:
        TypeTransformerFailedError: there is none; the message lists the formats that there are.
    """
    of_class = table.get(cls, {})
    own, general = of_class.get(protocol, {}), of_class.get(_ANY_PROTOCOL, {})
    default = DEFAULT_FORMATS.get(cls)
    found = own.get(form) or own.get(_ANY_FORMAT) or (own.get(default) if default else None)
    if found is None:
        found = general.get(form) or general.get(_ANY_FORMAT)
    if found is None and form == _ANY_FORMAT and default:
        found = general.get(default)
    if found is None:
        alone = own if len(own) == 1 else general if len(general) == 1 and form == _ANY_FORMAT else {}
        found = next(iter(alone.values()), None)
    if found is None:
        leave_unknown_type(cls)
        raise TypeTransformerFailedError(_missing(table, cls, protocol, form))
    return found


def _missing(table: Table, cls: Any, protocol: str, form: str) -> str:
    kind = "an encoder" if table is ENCODERS else "a decoder"
    formats = sorted({repr(one) for slot in table.get(cls, {}).values() for one in slot if one})
    known = ", ".join(name(one) for one in table if table[one])
    if formats:
        advice = f"there is {kind} of {name(cls)} for {', '.join(formats)}"
    else:
        advice = f"there is {kind} for {known or 'nothing, because no library of tables has been imported'}"
    # The beginning is flytekit's message.
    return (
        f"Failed to find a handler for {cls}, protocol [{protocol}], fmt ['{form}']; {advice}; register one with"
        " StructuredDatasetTransformerEngine.register"
    )
