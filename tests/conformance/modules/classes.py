import functools
import typing
from dataclasses import dataclass
from typing import Any, Callable, Dict, List, Optional

from flytekit import Environment, PythonFunctionTask, PythonInstanceTask, Resources, TaskMetadata, current_context, kwtypes, task
from flytekit.core.base_task import IgnoreOutputs
from flytekit.core.class_based_resolver import ClassStorageTaskResolver
from flytekit.core.context_manager import ExecutionParameters, FlyteContextManager
from flytekit.core.utils import ClassDecorator
from flytekit.extend import Interface, TaskPlugins, TaskResolverMixin
from flytekit.extras.sqlite3.task import SQLite3Config, SQLite3Task
from flytekit.extras.tasks.shell import OutputLocation, ShellTask
from flytekit.types.file import FlyteFile


def logged(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        print(f"before {function.__name__} {args} {sorted(kwargs.items())}")
        result = function(*args, **kwargs)
        print("after", result)
        return result

    return wrapper


def adding(n: int) -> Callable:
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            return function(*args, **kwargs) + n

        return wrapper

    return decorate


def guarded(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except ZeroDivisionError as error:
            raise ValueError("guarded") from error

    return wrapper


class counted(ClassDecorator):
    def __init__(self, task_function: Optional[Callable] = None, label: str = "none"):
        super().__init__(task_function, label=label)
        self.label = label

    def execute(self, *args, **kwargs):
        return f"{self.label}: {self.task_function(*args, **kwargs)}"

    def get_extra_config(self):
        return {"label": self.label}


class Multiply(PythonInstanceTask):
    def __init__(self, name: str, by: int, **kwargs):
        super().__init__(name, task_config=None, interface=Interface(inputs={"x": int}, outputs={"product": int}), **kwargs)
        self.by = by

    def execute(self, **kwargs) -> Any:
        return kwargs["x"] * self.by


class Fails(PythonInstanceTask):
    def __init__(self, name: str):
        super().__init__(name, None, interface=Interface(kwtypes(x=int), kwtypes(o=int)))

    def execute(self, **kwargs):
        raise ValueError(f"{self.name} {kwargs}")


@dataclass
class Cluster:
    workers: int = 1
    ignored: bool = False


class ClusterTask(PythonFunctionTask[Cluster]):
    def __init__(self, task_config: Cluster, task_function: Callable, **kwargs):
        super().__init__(task_config, task_function, task_type="cluster", **kwargs)

    def pre_execute(self, user_params: ExecutionParameters) -> ExecutionParameters:
        return user_params.builder().add_attr("CLUSTER", f"{self.task_config.workers} workers").build()

    def execute(self, **kwargs) -> Any:
        kwargs["x"] += 1000
        return PythonFunctionTask.execute(self, **kwargs)

    def post_execute(self, user_params, rval):
        if self.task_config.ignored:
            raise IgnoreOutputs("not the first worker")
        return f"{rval} {user_params.cluster}"


TaskPlugins.register_pythontask_plugin(Cluster, ClusterTask)


@dataclass
class Unregistered:
    a: int = 1


class Shouting(TaskResolverMixin):
    @property
    def location(self) -> str:
        return "classes.shouting"

    def name(self) -> str:
        return "shouting"

    def load_task(self, loader_args: List[str]):
        return globals()[loader_args[0].lower()]

    def loader_args(self, settings, task) -> List[str]:
        return [task.task_function.__name__.upper()]

    def get_all_tasks(self):
        return [add]


shouting = Shouting()
stored = ClassStorageTaskResolver()


@task
def add(a: int, b: int = 2) -> int:
    return a + b


def build(n: int):
    @task(task_resolver=stored)
    @functools.wraps(add.task_function)
    def built(a: int, b: int = 2) -> int:
        return a * n

    return built


built = [build(3), build(4)]
for each in built:
    stored.add(each)


@task
@logged
def decorated(a: int, b: str = "b") -> str:
    return f"{a}{b}"


@task
@adding(10)
@adding(100)
def decorated_twice(a: int) -> int:
    return a


@task(cache=True, cache_version="1", retries=3)
@guarded
def decorated_and_failing(a: int) -> float:
    return 1 / a


@task
@counted(label="mine")
def class_decorated(a: int) -> str:
    return f"{a}"


@task
@counted
def class_decorated_bare(a: int) -> str:
    return f"{a}"


multiply = Multiply("multiply.by.three", 3)
multiply_with_metadata = Multiply("multiply.by.four", 4, metadata=TaskMetadata(retries=2), requests=Resources(cpu="1"))
fails = Fails("fails")


@task(task_config=Cluster(workers=3), requests=Resources(mem="1Gi"))
def on_cluster(x: int) -> str:
    return f"{x} {current_context().cluster}"


@task(task_config=Cluster(workers=3, ignored=True))
def on_ignored_worker(x: int) -> str:
    return f"{x}"


@task(task_config=Unregistered())
def unregistered(x: int) -> int:
    return x


environment = Environment(retries=2, container_image="image", environment={"A": "b"})


@environment.task
def in_environment(a: int) -> int:
    return a + 1


@environment.extend(retries=3).task(enable_deck=False)
def in_extended_environment(a: int) -> int:
    return a + 2


@task
def calls_a_task(a: int) -> int:
    return add(a=a, b=3) + 1


@task
def calls_an_instance(a: int) -> int:
    return multiply(x=a)


@task
def attributes(a: int) -> List[str]:
    return [
        add.name,
        on_cluster.task_type,
        repr(on_cluster.task_config),
        str(decorated_and_failing.metadata.retries),
        str(decorated_and_failing.metadata.cache),
        multiply.name,
        str(sorted(add.python_interface.inputs)),
        str(add.task_function(1, 2)),
        str(isinstance(on_cluster, PythonFunctionTask)),
        str(isinstance(multiply, PythonInstanceTask)),
        add.task_resolver.location,
    ]


shell = ShellTask(
    name="shell",
    script="""
    set -e
    echo "{inputs.text} {inputs.n}" > {outputs.made}
    """,
    inputs=kwtypes(text=str, n=int),
    output_locs=[OutputLocation(var="made", var_type=FlyteFile, location="{inputs.text}.txt")],
)
shell_fails = ShellTask(name="shell_fails", script="exit 3", inputs=kwtypes(n=int))
query = SQLite3Task(
    name="query",
    query_template="select name, size from items where size >= {{ .inputs.least }} order by name",
    inputs=kwtypes(least=int),
    task_config=SQLite3Config(uri="items.sqlite"),
)


@task
def make_database(n: int) -> str:
    import sqlite3

    with sqlite3.connect("items.sqlite") as connection:
        connection.execute("create table items (name text, size integer)")
        connection.executemany("insert into items values (?, ?)", [(f"item {index}", index) for index in range(n)])
    return "made"


@task
async def awaits_tasks(a: int) -> int:
    return a + 1
