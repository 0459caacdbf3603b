"""What `--resolver` may name: the same commands through both libraries, with each one's own resolvers."""

from __future__ import annotations

import base64
import subprocess
import sys
from pathlib import Path

import pytest
from flyteidl.core import literals_pb2, tasks_pb2, types_pb2

from tests.literals import collection, integer, mapping, primitive
from tests.runtime.peer import INTERPRETER, Case, Oracle, literal_map, prepare
from tests.runtime.process import RESOLVER, Result, io_arguments, start
from wingbeat.runtime import resolvers

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
from wingbeat import task
from wingbeat.authoring.tracking import TrackedInstance
from wingbeat.exceptions import IgnoreOutputs
from wingbeat.runtime.resolvers import ArrayNodeMapTaskResolver, ClassStorageTaskResolver, MapTaskResolver
from wingbeat.runtime.resolvers import ShimTaskExecutor, TaskResolverMixin
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


STORAGE = "user_code.storage"
CASES = {
    "the first of a list": case(STORAGE, "0"),
    "the last of a list": case(STORAGE, "-1"),
    "none of a list": case(STORAGE, "2", text="class"),
    "no number": case(STORAGE, "one"),
    "two numbers": case(STORAGE, "0", "1", text="class"),
    "one of the user's own": case("user_code.own", "double", "more"),
    "what finds nothing": case("user_code.own", "nothing", text=""),
    "what raises": case("user_code.own", "no_such"),
    "a class where an instance is expected": case("user_code.Own", "double", text="class"),
    "not a resolver": case("user_code.Point", "double", text="class"),
    "pickles: nothing packed": case(CLOUD_PICKLE, "AAAA", text="class"),
    "pickles: no base64": case(CLOUD_PICKLE, "é", text="class"),
    "notebook: no file": case(NOTEBOOK, "entity-name", "double"),
    "notebook: too few words": case(NOTEBOOK, "entity-name", text="class"),
    "template: no file": case(TEMPLATE, "task.pb", "user_code.Executor", text=""),
    "a resolver for map tasks": case(ARRAY_NODE, "vars", "", "resolver", STORAGE, "0", text="class"),
    "map: an instance inside": map_case(ARRAY_NODE, "vars", "", "resolver", STORAGE, "0"),
    "map: one of the user's own inside": map_case(ARRAY_NODE, "vars", "", "resolver", "user_code.own", "double"),
    "map: one of the user's own": map_case("user_code.OwnMap", "double"),
    "map: too few words": map_case(ARRAY_NODE, "vars", "", "resolver", text="class"),
    "map: no arguments for the resolver inside": map_case(ARRAY_NODE, "vars", "", "resolver", STORAGE, text="class"),
    "map: a resolver inside that is not there": map_case(ARRAY_NODE, "vars", "", "resolver", "no_such.one", "x"),
}


@pytest.mark.parametrize("name", CASES)
def test_the_outcome_is_the_same(name: str, oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, CASES[name])
    same(ours, theirs, CASES[name].text)
    if theirs.error is None:  # else flytekit's log is there too
        assert ours.stdout == theirs.stdout


def test_the_older_kind_of_map_task_is_known_by_its_name(oracle: Oracle, tmp_path: Path) -> None:
    """Also of a class derived from it; its elements have a folder each."""
    one = map_case("user_code.OwnOldMap", "vars", "", "resolver", STORAGE, "0")
    for run in (oracle.ask, wingbeat):
        assert run(tmp_path, one).files == {"1"}
        assert tmp_path.joinpath("out", "1", "outputs.pb").exists()


PACKING = """
import base64, gzip, sys
import cloudpickle
{imports}

@task
def double(a: int) -> int:
    return 2 * a


@task
def fails(a: int) -> int:
    if a:
        raise ValueError("bad")
    return a


def pack(name, content):
    with gzip.open(name, "wb") as file:
        cloudpickle.dump(content, file)


here = "%d.%d.1" % sys.version_info[:2]
pack("good", PickledEntity(PickledEntityMetadata(here), {{"double": double, "fails": fails}}))
pack("old", PickledEntity(PickledEntityMetadata("2.7.18"), {{"double": double}}))
pack("other", 3)
with open("task", "wb") as file:
    file.write(base64.b64encode(cloudpickle.dumps(double)))
with open("number", "wb") as file:
    file.write(base64.b64encode(cloudpickle.dumps(3)))
"""
PACKING_IMPORTS = {
    "flytekit": (
        "from flytekit import task\n"
        "from flytekit.core.python_auto_container import PickledEntity, PickledEntityMetadata\n"
    ),
    "wingbeat": (
        "from wingbeat import task\nfrom wingbeat.runtime.resolvers import PickledEntity, PickledEntityMetadata\n"
    ),
}


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """What each library packs of a script's tasks."""
    folders = {}
    for library, interpreter in (("flytekit", INTERPRETER), ("wingbeat", sys.executable)):
        folder = folders[library] = tmp_path_factory.mktemp(library)
        folder.joinpath("script.py").write_text(PACKING.format(imports=PACKING_IMPORTS[library]), "utf-8")
        subprocess.run([interpreter, "script.py"], cwd=folder, check=True, timeout=60)
    return folders


