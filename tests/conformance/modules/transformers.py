import typing
from dataclasses import dataclass
from typing import Annotated, Dict, List, Optional, Type, Union

from flytekit import Blob, BlobMetadata, BlobType, FlyteContext, HashMethod, Literal, LiteralType, Scalar, task
from flytekit.core.type_engine import AsyncTypeTransformer, DataclassTransformer, SimpleTransformer
from flytekit.extend import TypeEngine, TypeTransformer
from flytekit.models.literals import LiteralCollection, LiteralMap, Primitive, Void
from flytekit.models.types import SimpleType


class Celsius:
    def __init__(self, degrees: float):
        self.degrees = degrees


class CelsiusTransformer(TypeTransformer[Celsius]):
    def __init__(self):
        super().__init__(name="celsius", t=Celsius)

    def get_literal_type(self, t: Type[Celsius]) -> LiteralType:
        return LiteralType(simple=SimpleType.FLOAT)

    def to_literal(self, ctx: FlyteContext, python_val: Celsius, python_type: Type[Celsius], expected: LiteralType) -> Literal:
        return Literal(scalar=Scalar(primitive=Primitive(float_value=python_val.degrees)))

    def to_python_value(self, ctx: FlyteContext, lv: Literal, expected_python_type: Type[Celsius]) -> Celsius:
        if lv.scalar.primitive.float_value < -273.15:
            raise ValueError("colder than cold")
        return Celsius(lv.scalar.primitive.float_value)


class Document:
    def __init__(self, text: str):
        self.text = text


class DocumentTransformer(TypeTransformer[Document]):
    FORMAT = BlobType(format="document", dimensionality=BlobType.BlobDimensionality.SINGLE)

    def __init__(self):
        super().__init__(name="document", t=Document)

    def get_literal_type(self, t):
        return LiteralType(blob=self.FORMAT)

    def to_literal(self, ctx, python_val, python_type, expected):
        local = ctx.file_access.get_random_local_path()
        with open(local, "w") as file:
            file.write(python_val.text)
        remote = ctx.file_access.put_raw_data(local)
        return Literal(scalar=Scalar(blob=Blob(metadata=BlobMetadata(type=self.FORMAT), uri=remote)))

    def to_python_value(self, ctx, lv, expected_python_type):
        local = ctx.file_access.get_random_local_path()
        ctx.file_access.get_data(lv.scalar.blob.uri, local, is_multipart=False)
        with open(local) as file:
            return Document(file.read())

    def to_html(self, ctx, python_val, expected_python_type):
        return f"<pre>{python_val.text}</pre>"


class Slow:
    def __init__(self, n: int):
        self.n = n


class SlowTransformer(AsyncTypeTransformer[Slow]):
    def __init__(self):
        super().__init__(name="slow", t=Slow)

    def get_literal_type(self, t):
        return LiteralType(simple=SimpleType.INTEGER)

    async def async_to_literal(self, ctx, python_val, python_type, expected):
        import asyncio

        await asyncio.sleep(0)
        return Literal(scalar=Scalar(primitive=Primitive(integer=python_val.n)))

    async def async_to_python_value(self, ctx, lv, expected_python_type):
        return Slow(lv.scalar.primitive.integer)


class Version(tuple):
    pass


class Money:
    def __init__(self, cents: int):
        self.cents = cents


TypeEngine.register(CelsiusTransformer())
TypeEngine.register(DocumentTransformer())
TypeEngine.register(SlowTransformer())
TypeEngine.register(
    SimpleTransformer(
        "money",
        Money,
        LiteralType(simple=SimpleType.INTEGER),
        lambda value: Literal(scalar=Scalar(primitive=Primitive(integer=value.cents))),
        lambda literal: Money(literal.scalar.primitive.integer),
    )
)


class Pickled:
    def __init__(self, a: int):
        self.a = a

    def __repr__(self):
        return f"Pickled({self.a})"


@task
def warmer(temperature: Celsius) -> Celsius:
    return Celsius(temperature.degrees + 1)


@task
def warmest(temperatures: List[Celsius]) -> Dict[str, Celsius]:
    return {"warmest": max(temperatures, key=lambda value: value.degrees)}


@task
def maybe_warm(temperature: Optional[Celsius]) -> Optional[Celsius]:
    return temperature


@task
def document(text: str) -> Document:
    return Document(text)


@task(enable_deck=True)
def shout(document: Document) -> Document:
    return Document(document.text.upper())


@task
def documents(texts: List[str]) -> List[Document]:
    return [Document(text) for text in texts]


@task
def slow(value: Slow) -> Slow:
    return Slow(value.n + 1)


@task
def money(value: Money) -> Money:
    return Money(value.cents * 2)


@task
def wrong_class(a: int) -> Celsius:
    return Document("x")


@task
def pickled(value: Pickled) -> Pickled:
    return Pickled(value.a + 1)


@task
def pickles(n: int) -> List[Pickled]:
    return [Pickled(index) for index in range(n)]


@task
def hashed(a: int) -> Annotated[Celsius, HashMethod(lambda value: f"{value.degrees}")]:
    return Celsius(float(a))


@task
def engine(a: int) -> List[str]:
    ctx = FlyteContext.current_context()
    literal = TypeEngine.to_literal(ctx, [a, 2], List[int], TypeEngine.to_literal_type(List[int]))
    back = TypeEngine.to_python_value(ctx, literal, List[int])
    return [
        str(isinstance(literal, Literal)),
        str(isinstance(literal.collection, LiteralCollection)),
        repr(back),
        TypeEngine.get_transformer(Celsius).name,
        TypeEngine.get_transformer(int).name,
        str(TypeEngine.to_literal_type(Dict[str, float]).map_value_type.simple),
        repr(TypeEngine.guess_python_type(LiteralType(simple=SimpleType.STRING))),
    ]


@task
def model_objects(a: int) -> str:
    literal = Literal(scalar=Scalar(none_type=Void()))
    several = LiteralMap(literals={"a": Literal(scalar=Scalar(primitive=Primitive(integer=a)))})
    again = LiteralMap.from_flyte_idl(several.to_flyte_idl())
    return f"{literal.scalar.none_type is not None} {again.literals['a'].scalar.primitive.integer} {again == several}"
