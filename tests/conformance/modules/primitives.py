import datetime
import enum
import typing
from collections import OrderedDict
from typing import Annotated, Any, Dict, List, NamedTuple, Optional, Tuple, Union

from flytekit import HashMethod, task, workflow


class Color(enum.Enum):
    RED = "red"
    GREEN = "green"


class Pair(NamedTuple):
    number: int
    word: str


class Single(NamedTuple):
    only: float


@task
def add(a: int, b: int = 40) -> int:
    return a + b


@task
def greet(name: str) -> str:
    return f"hello {name} – ∞ 日本"


@task
def ratio(x: float, y: float) -> float:
    return x / y


@task
def negate(flag: bool) -> bool:
    return not flag


@task
def tomorrow(now: datetime.datetime) -> datetime.datetime:
    return now + datetime.timedelta(days=1, microseconds=1)


@task
def day_of(now: datetime.datetime) -> datetime.date:
    return now.date()


@task
def next_day(day: datetime.date) -> str:
    return f"{day + datetime.timedelta(days=1)!r}"


@task
def twice_as_long(duration: datetime.timedelta) -> datetime.timedelta:
    return duration * 2


@task
def other(color: Color) -> Color:
    return Color.GREEN if color is Color.RED else Color.RED


@task
def nothing(a: int) -> None:
    print("nothing", a)


@task
def no_interface():
    print("just this")


@task
def pair(number: int, word: str) -> Pair:
    return Pair(number + 1, word.upper())


@task
def single(x: float) -> Single:
    return Single(x)


@task
def several(a: int) -> Tuple[int, str, List[int]]:
    return a, str(a), [a] * 3


@task
def several_old_style(a: int) -> (int, str):
    return a, str(a)


@task
def total(xs: List[int]) -> int:
    return sum(xs)


@task
def reversed_words(words: List[str]) -> List[str]:
    return words[::-1]


@task
def matrix(rows: List[List[float]]) -> List[List[float]]:
    return [[2 * value for value in row] for row in rows]


@task
def count(words: List[str]) -> Dict[str, int]:
    return {word: words.count(word) for word in words}


@task
def nested(groups: Dict[str, List[Dict[str, int]]]) -> str:
    return repr(sorted(groups.items()))


@task
def maybe(value: Optional[int] = None) -> Optional[str]:
    return None if value is None else f"{value}"


@task
def maybe_list(value: Optional[List[Optional[int]]]) -> List[Optional[int]]:
    return [None, *(value or [])]


@task
def either(value: Union[int, str]) -> Union[str, float]:
    return value * 2 if isinstance(value, str) else float(value)


@task
def modern(value: int | str | None, xs: list[int], d: dict[str, float]) -> tuple[int, dict[str, list[int]]]:
    return len(xs), {str(value): xs}


@task
def untyped_dict(d: dict) -> dict:
    return {**d, "seen": True, "deep": {"list": [1, 2.5, None, "x"]}}


@task
def allowed(mode: typing.Literal["fast", "slow"]) -> typing.Literal["fast", "slow"]:
    return "slow" if mode == "fast" else "fast"


@task
def hashed(x: int) -> Annotated[int, HashMethod(lambda value: f"hash of {value}")]:
    return x + 1


@task
def anything(a: int) -> Any:
    return {"of": a, "kind": {1, 2}}


@task
def whatever(value: Any) -> str:
    return repr(value)


@task
async def asynchronous(a: int, b: int) -> int:
    import asyncio

    await asyncio.sleep(0)
    return a * b


@task
def positional_and_defaults(a: int, b: str = "b", c: List[int] = None, *, d: float = 0.5) -> str:
    return f"{a} {b} {c} {d}"


@task
def large(n: int) -> List[int]:
    return list(range(n))


@task
def big_number(x: int) -> int:
    return x + 1


def plain_function(a: int) -> int:
    return a


@workflow
def pipeline(a: int = 1) -> int:
    return add(a=add(a=a))