def both_packed(oracle: Oracle, folder: Path, packed: dict[str, Path], one: Case, file: str) -> tuple[Result, Result]:
    found = []
    for library, run in (("flytekit", oracle.ask), ("wingbeat", wingbeat)):
        content = packed[library].joinpath(file).read_bytes()
        folder.joinpath("pkl.gz").write_bytes(content)
        assert one.arguments is not None
        arguments = [content.decode() if argument == "PACKED" else argument for argument in one.arguments]
        files = {} if "PACKED" in one.arguments else {"pkl.gz": content}
        if not files:
            folder.joinpath("pkl.gz").unlink()
        found.append(run(folder, Case("", one.inputs, one.env, arguments=arguments, source="", files=files)))
    return found[0], found[1]


NOTEBOOK_CASES = {
    "a task": ("good", case(NOTEBOOK, "entity-name", "double")),
    "other words": ("good", case(NOTEBOOK, "x", "double", "more")),
    "a task that fails": ("good", case(NOTEBOOK, "entity-name", "fails")),
    "another task": ("good", case(NOTEBOOK, "entity-name", "triple", text="class")),
    "of another Python": ("old", case(NOTEBOOK, "entity-name", "double")),
    "something else": ("other", case(NOTEBOOK, "entity-name", "double", text="class")),
}


@pytest.mark.parametrize("name", NOTEBOOK_CASES)
def test_tasks_of_a_notebook(name: str, oracle: Oracle, packed: dict[str, Path], tmp_path: Path) -> None:
    file, one = NOTEBOOK_CASES[name]
    theirs, ours = both_packed(oracle, tmp_path, packed, one, file)
    same(ours, theirs, one.text)


def test_a_task_of_a_notebook_is_called_by_its_bare_name(packed: dict[str, Path], tmp_path: Path) -> None:
    one = case(NOTEBOOK, "entity-name", "fails", files={"pkl.gz": packed["wingbeat"].joinpath("good").read_bytes()})
    assert "Exception when executing task fails, reason" in wingbeat(tmp_path, one).stderr


def test_what_flytekit_has_packed_needs_flytekit(packed: dict[str, Path], tmp_path: Path) -> None:
    """The file's own classes are answered without it."""
    content = packed["flytekit"].joinpath("good").read_bytes()
    result = wingbeat(tmp_path, case(NOTEBOOK, "entity-name", "double", files={"pkl.gz": content}))
    assert result.error is not None
    assert (result.error.code, result.error.kind, result.error.origin) == ("USER:RuntimeError", 0, 1)
    assert result.message == "    ModuleNotFoundError: No module named 'flytekit'"


@pytest.mark.parametrize("file", ["task", "number"])
def test_a_pickled_task(file: str, oracle: Oracle, packed: dict[str, Path], tmp_path: Path) -> None:
    theirs, ours = both_packed(oracle, tmp_path, packed, case(CLOUD_PICKLE, "PACKED"), file)
    same(ours, theirs, "")


def template(say: str, **outputs: types_pb2.LiteralType) -> bytes:
    message = tasks_pb2.TaskTemplate(type="kind", task_type_version=3, config={"k": "v"})
    message.id.project, message.id.name = "p", "the.task"
    message.custom.update({"say": say, "number": 1})
    message.metadata.retries.retries = 2
    message.metadata.timeout.FromSeconds(5)
    message.metadata.generates_deck.value = True
    message.container.image = "image"
    message.container.args.extend(["a", "b"])
    message.container.env.add(key="A", value="b")
    message.container.resources.requests.add(name=1, value="2")
    message.interface.inputs.variables["a"].type.simple = 1
    for name, kind in outputs.items():
        message.interface.outputs.variables[name].type.CopyFrom(kind)
    return message.SerializeToString()


INTEGER, FLOAT, STRING, STRUCT = (types_pb2.LiteralType(simple=number) for number in (1, 2, 3, 9))
TEMPLATES = {
    "a number": template("2 * a", o0=INTEGER),
    "a number of another type than declared": template("2 * a", o0=FLOAT),
    "text": template("str(a)", o0=STRING),
    "a dict": template("{'a': a}", o0=STRUCT),
    "a dataclass": template("Point(a)", o0=STRUCT),
    "none": template("None", o0=types_pb2.LiteralType(simple=0)),
    "it raises": template("raise", o0=INTEGER),
    "too many": template("(a, 'x', 3)", o0=INTEGER, o1=STRING),
    "a tuple": template("(a, a)", o0=INTEGER),
}


def template_case(content: bytes, *more: str, inputs: bytes = ONE) -> Case:
    executor = more or ("user_code.Executor",)
    return case(TEMPLATE, "folder/task.pb", *executor, inputs=inputs, files={"folder/task.pb": content})


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_task_of_a_template(name: str, oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, template_case(TEMPLATES[name]))
    same(ours, theirs, "all" if name == "it raises" else "")
    if theirs.error is None:
        assert ours.stdout == theirs.stdout


