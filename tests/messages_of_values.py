"""Values and literals that do not fit, and what flytekit and wingbeat say: type-system specification, section 7."""

from __future__ import annotations

from typing import NamedTuple

from tests import literals as l


class Row(NamedTuple):
    """`given` is the source of a value to write, or a literal to read; `theirs` begins with flytekit's class."""

    hint: str
    given: str | l.Literal
    theirs: str
    ours: tuple[str, ...]


THOUSAND = l.collection(*(l.integer(number) for number in range(1000)), l.string("x"))
DEEP = l.collection(*[l.mapping(k=l.binary({"x": 1}))] * 3, l.mapping(k=l.binary({"x": "abc"})))
NONE = "declare Optional["

ROWS: dict[str, Row] = {
    # A value of another type, a literal of another kind.
    "write str for int": Row(
        "int", "'1'", "TypeTransformerFailedError: Expected value", ("x: expected int, got str '1'",)
    ),
    "write int for float": Row(
        "float", "1", "TypeTransformerFailedError: Expected value", ("x: expected float, got int 1; write 1.0",)
    ),
    "write a subclass": Row("str", "Text('a')", "TypeTransformerFailedError", ("x: expected str, got Text",)),
    "write set for list": Row(
        "List[int]", "{1}", "TypeTransformerFailedError: Expected a list", ("x: expected list, got set of 1",)
    ),
    "write inside": Row(
        "Dict[str, List[int]]",
        "{'k': [1, 'a']}",
        "TypeTransformerFailedError: Expected value of type <class 'int'> but got 'a'",
        ("x[\"k\"][1]: expected int, got str 'a'",),
    ),
    "read string for int": Row(
        "int",
        l.string("1"),
        "TypeTransformerFailedError: Cannot convert literal",
        ("x: expected integer, got string '1'",),
    ),
    "read a list of 1000": Row(
        "List[int]", THOUSAND, "TypeTransformerFailedError", ("x[1000]: expected integer, got string 'x'",)
    ),
    "read inside": Row(
        "List[Dict[str, Point]]",
        DEEP,
        "InvalidFieldValue: Field \"x\" of type int in Point has invalid value 'abc'",
        ("x[3][\"k\"].x: expected integer, got string 'abc'",),
    ),
    "read map for list": Row(
        "List[int]", l.mapping(), "TypeTransformerFailedError", ("x: expected collection, got map of 0",)
    ),
    "read another binary": Row(
        "dict",
        l.raw_binary(b"\x80", tag="cbor"),
        "TypeTransformerFailedError: Unsupported binary format `cbor`",
        ("x: expected binary of tag 'msgpack', got binary of tag 'cbor'",),
    ),
    # `TypeError`: unions, maps, dataclasses.
    "write for no variant": Row(
        "Union[int, str]", "1.5", "TypeTransformerFailedError", ("x: expected one of int, str, got float 1.5",)
    ),
    "write inside a variant": Row(
        "Union[int, Dict[str, int]]",
        "{'a': 'b'}",
        "TypeTransformerFailedError: Cannot convert from {'a': 'b'}",
        ("x[\"a\"]: expected int, got str 'b'",),
    ),
    "write for two variants": Row(
        "Union[List[int], List[str]]",
        "[]",
        "TypeError: Ambiguous choice of variant",
        ("x: ambiguous: list of 0 fits list[int], list[str]",),
    ),
    "read for no variant": Row(
        "Union[int, str]",
        l.boolean(True),
        "TypeError: Cannot convert",
        ("x: expected one of int, str, got boolean true",),
    ),
    "read inside a variant": Row(
        "Union[int, str]",
        l.union(l.integer(3), l.simple(3, "str")),
        "TypeError: Cannot convert",
        ("x: expected string, got integer 3",),
    ),
    "read map for dict": Row(
        "dict", l.mapping(), "TypeError: TypeMismatch", ("x: expected binary or struct, got map of 0",)
    ),
    "write for a dataclass": Row(
        "Point", "5", "TypeError: must be called with a dataclass type", ("x: expected Point, got int 5",)
    ),
    "write for a dataclass inside": Row(
        "Dict[str, List[Point]]",
        "{'a': [5]}",
        "TypeError: must be called with a dataclass type",
        ('x["a"][0]: expected Point, got int 5',),
    ),
    # `ValueError`.
    "write another key": Row(
        "Dict[str, int]",
        "{1: 2}",
        "ValueError: Flyte MapType expects all keys",
        ("x: expected keys of type str, got int 1",),
    ),
    "write a long int": Row(
        "int", "2**63", "ValueError: Value out of range", ("x: expected int of 64 bits, got int 9223372036854775808",)
    ),
    "read a late datetime": Row(
        "datetime.datetime",
        l.datetime(253402300800),
        "ValueError: Timestamp is not valid",
        ("x: expected a datetime from year 1 to 9999", "253402300800 seconds"),
    ),
    "read for an enum": Row(
        "Color",
        l.string("zzz"),
        "ValueError: 'zzz' is not a valid Color",
        ("x: expected value of Color, got string 'zzz'", "allowed: 'red', 'blue'"),
    ),
    "write for an enum": Row(
        "Color", "'zzz'", "TypeTransformerFailedError: Value zzz", ("x: expected Color, got str 'zzz'",)
    ),
    "write no JSON lines": Row(
        "Iterator[JSON]", "iter([])", "ValueError: The iterator is empty.", ("x: ", "The iterator is empty.")
    ),
    "a bare list": Row(
        "list",
        "[1]",
        "ValueError: Type of Generic List type",
        ("x: list: Only generic univariate", "for example list[int]"),
    ),
    # `AssertionError`.
    "read binary for int": Row("int", l.binary("x"), "AssertionError: ", ("x: expected integer, got string 'x'",)),
    "write a tuple": Row(
        "List[int]", "(1, 2)", "AssertionError: Tuples are not", ("x: expected list, got tuple of 2; use a list",)
    ),
    "write None for a pickle": Row(
        "Any", "None", "AssertionError: Cannot pickle None", ("x: Cannot pickle None Value.", NONE)
    ),
    # `AttributeError` about None.
    "read None for a pickle": Row(
        "Any",
        l.none(),
        "AttributeError: 'NoneType' object has no attribute 'uri'",
        ("x: expected blob, got none", NONE),
    ),
    "read None for an enum": Row(
        "Color",
        l.none(),
        "AttributeError: 'NoneType' object has no attribute 'string_value'",
        ("x: expected value of Color, got none", NONE),
    ),
    "read None for a dataclass": Row(
        "Point",
        l.none(),
        "AttributeError: 'NoneType' object has no attribute 'DESCRIPTOR'",
        ("x: expected binary or struct, got none", NONE),
    ),
    "read None for a message": Row(
        "Struct",
        l.none(),
        "TypeTransformerFailedError: Can only convert",
        ("x: Can only convert a generic literal to a Protobuf", "got none", NONE),
    ),
    "read None for an error": Row(
        "FlyteError", l.none(), "TypeTransformerFailedError: Can only convert", ("x: expected error, got none", NONE)
    ),
    "read None for JSON lines": Row(
        "Iterator[JSON]", l.none(), "TypeTransformerFailedError: Cannot convert", ("x: expected blob, got none", NONE)
    ),
    "write None for int": Row(
        "int",
        "None",
        "TypeTransformerFailedError: Python value cannot be None",
        ("x: expected int, got None", "declare Optional[int]"),
    ),
    "write None for a model": Row(
        "Model",
        "None",
        "TypeTransformerFailedError: Python value cannot be None",
        ("x: expected Model, got None", "declare Optional[Model]"),
    ),
    # `AttributeError` about the class.
    "write for a model": Row(
        "Model",
        "Point(1)",
        "AttributeError: 'Point' object has no attribute 'model_dump_json'",
        ("x: expected Model, got Point",),
    ),
    "write for a subclass": Row(
        "Sub",
        "Point(1)",
        "AttributeError: 'Point' object has no attribute 'z'",
        ("x.z: expected field 'z' of Sub, got Point",),
    ),
    # What mashumaro and pydantic refuse.
    "read without a field": Row(
        "Point", l.binary({"y": 1.0}), 'MissingField: Field "x"', ("x: missing field 'x' of Point",)
    ),
    "read a wrong field": Row(
        "Nested",
        l.binary({"point": {"x": 1}, "points": [{"x": 1}, {"x": "q"}], "by_name": {}, "by_number": {}}),
        'InvalidFieldValue: Field "points" of type List[Point] in Nested has invalid value',
        ("x.points[1].x: expected integer, got string 'q'",),
    ),
    "read a wrong field by mashumaro": Row(
        "List[Aliased]",
        l.collection(l.binary({"b": 1}), l.binary({"b": "q"})),
        'InvalidFieldValue: Field "b"',
        ("x[1].b: expected int, got str 'q'", "InvalidFieldValue of Aliased"),
    ),
    "read a wrong field by pydantic": Row(
        "List[Box[List[Model]]]",
        l.collection(l.binary({"content": [{"x": 1}, {"x": "q", "y": 5}]})),
        "ValidationError: 2 validation errors for Box",
        (
            "x[0].content[1].x: Input should be a valid integer",
            "got str 'q'",
            ".content[1].y: Input should be a valid string, got int 5",
        ),
    ),
    "read a model without a field": Row(
        "Model", l.binary({}), "ValidationError: 1 validation error", ("x.x: Field required",)
    ),
    # A type that may not be a value.
    "a tuple": Row(
        "Tuple[int, str]",
        "(1, 'a')",
        "RestrictedTypeError: Transformer for type",
        ("x: Transformer for type tuple[int, str] is restricted currently", "list[T] or a dataclass", "NamedTuple"),
    ),
    "a tuple inside": Row(
        "List[Pair]",
        "[]",
        "ValueError: Type of Generic List",
        ("x[]: Transformer for type Pair is restricted currently", "dataclass"),
    ),
    # `OverflowError`.
    "write a long int in a document": Row(
        "field(int)",
        "field(int)(2**64)",
        "OverflowError: ",
        ("x.f: cannot be written as msgpack: int 18446744073709551616",),
    ),
    "write an early datetime": Row(
        "datetime.datetime",
        "datetime.datetime(1, 1, 1, tzinfo=datetime.timezone(datetime.timedelta(hours=5)))",
        "OverflowError: date value out of range",
        ("x: the datetime is outside year 1 to 9999",),
    ),
    "read a long duration": Row(
        "datetime.timedelta", l.duration(10**15), "OverflowError: ", ("x: expected a duration within timedelta",)
    ),
    # Corrupt documents.
    "read a cut document": Row(
        "dict",
        l.raw_binary(b"\x81\xa1a"),
        "ValueError: Unpack failed",
        ('x["a"]: malformed msgpack of 3 bytes, at byte 3',),
    ),
    "read two documents": Row(
        "dict",
        l.raw_binary(b"\x80\x00"),
        "ExtraData: ",
        ("x: malformed msgpack of 2 bytes, at byte 1: 1 bytes follow",),
    ),
    "read no document": Row(
        "Point", l.raw_binary(b"\xc1"), "FormatError: ", ("x: malformed msgpack of 1 bytes, at byte 1: 0xc1",)
    ),
    # What no class of flytekit names.
    "write what msgpack has not": Row(
        "dict",
        "{'a': object()}",
        "TypeTransformerFailedError: Cannot convert",
        ('x["a"]: cannot be written as msgpack: object of type object',),
    ),
    "write a hash that is no text": Row(
        "Annotated[int, HashMethod(lambda value: value)]",
        "5",
        "TypeError: bad argument",
        ("x: expected a hash of type str, got int 5",),
    ),
    "write what has no JSON object": Row(
        "Timestamp",
        "Timestamp(seconds=1)",
        "TypeTransformerFailedError: Failed to convert to generic",
        ("x: Failed to convert to generic protobuf struct", "Timestamp is not an object", "wrap it"),
    ),
}
