"""Reading and writing one field, by the kind that its protobuf descriptor says."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

from google.protobuf import duration_pb2, json_format, struct_pb2, timestamp_pb2, wrappers_pb2

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from wingbeat.idl.model import FieldSpec, Model

_STRUCT = struct_pb2.Struct.DESCRIPTOR.full_name
_TIMESTAMP = timestamp_pb2.Timestamp.DESCRIPTOR.full_name
_DURATION = duration_pb2.Duration.DESCRIPTOR.full_name
_BOOL = wrappers_pb2.BoolValue.DESCRIPTOR.full_name
_PAIR = "flyteidl.core.KeyValuePair"


def reader(spec: FieldSpec, descriptor: Any, models: Mapping[str, type[Model]]) -> Callable[[Any], Any]:
    """A function from a message to the value of the field."""
    name = spec.proto
    convert = _convert(spec, descriptor, models)
    if spec.empty_is_none:
        return lambda pb: convert(getattr(pb, name)) or None
    if descriptor.has_presence and not spec.always and spec.default is None:
        return lambda pb: convert(getattr(pb, name)) if pb.HasField(name) else None
    return lambda pb: convert(getattr(pb, name))


def _convert(spec: FieldSpec, descriptor: Any, models: Mapping[str, type[Model]]) -> Callable[[Any], Any]:
    entry = _map_entry(descriptor)
    if entry is not None:
        return _map_reader(entry.fields_by_name["value"].message_type, models)
    kind = descriptor.message_type
    if _is_repeated(descriptor):
        if kind is None:
            return list
        if kind.full_name == _PAIR:
            return lambda values: {pair.key: pair.value for pair in values}
        item = models.get(kind.full_name)
        return list if item is None else lambda values: [item.from_flyte_idl(value) for value in values]
    if kind is None or spec.raw:
        return lambda value: value
    if spec.wrapped:
        inner = _map_entry(kind.fields_by_name[spec.wrapped])
        read = _map_reader(inner.fields_by_name["value"].message_type, models)
        return lambda value: read(getattr(value, spec.wrapped))
    if kind.full_name == _STRUCT:
        return json_format.MessageToDict
    if kind.full_name == _TIMESTAMP:
        return lambda value: value.ToDatetime(tzinfo=timezone.utc)
    if kind.full_name == _DURATION:
        return lambda value: value.ToTimedelta()
    if kind.full_name == _BOOL:
        return lambda value: value.value
    model = models.get(kind.full_name)
    return (lambda value: value) if model is None else model.from_flyte_idl


def _map_reader(kind: Any, models: Mapping[str, type[Model]]) -> Callable[[Any], Any]:
    if kind is None:
        return dict
    model = models[kind.full_name]
    return lambda entries: {key: model.from_flyte_idl(value) for key, value in entries.items()}


def writer(spec: FieldSpec, descriptor: Any) -> Callable[[Any], Any]:
    """A function from the value of a field, which is not None, to what the message's constructor takes."""
    if _map_entry(descriptor) is not None:
        return lambda values: {key: _message(value) for key, value in values.items()}
    kind = descriptor.message_type
    if _is_repeated(descriptor):
        if kind is not None and kind.full_name == _PAIR:
            return lambda values: [{"key": key, "value": value} for key, value in values.items()]
        return lambda values: [_message(value) for value in values]
    if kind is None or spec.raw:
        return lambda value: value
    if spec.wrapped:
        return lambda values: {spec.wrapped: {key: _message(value) for key, value in values.items()}}
    if kind.full_name == _STRUCT:
        # Through JSON, so that keys become strings and what JSON cannot say is refused.
        return lambda value: json_format.Parse(json.dumps(value), struct_pb2.Struct())
    if kind.full_name == _TIMESTAMP:
        return _timestamp
    if kind.full_name == _DURATION:
        return _duration
    if kind.full_name == _BOOL:
        return lambda value: wrappers_pb2.BoolValue(value=value)
    return _message


def _message(value: Any) -> Any:
    """A model's message; anything else, such as a message itself, as it is."""
    convert = getattr(value, "to_flyte_idl", None)
    return value if convert is None else convert()


def _timestamp(value: datetime) -> timestamp_pb2.Timestamp:
    message = timestamp_pb2.Timestamp()
    message.FromDatetime(value.astimezone(timezone.utc).replace(tzinfo=None))
    return message


def _duration(value: timedelta) -> duration_pb2.Duration:
    message = duration_pb2.Duration()
    message.FromTimedelta(value)
    return message


def _map_entry(descriptor: Any) -> Any:
    kind = descriptor.message_type
    return kind if kind is not None and kind.GetOptions().map_entry else None


def _is_repeated(descriptor: Any) -> bool:
    # protobuf 6 replaced `label` by `is_repeated`.
    repeated = getattr(descriptor, "is_repeated", None)
    return bool(descriptor.label == descriptor.LABEL_REPEATED if repeated is None else repeated)