FAILING_TEMPLATES = {
    "a wrong input": template_case(TEMPLATES["a number"], inputs=literal_map(a=primitive(string_value="x"))),
    "an unknown input": template_case(TEMPLATES["a number"], inputs=literal_map(b=integer(1))),
    "no executor": template_case(TEMPLATES["a number"], "user_code.NoSuch"),
    "a module that is not there": template_case(TEMPLATES["a number"], "no_such_module.Executor"),
    "not an executor": template_case(TEMPLATES["a number"], "user_code.not_an_executor"),
    "not a template": template_case(b"\x0a\xff"),
}


@pytest.mark.parametrize("name", FAILING_TEMPLATES)
def test_a_task_of_a_template_that_fails(name: str, oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, FAILING_TEMPLATES[name])
    assert theirs.error is not None
    same(ours, theirs, "")


@pytest.mark.parametrize(
    ("say", "declared", "expected"),
    [
        ("[a, 2]", types_pb2.LiteralType(collection_type=INTEGER), collection(integer(21), integer(2))),
        ("{'x': a}", types_pb2.LiteralType(map_value_type=INTEGER), mapping(x=integer(21))),
    ],
    ids=["list", "dict"],
)
def test_what_a_template_declares_of_elements_is_known(
    say: str,
    declared: types_pb2.LiteralType,
    expected: literals_pb2.Literal,
    oracle: Oracle,
    tmp_path: Path,
) -> None:
    """flytekit does not know what to make of a list or dict whose elements no annotation tells it."""
    theirs, ours = oracle.both(tmp_path, template_case(template(say, o0=declared)))
    assert theirs.error is not None
    assert ours.outputs is not None, ours.stderr
    assert ours.outputs.literals["o0"] == expected


def test_a_map_task_with_what_is_no_class(tmp_path: Path) -> None:
    result = wingbeat(tmp_path, map_case("user_code.own", "double"))
    assert (result.status, result.files) == (1, {"error.pb"})
    assert "user_code.own is an instance of Own, expected the class of a resolver" in result.message


def test_several_outputs_of_a_template_are_in_the_order_of_their_names(tmp_path: Path) -> None:
    """The template has none; flytekit's differs from process to process."""
    declared = {f"o{number}": INTEGER for number in range(12)}
    ours = wingbeat(tmp_path, template_case(template("range(a, a + 12)", **declared)))
    assert ours.outputs is not None, ours.stderr
    assert ours.outputs == literals_pb2.LiteralMap(literals={f"o{n}": integer(21 + n) for n in range(12)})


def test_a_template_that_is_ignored(oracle: Oracle, tmp_path: Path) -> None:
    """In flytekit it is an error."""
    theirs, ours = oracle.both(tmp_path, template_case(template("ignore", o0=INTEGER)))
    assert theirs.error is not None
    assert (ours.status, ours.files) == (0, set())


def test_failed_eager_tasks_are_left_to_flytekit(tmp_path: Path) -> None:
    result = wingbeat(tmp_path, case(EAGER_FAILURE, "eager", "failure", "handler"))
    assert result.error is not None
    assert (result.error.code, result.error.kind, result.error.origin) == ("USER:RuntimeError", 0, 1)
    assert result.message.startswith("    NotCoveredError: wingbeat does not terminate executions")


def test_flytekit_has_what_is_known_by_its_location() -> None:
    locations = [location.rpartition(".") for location in resolvers._KNOWN]
    lines = [f"from {module} import {name}" for module, _, name in locations]
    subprocess.run([INTERPRETER, "-c", "\n".join(lines)], check=True, timeout=60)


@pytest.mark.parametrize("name", resolvers.__all__)
def test_each_has_a_location_here_too(name: str) -> None:
    assert getattr(resolvers, name) is getattr(resolvers, name)
    assert name in dir(resolvers)


def test_a_location_of_wingbeats(tmp_path: Path) -> None:
    words = ("task-module", "user_code", "task-name", "double")
    result = wingbeat(tmp_path, case("wingbeat.runtime.resolvers.default_task_resolver", *words))
    assert result.outputs is not None, result.stderr
    mapped = map_case("wingbeat.runtime.resolvers.ArrayNodeMapTaskResolver", "vars", "", "resolver", RESOLVER, *words)
    assert wingbeat(tmp_path, mapped).outputs == result.outputs


def test_the_arguments_lead_back_to_the_task() -> None:
    from tests.runtime import tasks_of_resolvers as module

    for resolver, task in (
        (resolvers.default_task_resolver, module.default),
        (module.storage, module.stored),
        (resolvers.experimental_cloud_pickle_resolver, module.default),
    ):
        arguments = resolver.loader_args(None, task)
        assert all(isinstance(argument, str) for argument in arguments)
        assert resolver.load_task(arguments).name == task.name
    assert module.storage.location == "tests.runtime.tasks_of_resolvers.storage"
    assert base64.b64decode(resolvers.experimental_cloud_pickle_resolver.loader_args(None, 3)[0])
