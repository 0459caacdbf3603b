import typing
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Dict, List, Optional, Union

from dataclasses_json import DataClassJsonMixin, dataclass_json
from mashumaro.mixins.json import DataClassJSONMixin
from pydantic import BaseModel, Field

from flytekit import task
from flytekit.types.directory import FlyteDirectory
from flytekit.types.file import FlyteFile
from flytekit.types.structured import StructuredDataset


class Kind(Enum):
    CAT = "cat"
    DOG = "dog"


@dataclass
class Point:
    x: int
    y: float = 0.5


@dataclass
class Shape:
    name: str
    corners: List[Point]
    tags: Dict[str, int] = field(default_factory=dict)
    kind: Kind = Kind.CAT


@dataclass
class Times:
    at: datetime
    day: date
    length: timedelta


@dataclass
class Choice:
    value: Union[int, str, List[int]]
    maybe: Optional[Dict[str, Optional[float]]] = None


@dataclass
class WithFile:
    file: FlyteFile
    folder: FlyteDirectory
    note: str = ""


@dataclass_json
@dataclass
class OldStyle:
    a: int
    b: List[str]


@dataclass
class OldMixin(DataClassJsonMixin):
    a: int


@dataclass
class NewMixin(DataClassJSONMixin):
    a: int
    b: Optional[str] = None


@dataclass(frozen=True)
class Frozen:
    numbers: typing.Tuple[int, ...]
    pair: typing.Tuple[int, str]


@dataclass
class Base:
    a: int


@dataclass
class Derived(Base):
    b: str = "b"

    def __post_init__(self):
        self.b = self.b + "!"


class Model(BaseModel):
    name: str = Field(min_length=1)
    size: int = 3
    parts: List["Part"] = []


class Part(BaseModel):
    weight: float
    kind: Kind = Kind.DOG


Model.model_rebuild()


@task
def move(point: Point, by: int) -> Point:
    return Point(point.x + by, point.y + by)


@task
def origin() -> Point:
    return Point(0)


@task
def grow(shape: Shape) -> Shape:
    return Shape(shape.name * 2, shape.corners + [Point(9)], {**shape.tags, "n": len(shape.corners)}, Kind.DOG)


@task
def describe(shape: Shape) -> str:
    return repr(shape)


@task
def later(times: Times) -> Times:
    return Times(times.at + times.length, times.day + timedelta(1), times.length * 2)


@task
def choose(choice: Choice) -> Choice:
    return Choice([1, 2] if isinstance(choice.value, int) else 7, choice.maybe)


@task
def files_inside(file: FlyteFile) -> WithFile:
    import os

    os.makedirs("made", exist_ok=True)
    with open("made/part.txt", "w") as part:
        part.write("part")
    return WithFile(file, FlyteDirectory("made"), "kept")


@task
def read_files_inside(record: WithFile) -> str:
    import os

    with open(record.file) as file:
        return f"{file.read()} {sorted(os.listdir(record.folder))} {record.note}"


@task
def old_style(record: OldStyle) -> OldStyle:
    return OldStyle(record.a + 1, record.b + ["x"])


@task
def old_mixin(record: OldMixin) -> OldMixin:
    return OldMixin(record.a + 1)


@task
def new_mixin(record: NewMixin) -> NewMixin:
    return NewMixin(record.a + 1, "b")


@task
def frozen(record: Frozen) -> Frozen:
    return Frozen(record.numbers + (1,), (record.pair[0] + 1, record.pair[1]))


@task
def derived(record: Derived) -> Base:
    return Base(len(record.b))


@task
def many(points: List[Point], named: Dict[str, Point]) -> Dict[str, List[Point]]:
    return {name: [point, *points] for name, point in named.items()}


@task
def maybe_point(point: Optional[Point] = None) -> Optional[Point]:
    return Point(1) if point is None else None


@task
def either(value: Union[Point, Part]) -> str:
    return repr(value)


@task
def model(value: Model) -> Model:
    return Model(name=value.name + "!", size=value.size + 1, parts=[*value.parts, Part(weight=1)])


@task
def models(values: List[Model]) -> Dict[str, Model]:
    return {value.name: value for value in values}


@task
def wrong_field(a: int) -> Point:
    return Point("text", 1.0)


@task
def another_class(a: int) -> Point:
    return Base(a)


@task
def with_table(a: int) -> str:
    assert StructuredDataset is not None
    return Point.__name__


@dataclass
class Hyperparameters:
    learning_rate: float
    layers: List[int]
    optimizer: typing.Literal["adam", "sgd"] = "adam"
    schedule: Dict[str, float] = field(default_factory=dict)


@dataclass
class Metrics:
    loss: List[float]
    best: Optional[Point] = None


@dataclass
class Training:
    parameters: Hyperparameters
    metrics: Metrics
    finished: bool = False


@task
def start_training(learning_rate: float, layers: List[int]) -> Training:
    return Training(Hyperparameters(learning_rate, layers, schedule={"warmup": 0.1}), Metrics([]))


@task
def epoch(training: Training) -> Training:
    training.metrics.loss.append(training.parameters.learning_rate / (1 + len(training.metrics.loss)))
    training.metrics.best = Point(len(training.metrics.loss), min(training.metrics.loss))
    return training


@task
def finish(training: Training) -> typing.Tuple[float, Hyperparameters]:
    return training.metrics.best.y, training.parameters
