"""Messages of any kind, filled from their descriptors: as input for model classes that read and write them."""
# mypy: ignore-errors

#: How often the choices inside of a message are turned, at least.
TURNS = 3
#: How deep messages are filled.
DEPTH = 6


def messages(cls):
    """An empty message, and some full ones that differ in which field of each `oneof` is set."""
    turns = max([TURNS, *(len(choice.fields) for choice in cls.DESCRIPTOR.oneofs)])
    return [cls(), *(filled(cls, turn, DEPTH) for turn in range(turns))]


def filled(cls, turn, depth):
    """A message with every field set, as far as they do not exclude each other."""
    message = cls()
    descriptor = message.DESCRIPTOR
    if descriptor.full_name == "google.protobuf.Struct":
        message.update({"text": "x", "list": [1, None, True], "inner": {"a": 1.5}})
        return message
    chosen = {choice.fields[turn % len(choice.fields)].name for choice in descriptor.oneofs}
    for field in descriptor.fields:
        if field.containing_oneof is not None and field.name not in chosen:
            continue
        kind = field.message_type
        if kind is not None and kind.GetOptions().map_entry:
            value = kind.fields_by_name["value"]
            if value.message_type is None:
                getattr(message, field.name)["key"] = scalar(value, turn)
            elif depth:
                inner = filled(value.message_type._concrete_class, turn, depth - 1)
                getattr(message, field.name)["key"].CopyFrom(inner)
        elif repeated(field):
            if kind is None:
                getattr(message, field.name).extend([scalar(field, turn), scalar(field, turn + 1)])
            elif depth:
                getattr(message, field.name).append(filled(kind._concrete_class, turn, depth - 1))
        elif kind is None:
            setattr(message, field.name, scalar(field, turn))
        elif depth:
            getattr(message, field.name).CopyFrom(filled(kind._concrete_class, turn, depth - 1))
    return message


def repeated(field):
    """`label` is gone in newer versions of protobuf."""
    found = getattr(field, "is_repeated", None)
    return field.label == field.LABEL_REPEATED if found is None else found


def scalar(field, turn):
    """A value that is not the default."""
    if field.enum_type is not None:
        return field.enum_type.values[-1 - turn % max(1, len(field.enum_type.values) - 1)].number
    return {
        field.CPPTYPE_STRING: b"bytes" if field.type == field.TYPE_BYTES else f"{field.name}_{turn}".upper(),
        field.CPPTYPE_BOOL: True,
        field.CPPTYPE_DOUBLE: 0.5 + turn,
        field.CPPTYPE_FLOAT: 0.5 + turn,
    }.get(field.cpp_type, 3 + turn)
