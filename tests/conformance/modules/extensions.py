"""What plugins and advanced modules build on."""

import os
import typing
from typing import Annotated, Any, Dict, Generator, List, Type

import flytekit
from flytekit import FlyteContext, FlyteContextManager, FlyteDirectory, FlyteFile, Literal, LiteralType, StructuredDataset
from flytekit import BatchSize, StructuredDatasetFormat, kwtypes, lazy_module, new_context, task
from flytekit.configuration import FastSerializationSettings
from flytekit.core.promise import Promise
from flytekit.core.python_function_task import AsyncPythonFunctionTask
from flytekit.core.type_engine import DictTransformer, ListTransformer, UnionTransformer
from flytekit.exceptions.eager import EagerException
from flytekit.extend import (
    FileAccessProvider,
    Image,
    ImageConfig,
    Interface,
    PythonTask,
    SecretsManager,
    SerializationSettings,
    TaskPlugins,
    TypeEngine,
    TypeTransformer,
)
from flytekit.models import literals, types
from flytekit.models.core.identifier import Identifier, ResourceType, WorkflowExecutionIdentifier
from flytekit.models.interface import Parameter, TypedInterface, Variable
from flytekit.models.literals import LiteralMap
from flytekit.sensor.file_sensor import FileSensor
from flytekit.testing import task_mock
from flytekit.types.error.error import FlyteError
from flytekit.types.structured import register_csv_handlers

pandas = lazy_module("pandas")
register_csv_handlers()


class Raw(PythonTask):
    """Takes and makes literals itself."""

    def __init__(self, name: str):
        super().__init__("raw", name, None, interface=Interface(kwtypes(x=int), kwtypes(o0=int)))

    def dispatch_execute(self, ctx: FlyteContext, input_literal_map: LiteralMap) -> LiteralMap:
        number = input_literal_map.literals["x"].scalar.primitive.integer
        result = TypeEngine.to_literal(ctx, number + 1, int, TypeEngine.to_literal_type(int))
        return LiteralMap(literals={"o0": result})

    def execute(self, **kwargs) -> Any:
        raise AssertionError("not called")


raw = Raw("raw")


class Timed:
    pass


class TimedTask(AsyncPythonFunctionTask[Timed]):
    def __init__(self, task_config: Timed, task_function: typing.Callable, **kwargs):
        super().__init__(task_config, task_function, task_type="timed", **kwargs)

    async def async_execute(self, *args, **kwargs) -> Any:
        return await super().async_execute(*args, **kwargs) * 2


TaskPlugins.register_pythontask_plugin(Timed, TimedTask)


class Tag(str):
    pass


class TagTransformer(TypeTransformer[Tag]):
    def __init__(self):
        super().__init__("tag", Tag)

    def get_literal_type(self, t: Type[Tag]) -> LiteralType:
        return LiteralType(simple=types.SimpleType.STRING)

    def to_literal(self, ctx, python_val, python_type, expected) -> Literal:
        text = literals.Primitive(string_value=f"<{python_val}>")
        return Literal(scalar=literals.Scalar(primitive=text))

    def to_python_value(self, ctx, lv, expected_python_type) -> Tag:
        return Tag(lv.scalar.primitive.string_value.strip("<>"))


TypeEngine.register(TagTransformer())


@task(task_config=Timed())
async def timed(a: int) -> int:
    return a


@task
def tagged(tags: List[Tag]) -> Dict[str, Tag]:
    return {tag: Tag(tag * 2) for tag in tags}


@task
def types_of_engine(a: int) -> List[str]:
    return [
        type(TypeEngine.get_transformer(Dict[str, int])).__name__,
        str(isinstance(TypeEngine.get_transformer(Dict[str, int]), DictTransformer)),
        str(isinstance(TypeEngine.get_transformer(List[int]), ListTransformer)),
        str(isinstance(TypeEngine.get_transformer(typing.Optional[int]), UnionTransformer)),
        repr(UnionTransformer.is_optional_type(typing.Optional[int])),
        repr(DictTransformer.extract_types(Dict[str, int])),
        repr(ListTransformer.get_sub_type(List[int])),
        repr(TypeEngine.dict_to_literal_map(FlyteContext.current_context(), {"a": a}).literals["a"].scalar.primitive.integer),
        repr(TypeEngine.literal_map_to_kwargs(
            FlyteContext.current_context(), LiteralMap({"a": TypeEngine.to_literal(
                FlyteContext.current_context(), a, int, TypeEngine.to_literal_type(int))}), {"a": int})),
    ]


@task
def settings(a: int) -> List[str]:
    image = Image.look_up_image_info("name", "registry/image:v1")
    made = SerializationSettings(
        image_config=ImageConfig(default_image=image, images=[image]),
        project="p",
        domain="d",
        version="v",
        fast_serialization_settings=FastSerializationSettings(enabled=True, destination_dir="/root"),
    )
    again = SerializationSettings.from_transport(made.serialized_context)
    return [image.full, made.version, str(made.should_fast_serialize()), again.image_config.default_image.full]


@task
def models(a: int) -> List[str]:
    identifier = Identifier(ResourceType.TASK, "p", "d", "n", "v")
    again = Identifier.from_flyte_idl(identifier.to_flyte_idl())
    execution = WorkflowExecutionIdentifier("p", "d", "n")
    variable = Variable(LiteralType(simple=types.SimpleType.INTEGER), "described")
    interface = TypedInterface(inputs={"a": variable}, outputs={})
    return [
        str(again == identifier),
        again.name,
        execution.project,
        interface.inputs["a"].description,
        str(TypedInterface.from_flyte_idl(interface.to_flyte_idl()).inputs["a"].type.simple),
        str(Parameter(variable, required=True).required),
    ]


@task
def contexts(a: int) -> str:
    with new_context() as inner:
        inside = FlyteContextManager.current_context() is inner
    access = FileAccessProvider(os.path.abspath("sandbox"), os.path.abspath("elsewhere"))
    with FlyteContextManager.with_context(FlyteContextManager.current_context().with_file_access(access)) as ctx:
        literal = TypeEngine.to_literal(ctx, FlyteFile(__file__), FlyteFile, TypeEngine.to_literal_type(FlyteFile))
    return f"{inside} {os.path.relpath(literal.scalar.blob.uri).split(os.sep)[0]}"


@task
def raises_eager(a: int) -> int:
    raise EagerException("from an eager task")


@task
def error_value(error: FlyteError) -> str:
    return f"{error.message} {error.failed_node_id}"


@task
def lazily(a: int) -> int:
    return int(pandas.Series([a, a]).sum())


@task
def batched(directory: Annotated[FlyteDirectory, BatchSize(2)]) -> List[str]:
    return sorted(os.listdir(directory))


@task
def formats(a: int) -> List[str]:
    return [str(StructuredDatasetFormat), str(isinstance(a, Promise)), str(SecretsManager().get.__name__)]


@task
def mocked(a: int) -> int:
    with task_mock(inner) as mock:
        mock.return_value = 7
        return inner(a=a)


@task
def inner(a: int) -> int:
    return a


@task
def version(a: int) -> bool:
    return bool(flytekit.__version__) and FileSensor.__name__ == "FileSensor"


@task
def generated(n: int) -> List[int]:
    def numbers() -> Generator[int, None, None]:
        yield from range(n)

    return list(numbers())


@task
def large(n: int) -> typing.Tuple[List[int], str]:
    return list(range(n)), "small"


sensor = FileSensor(name="sensor")
