"""What `--resolver` may name: the same commands through both libraries, with each one's own resolvers."""

from __future__ import annotations

import base64
import subprocess
import sys
from pathlib import Path

import pytest

from tests.runtime.peer import INTERPRETER, Case, Oracle
from tests.runtime.process import RESOLVER, Result
from tests.runtime.resolver_cases import (
    ARRAY_NODE,
    CLOUD_PICKLE,
    EAGER_FAILURE,
    NOTEBOOK,
    TEMPLATE,
    case,
    map_case,
    same,
    wingbeat,
)
from wingbeat.runtime import resolvers

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
    assert (result.error.code, result.error.kind, result.error.origin) == ("USER:NotCovered", 0, 1)
    assert "flytekit itself has pickled it; flytekit itself is not installed here" in result.message


@pytest.mark.parametrize("file", ["task", "number"])
def test_a_pickled_task(file: str, oracle: Oracle, packed: dict[str, Path], tmp_path: Path) -> None:
    theirs, ours = both_packed(oracle, tmp_path, packed, case(CLOUD_PICKLE, "PACKED"), file)
    same(ours, theirs, "")


def test_a_map_task_with_what_is_no_class(tmp_path: Path) -> None:
    result = wingbeat(tmp_path, map_case("user_code.own", "double"))
    assert (result.status, result.files) == (1, {"error.pb"})
    assert "user_code.own is an instance of Own, expected the class of a resolver" in result.message


def test_failed_eager_tasks_are_left_to_flytekit(tmp_path: Path) -> None:
    result = wingbeat(tmp_path, case(EAGER_FAILURE, "eager", "failure", "handler"))
    assert result.error is not None
    assert (result.error.code, result.error.kind, result.error.origin) == ("USER:NotCovered", 0, 1)
    assert "eager_failure_task_resolver is not covered by wingbeat" in result.message


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
