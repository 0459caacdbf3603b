"""flytekit's classes of transformers: made, asked, extended by a user."""
# mypy: ignore-errors

import dataclasses
import datetime as dt
import enum
import typing

try:
    from typing import Annotated
except ImportError:
    from typing_extensions import Annotated

ENGINE = "flytekit.core.type_engine"


class Color(enum.Enum):
    """An enum."""

    RED = "red"


@dataclasses.dataclass
class Point:
    """A dataclass."""

    x: int
    y: float = 0.5


@dataclasses.dataclass
class Own:
    """A dataclass with a transformer of its own."""

    x: int


#: Name -> values with their types.
CONVERSIONS = {
    "BoolTransformer": [(True, bool)],
    "DataclassTransformer": [(Point(1), Point)],
    "DateTransformer": [(dt.date(2020, 1, 2), dt.date)],
    "DatetimeTransformer": [(dt.datetime(2020, 1, 2, tzinfo=dt.timezone.utc), dt.datetime)],
    "DictTransformer": [({"a": 1}, typing.Dict[str, int]), ({"a": [1, "x"]}, dict), ({1: 2}, typing.Dict[int, int])],
    "EnumTransformer": [(Color.RED, Color)],
    "FloatTransformer": [(1.5, float)],
    "IntTransformer": [(3, int)],
    "ListTransformer": [([1, 2], typing.List[int]), ([Point(1)], typing.List[Point])],
    "LiteralTypeTransformer": [("a", typing.Literal["a", "b"])],
    "NoneTransformer": [(None, type(None))],
    "StrTransformer": [("x", str)],
    "TimedeltaTransformer": [(dt.timedelta(seconds=3), dt.timedelta)],
    "UnionTransformer": [(1, typing.Optional[int]), (None, typing.Optional[int]), ("a", typing.Union[int, str])],
}


def attempt(call, *arguments):
    """What a call returns, or how it fails, up to an object's name."""
    try:
        return repr(call(*arguments))
    except (ValueError, TypeError, AssertionError) as error:
        return [type(error).__name__, str(error).partition("<")[0]]


def conversions(find, ctx):
    """Each transformer by itself, and that of the engine for the same type."""
    answers = {}
    engine = find(ENGINE, "TypeEngine")
    for name, values in CONVERSIONS.items():
        transformer = find(ENGINE, name)
        transformer = transformer() if isinstance(transformer, type) else transformer
        found = []
        for value, hint in values:
            kind = transformer.get_literal_type(hint)
            literal = transformer.to_literal(ctx, value, hint, kind)
            back = transformer.to_python_value(ctx, literal, hint)
            of_engine = engine.get_transformer(hint)
            found.append(
                [
                    kind.to_flyte_idl().SerializeToString(deterministic=True).hex(),
                    literal.to_flyte_idl().SerializeToString(deterministic=True).hex(),
                    repr(back),
                    of_engine.name == transformer.name,
                    isinstance(of_engine, type(transformer)),
                ]
            )
        answers[name] = [transformer.name, str(transformer.python_type), transformer.is_async, found]
    return answers


def extended(find, ctx):
    """A user's transformer that calls what it overrides, for the type and inside of others."""
    base = find(ENGINE, "DataclassTransformer")

    class OwnTransformer(base):
        def __init__(self):
            super().__init__()
            self._name = "Own"
            self._t = Own

        def to_literal(self, ctx, python_val, python_type, expected):
            return super().to_literal(ctx, Own(python_val.x + 1), python_type, expected)

        def to_python_value(self, ctx, lv, expected_python_type):
            return Own(super().to_python_value(ctx, lv, expected_python_type).x * 10)

    lists = find(ENGINE, "ListTransformer")

    class Reversed(lists):
        async def async_to_literal(self, ctx, python_val, python_type, expected):
            return await super().async_to_literal(ctx, list(reversed(python_val)), python_type, expected)

    engine = find(ENGINE, "TypeEngine")
    engine.register_additional_type(OwnTransformer(), Own, override=True)
    answers = []
    for value, hint in [(Own(1), Own), ([Own(1)], typing.List[Own]), ({"a": Own(2)}, typing.Dict[str, Own])]:
        literal = engine.to_literal(ctx, value, hint, engine.to_literal_type(hint))
        data = literal.to_flyte_idl().SerializeToString(deterministic=True).hex()
        answers.append([data, repr(engine.to_python_value(ctx, literal, hint))])
    kind = lists().get_literal_type(typing.List[int])
    literal = Reversed().to_literal(ctx, [1, 2], typing.List[int], kind)
    answers.append(literal.to_flyte_idl().SerializeToString(deterministic=True).hex())
    return answers


def questions(find):
    """The static methods and the functions of the module."""
    lists, unions, dicts = (find(ENGINE, f"{name}Transformer") for name in ("List", "Union", "Dict"))
    literals = find(ENGINE, "LiteralTypeTransformer")
    kwtypes, note = find("flytekit", "kwtypes"), find("flytekit.core.annotation", "FlyteAnnotation")
    batch = find(ENGINE, "BatchSize")
    hints = [int, list, typing.List[int], typing.List, dict, typing.Dict, typing.Dict[str, int], typing.Optional[int]]
    hints += [typing.Union[int, str], Annotated[typing.List[int], 1], Annotated[dict, kwtypes(allow_pickle=True)], None]
    hints += [Annotated[typing.Dict[str, int], note({"a": 1})], Annotated[dict, kwtypes(allow_pickle=False)]]
    hints += [typing.Literal["a", 1], typing.Literal["a"], Annotated[int, batch(3)]]
    functions = {
        "get_sub_type": lists.get_sub_type,
        "get_sub_type_or_none": lists.get_sub_type_or_none,
        "is_optional_type": unions.is_optional_type,
        "extract_types": dicts.extract_types,
        "is_pickle": dicts.is_pickle,
        "get_batch_size": find(ENGINE, "get_batch_size"),
        "get_underlying_type": find(ENGINE, "get_underlying_type"),
        "is_annotated": find(ENGINE, "is_annotated"),
    }
    answers = {name: [attempt(call, hint) for hint in hints] for name, call in functions.items()}
    answers["get_sub_type_in_optional"] = repr(unions.get_sub_type_in_optional(typing.Optional[int]))
    answers["get_base_type"] = [attempt(literals.get_base_type, hint) for hint in hints[-3:]]
    return answers


def report(find):
    """All of it."""
    ctx = find("flytekit", "FlyteContextManager").current_context()
    return {"conversions": conversions(find, ctx), "extended": extended(find, ctx), "questions": questions(find)}
