"""Where wingbeat and flytekit differ on purpose: reason -> type -> what is given.

`docs/differences.md` tells users the same. The differential test fails for a difference that is not listed, and for an
entry that is none any more.
"""

from __future__ import annotations

#: Literals (names of `LITERALS` in `tests/test_differential.py`) that are read otherwise.
READING: dict[str, dict[str, list[str]]] = {
    "A float with a fraction is no integer: flytekit cuts the fraction off.": {
        "int": ["float 3.7"],
        "Literal[1, 3]": ["float 3.7"],
        "Optional[int]": ["float 3.7"],
        "Union[int, str]": ["float 3.7"],
    },
    "A literal written for an Optional is unwrapped for the bare type.": {
        "int": ["union int", "union int, type str", "union int, no structure"],
        "float": ["union int", "union int, type str", "union int, no structure"],
        "str": ["union str"],
        "NoneType": ["union none"],
        "datetime.timedelta": ["union int", "union int, type str", "union int, no structure"],
        "Literal['a', 'b']": ["union str"],
        "Literal[1, 3]": ["union int", "union int, type str", "union int, no structure"],
    },
    "An integer in msgpack is a float where a float is declared, as it is in a primitive.": {
        "float": ["binary int"],
        "List[float]": ["collection of binaries"],
    },
    "What propeller makes of a datetime or timedelta inside a dataclass is a string or a number.": {
        "datetime.datetime": ["string ISO"],
        "datetime.timedelta": ["integer 3", "float 3.0", "float 3.7"],
    },
    "True is no number of seconds.": {
        "datetime.timedelta": ["binary bool"],
    },
    "Only the listed values are a `typing.Literal`; flytekit does not look.": {
        "Literal['a', 'b']": ["string red", "string ISO", "string empty", "binary ISO"],
        "Literal[1, 3]": ["integer 2^53+1"],
    },
    "Text, bytes and maps are no lists: flytekit iterates over them.": {
        "List[int]": ["binary bin", "binary map empty", "binary map of int keys", "binary map of digits"],
        "List[float]": ["binary bin", "binary map empty", "binary map of int keys", "binary map of digits"],
        "List[str]": [
            "binary str",
            "binary ISO",
            "binary bin",
            "binary map empty",
            "binary map",
            "binary map of int keys",
            "binary map of digits",
            "binary point",
            "binary point, text",
            "binary point, nil",
            "binary point, bad",
        ],
        "List[Optional[int]]": ["binary bin", "binary map empty", "binary map of int keys", "binary map of digits"],
        "List[dict]": ["binary map empty"],
        "Union[List[int], List[str]]": [
            "binary str",
            "binary ISO",
            "binary map",
            "binary point",
            "binary point, text",
            "binary point, nil",
            "binary point, bad",
        ],
        "Union[List[int], Dict[str, int]]": ["binary bin"],
    },
    'A nil is no text: flytekit reads "None".': {
        "List[str]": ["binary array of nil"],
        "Dict[str, str]": ["binary point, nil"],
        "Union[List[int], List[str]]": ["binary array of nil"],
    },
    "A key that is not a string names no field, and is ignored like any unknown one.": {
        "NoneDefaults": ["binary list key"],
    },
    "A packed value for a union is read by packed rules: the variant of its own form, else a coercion, in order.": {
        "Optional[int]": ["binary float", "binary bool"],
        "Optional[str]": ["binary int", "binary float", "binary float 3.7", "binary bool"],
        "Optional[float]": ["binary int", "binary bool"],
        "Union[int, str]": ["binary float", "binary float 3.7", "binary bool"],
        "Union[int, float]": ["binary bool"],
        "Union[str, Color]": ["binary int", "binary float", "binary float 3.7", "binary bool"],
        "Union[float, datetime.timedelta]": ["binary float", "binary float 3.7", "binary bool"],
        "Union[str, datetime.datetime]": [
            "binary int",
            "binary float",
            "binary float 3.7",
            "binary ISO",
            "binary bool",
        ],
        "Union[List[int], List[str]]": ["binary array empty", "binary array", "binary array of floats"],
        "Union[List[int], Dict[str, int]]": ["binary map empty", "binary map of int keys", "binary map of digits"],
        "Union[Point, SameAsPoint]": ["binary point", "binary point, text"],
    },
    "Without a structure the stored type decides.": {
        "Optional[int]": ["union int, no structure"],
        "Union[int, str]": ["union int, no structure"],
        "Union[int, float]": ["union int, no structure"],
    },
    "The variant of the literal's own kind comes first; flytekit finds them ambiguous.": {
        "Union[int, float]": ["integer 3", "integer 2^53+1", "float 3.0", "float 3.7"],
    },
}

#: Values that are written otherwise.
WRITING: dict[str, dict[str, list[str]]] = {
    "Only the listed values are a `typing.Literal`; flytekit does not look.": {
        "Literal['a', 'b']": ["''", "'red'"],
        "Literal[1, 3]": ["0", "-1"],
    },
    "Of a dict for a dataclass the keys are checked; flytekit also wants the values' types, so that 2 is no float.": {
        "Point": ["{'x': 1, 'y': 2}"],
        "Optional[Point]": ["{'x': 1, 'y': 2}"],
    },
    "In a union the class chooses, also between dataclasses of the same shape; flytekit finds them ambiguous.": {
        "Union[Point, SameAsPoint]": ["Point(1)", "Point(None, 1)", "SameAsPoint(1)", "Sub(1, 2.0, 3)"],
    },
}


def listed(table: dict[str, dict[str, list[str]]], hint: str) -> list[str]:
    """What a table lists for one type."""
    return sorted(name for differences in table.values() for name in differences.get(hint, []))
