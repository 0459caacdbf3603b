"""Tasks, and commands that name resolvers, for both libraries."""

from __future__ import annotations

from pathlib import Path

from tests.literals import collection, integer
from tests.runtime.peer import Case, literal_map, prepare
from tests.runtime.process import Result, io_arguments, start

NOTEBOOK = "flytekit.core.python_auto_container.default_notebook_task_resolver"
CLOUD_PICKLE = "flytekit.extras.cloud_pickle_resolver.experimental_cloud_pickle_resolver"
TEMPLATE = "flytekit.core.python_customized_container_task.default_task_template_resolver"
EAGER_FAILURE = "flytekit.core.python_function_task.eager_failure_task_resolver"
ARRAY_NODE = "flytekit.core.array_node_map_task.ArrayNodeMapTaskResolver"
LEGACY = "flytekit.core.legacy_map_task.MapTaskResolver"

IMPORTS = {
    "flytekit": """
from flytekit import task
from flytekit.core.array_node_map_task import ArrayNodeMapTaskResolver
from flytekit.core.base_task import TaskResolverMixin
from flytekit.core.class_based_resolver import ClassStorageTaskResolver
from flytekit.core.legacy_map_task import MapTaskResolver
from flytekit.core.shim_task import ShimTaskExecutor
from flytekit.core.tracker import TrackedInstance
from flytekit.core.base_task import IgnoreOutputs
""",
    "wingbeat": """
from wingbeat import ClassStorageTaskResolver, ShimTaskExecutor, TaskResolverMixin, TrackedInstance, task
from wingbeat.exceptions import IgnoreOutputs
from wingbeat.runtime.resolvers import ArrayNodeMapTaskResolver, MapTaskResolver
""",
}
SOURCE = """
import dataclasses
from typing import List

storage = ClassStorageTaskResolver()


@task
def double(a: int) -> int:
    return 2 * a


@task
def fails(a: int) -> int:
    raise ValueError("bad")


storage.add(double)
storage.add(fails)


class Own(TrackedInstance, TaskResolverMixin):
    def name(self):
        return "own"

    def load_task(self, loader_args):
        print(type(loader_args).__name__, *loader_args, self.location)
        if loader_args[0] == "nothing":
            return None
        return globals()[loader_args[0]]

    def loader_args(self, settings, t):
        return []

    def get_all_tasks(self):
        return []


own = Own()


class OwnMap(ArrayNodeMapTaskResolver):
    def load_task(self, loader_args, max_concurrency=0):
        print(loader_args, max_concurrency)
        return super().load_task(["vars", "", "resolver", "user_code.own", *loader_args], max_concurrency)


class OwnOldMap(MapTaskResolver):
    pass


class Executor(ShimTaskExecutor):
    def execute_from_model(self, tt, **inputs):
        say = tt.custom.get("say")
        print(tt.id.project, tt.id.name, tt.type, sorted(tt.custom.items()), tt.config, tt.task_type_version)
        print(tt.container.image, tt.container.args, tt.container.env, tt.metadata.retries.retries, tt.metadata.timeout)
        print(sorted(tt.interface.inputs), tt.interface.outputs["o0"].type.simple, tt.k8s_pod, tt.sql)
        print([(one.name, one.value) for one in tt.container.resources.requests], tt.metadata.generates_deck)
        if say == "raise":
            raise ValueError("bad")
        if say == "ignore":
            raise IgnoreOutputs("not me")
        return eval(say, {**globals(), **inputs})


@dataclasses.dataclass
class Point:
    x: int


not_an_executor = 3
"""
ONE = literal_map(a=integer(21))


def case(resolver: str, *arguments: str, **more: object) -> Case:
    command = [*io_arguments(), "--resolver", resolver, "--", *arguments]
    inputs = more.pop("inputs", ONE)
    return Case("", inputs, source=SOURCE, imports=IMPORTS, arguments=command, **more)


def map_case(resolver: str, *arguments: str, text: str = "all") -> Case:
    env = {"BATCH_JOB_ARRAY_INDEX_VAR_NAME": "INDEX", "INDEX": "1"}
    inputs = literal_map(a=collection(integer(1), integer(21)))
    return case(resolver, *arguments, inputs=inputs, env=env, program="map-execute", text=text)


def wingbeat(folder: Path, one: Case) -> Result:
    return start(folder, prepare(folder, one, "wingbeat"), one.env, one.program)


def same(ours: Result, theirs: Result, text: str = "all") -> None:
    assert (ours.status, ours.files) == (theirs.status, theirs.files), ours.stderr
    assert ours.outputs == theirs.outputs
    assert (ours.error is None) == (theirs.error is None)
    if ours.error is not None and theirs.error is not None:
        for part in ("code", "kind", "origin"):
            assert getattr(ours.error, part) == getattr(theirs.error, part), part
        if text == "all":
            assert ours.message == theirs.message
        elif text == "class":
            assert ours.message.partition(":")[0] == theirs.message.partition(":")[0]
