import functools
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Dict, List, NamedTuple, Optional

from flytekit import HashMethod, LaunchPlan, Resources, TaskMetadata, current_context, map_task, task, workflow
from flytekit.core.array_node_map_task import ArrayNodeMapTask
from flytekit.exceptions.user import FlyteRecoverableException
from flytekit.types.file import FlyteFile


@dataclass
class Item:
    name: str
    size: int = 1


class Two(NamedTuple):
    a: int
    b: str


@task
def square(x: int) -> int:
    return x * x


@task
def scaled(x: float, factor: float, names: List[str], offset: int = 0) -> float:
    return x * factor + offset + len(names)


@task
def item(value: Item) -> Item:
    return Item(value.name + "!", value.size + 1)


@task
def maybe(x: Optional[int]) -> Optional[str]:
    return None if x is None else str(x)


@task
def inverse(x: int) -> float:
    return 1 / x


@task
def patient(x: int) -> int:
    raise FlyteRecoverableException(f"element {x}")


@task
def nothing(x: int) -> None:
    print("nothing", x)


@task
def two(x: int) -> Two:
    return Two(x, str(x))


@task
def read(file: FlyteFile) -> str:
    with open(file) as opened:
        return opened.read()


@task
def hashed(x: int) -> Annotated[int, HashMethod(str)]:
    return x


@task
def named(x: int) -> str:
    return f"{current_context().task_id.name} {x}"


@task(enable_deck=True)
def with_deck(x: int) -> int:
    return x


@task
async def asynchronous(x: int) -> int:
    return -x


@task
def groups(xs: List[int]) -> Dict[str, int]:
    return {str(x): x for x in xs}


mapped = map_task(square)
mapped_with_metadata = map_task(square, concurrency=3, min_success_ratio=0.5, metadata=TaskMetadata(retries=1))
mapped_partial = map_task(partial(scaled, factor=2.0, names=["a"]))


@workflow
def squares(xs: List[int] = [1, 2]) -> List[int]:
    return map_task(square)(x=xs).with_overrides(requests=Resources(cpu="1"))


@workflow
def partials(xs: List[float] = [1.0], factor: float = 2.0) -> List[float]:
    return map_task(functools.partial(scaled, factor=factor, names=["n"]), concurrency=2)(x=xs)
