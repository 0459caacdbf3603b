"""`wingbeat check`: what it says of tasks, and that runs say the same."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import Any

import pytest

from tests.cli.environments import Done, Environment, make
from tests.runtime.process import Result, collect, io_arguments, task_arguments
from wingbeat import InterfaceCodec


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment without flytekit."""
    return make(tmp_path_factory.mktemp("environments") / "without")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment with a flytekit that must not be imported."""
    made = make(tmp_path_factory.mktemp("environments") / "with")
    package = made.packages / "flytekit"
    package.mkdir()
    package.joinpath("__init__.py").write_text("raise SystemExit('flytekit was imported')\n", "utf-8")
    return made


def check(environment: Environment, folder: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
    """The exit status, and the modules by name."""
    done = environment.run("wingbeat", "check", "--json", *arguments, folder=folder)
    modules = {module["module"]: module for module in done.document["modules"]}
    verdicts = [module["verdict"] for module in modules.values()]
    assert done.document["verdict"] == max(verdicts, key=("wingbeat", "flytekit", "fails").index)
    assert done.status == (done.document["verdict"] != "wingbeat")
    return done.status, modules


def check_source(environment: Environment, folder: Path, source: str) -> dict[str, Any]:
    """The report on a module with this source."""
    folder.joinpath("shop.py").write_text(textwrap.dedent(source), "utf-8")
    return check(environment, folder, "shop")[1]["shop"]


def check_body(environment: Environment, folder: Path, before: str, body: str) -> list[tuple[str, int]]:
    """What the one task of a module needs flytekit for: names and lines, counted from the first of the body."""
    lines = ["import flytekit", "from flytekit import task", *textwrap.dedent(before).strip().splitlines()]
    lines += ["", "@task", "def one(a: int) -> int:"]
    source = "\n".join([*lines, textwrap.indent(textwrap.dedent(body).strip(), "    "), "    return a", ""])
    (found,) = check_source(environment, folder, source)["tasks"]
    assert found["error"] is None
    assert {reason["file"] for reason in found["reasons"]} <= {str(folder / "shop.py")}
    assert {reason["when"] for reason in found["reasons"]} <= {"reached"}
    assert found["verdict"] == ("flytekit" if found["reasons"] else "wingbeat")
    return [(reason["name"], reason["line"] - len(lines)) for reason in found["reasons"]]


COVERED = """
    from dataclasses import dataclass
    from datetime import datetime
    from typing import Dict, List, Optional

    from flytekit import FlyteFile, task
    from flytekit.types.file import CSVFile
    from pydantic import BaseModel

    @dataclass
    class Order:
        number: int
        at: datetime

    @dataclass
    class Files:
        one: FlyteFile

    class Model(BaseModel):
        a: int

    class Own:
        pass

    @task
    def rust(a: List[Order], b: Optional[Dict[str, float]] = None) -> int:
        return len(a)

    @task
    def python(a: FlyteFile, b: CSVFile, c: Own, d: List[Own], e: Files, f: Model) -> Model:
        return f
"""


def test_how_types_are_converted(environment: Environment, tmp_path: Path) -> None:
    found = check_source(environment, tmp_path, COVERED)
    assert (found["verdict"], found["reasons"], found["error"]) == ("wingbeat", [], None)
    rust, python = found["tasks"]
    assert (rust["name"], rust["verdict"]) == ("rust", "wingbeat")
    assert rust["inputs"] == [
        {"name": "a", "type": "list[Order]", "by": "rust", "python": []},
        {"name": "b", "type": "dict[str, float] | None", "by": "rust", "python": []},
    ]
    assert rust["outputs"] == [{"name": "o0", "type": "int", "by": "rust", "python": []}]
    assert [(one["name"], one["by"], one["python"]) for one in python["inputs"]] == [
        ("a", "python", ["FlyteFilePath"]),
        ("b", "python", ["FlyteFilePath"]),
        ("c", "python", ["FlytePickle"]),
        ("d", "both", ["FlytePickle"]),
        ("e", "both", ["FlyteFile, which converts itself"]),
        ("f", "both", ["Model, which converts itself"]),
    ]


def test_the_text(environment: Environment, tmp_path: Path) -> None:
    source = """
        from flytekit import task
        from flytekit.remote import FlyteRemote


        @task
        def plain(a: int) -> str:
            return str(a)


        @task
        def remote(a: int):
            FlyteRemote(None)
    """
    tmp_path.joinpath("shop.py").write_text(textwrap.dedent(source), "utf-8")
    tmp_path.joinpath("lists.py").write_text("NAMES = []\n", "utf-8")
    done = environment.run("wingbeat", "check", "shop", "lists", folder=tmp_path)
    assert (done.status, done.err) == (1, "")
    assert done.out == textwrap.dedent(
        f"""\
        shop:
          plain: runs on wingbeat
            a: int     Rust
            → o0: str  Rust
          remote: falls back to flytekit when it gets there
            because of flytekit.remote.FlyteRemote at {tmp_path}/shop.py:13: it talks to a Flyte cluster
            a: int  Rust

        lists: no tasks

        2 tasks: 1 on wingbeat, 1 on flytekit, 0 failing
        """
    )


@pytest.mark.parametrize(
    ("before", "body", "expected"),
    [
        ("from flytekit.remote import FlyteRemote", "FlyteRemote(a)", [("flytekit.remote.FlyteRemote", 1)]),
        ("import flytekit.remote as r", "x = [r.FlyteRemote]", [("flytekit.remote.FlyteRemote", 1)]),
        ("", "flytekit.remote.FlyteRemote.auto()", [("flytekit.remote.FlyteRemote.auto", 1)]),
        ("", "from flytekit.remote import FlyteRemote as R\nR()", [("flytekit.remote.FlyteRemote", 2)]),
        ("", "import flytekit.remote\nflytekit.remote.FlyteRemote()", [("flytekit.remote.FlyteRemote", 2)]),
        ("", "import flytekit.remote as r\nr.FlyteRemote()", [("flytekit.remote.FlyteRemote", 2)]),
        ("", "from flytekitplugins.spark import Spark", [("flytekitplugins.spark", 1)]),
        ("", "flytekit.no_such_name(a)", [("flytekit.no_such_name", 1)]),
        ("", "try:\n    pass\nexcept flytekit.exceptions.user.FlyteAssertion:\n    pass", []),
        ("from flytekit.remote import FlyteRemote", "x: FlyteRemote = a", []),
        ("from flytekit.remote import FlyteRemote", "FlyteRemote = a", []),
        ("from flytekit.remote import FlyteRemote\n\nx = FlyteRemote is None", "print(a)", []),
        ("import json", "json.dumps(flytekit.current_context().execution_id.name)", []),
    ],
)
def test_names_that_a_task_uses(
    before: str, body: str, expected: list[tuple[str, int]], environment: Environment, tmp_path: Path
) -> None:
    assert check_body(environment, tmp_path, before, body) == expected


HELPERS = """
    from flytekit.remote import FlyteRemote
    from functools import partial, wraps
    import helpers

    def direct(a):
        return nested(a)

    def nested(a):
        return [FlyteRemote(x) for x in range(a)]

    class Client:
        def __init__(self):
            self.remote = FlyteRemote()

    class Lazily:
        @property
        def remote(self):
            return FlyteRemote()

        @staticmethod
        def nothing():
            return None

    bound = partial(direct, 1)

    def decorated(function):
        @wraps(function)
        def wrapper(*args):
            return function(*args)
        return wrapper

    @decorated
    def inner(a):
        return FlyteRemote(a)

    @task
    def other(a: int) -> int:
        return FlyteRemote(a)
"""


@pytest.mark.parametrize(
    "body", ["direct(a)", "Client()", "Lazily().remote", "bound()", "inner(a)", "other(a=a)", "helpers.remote(a)"]
)
def test_what_a_task_calls_is_looked_at(body: str, environment: Environment, tmp_path: Path) -> None:
    tmp_path.joinpath("helpers.py").write_text(
        "from flytekit.remote import FlyteRemote\n\n\ndef remote(a):\n    return FlyteRemote(a)\n", "utf-8"
    )
    source = (
        f"from flytekit import task\n{textwrap.dedent(HELPERS)}\n@task\ndef one(a: int) -> int:\n    return {body}\n"
    )
    one = check_source(environment, tmp_path, source)["tasks"][-1]
    assert one["name"] == "one"
    assert [reason["name"] for reason in one["reasons"]] == ["flytekit.remote.FlyteRemote"]


GRAPHS = """
    from flytekit import LaunchPlan, dynamic, eager, map_task, reference_task, task, workflow
    from other import elsewhere

    @task
    def plain(a: int) -> int:
        return a

    @dynamic
    def graph(a: int) -> int:
        return plain(a=a)

    @eager
    async def started(a: int) -> int:
        return 1

    @task
    def calls(a: int) -> int:
        return graph(a=a)

    @workflow
    def flow(a: int) -> int:
        return calls(a=a)

    @reference_task(project="p", domain="d", name="n", version="v")
    def far(a: int) -> int:
        ...

    plan = LaunchPlan.get_default_launch_plan(None, flow)
    many = map_task(plain)
    again = plain
"""


def test_which_tasks_a_module_has(environment: Environment, tmp_path: Path) -> None:
    """Neither workflows nor tasks of others, and each once; what makes graphs while it runs is flytekit's."""
    other = "from flytekit import task\n\n\n@task\ndef elsewhere() -> int:\n    return 1\n"
    tmp_path.joinpath("other.py").write_text(other, "utf-8")
    tasks = {task["name"]: task for task in check_source(environment, tmp_path, GRAPHS)["tasks"]}
    verdicts = {name: task["verdict"] for name, task in tasks.items()}
    assert verdicts == {"plain": "wingbeat", "graph": "flytekit", "started": "flytekit", "calls": "flytekit"}
    why = {name: [(one["name"], one["when"]) for one in task["reasons"]] for name, task in tasks.items()}
    assert why["graph"] == [("flytekit.dynamic", "always")]
    assert why["started"] == [("flytekit.eager", "always")]
    assert why["calls"] == [("flytekit.dynamic", "reached")]
    line = textwrap.dedent(GRAPHS).splitlines().index("@dynamic") + 1
    assert tasks["graph"]["reasons"][0]["line"] == line


def test_what_libraries_do_is_not_looked_at(environment: Environment, tmp_path: Path) -> None:
    assert check_body(environment, tmp_path, "import textwrap, flyteidl", "textwrap.dedent(str(flyteidl))") == []


def test_what_a_run_says_too(environment: Environment, tmp_path: Path) -> None:
    before = "from flytekit.remote import FlyteRemote\n\ndef deep(a):\n    return FlyteRemote(a)"
    ((name, _),) = check_body(environment, tmp_path, before, "deep(a)")
    tmp_path.joinpath("inputs.pb").write_bytes(InterfaceCodec({"a": int}).encode({"a": 1}))
    arguments = [*io_arguments(), *task_arguments("shop", "one")]
    done = environment.run("wingbeat-execute", *arguments, folder=tmp_path, env={"WINGBEAT_FLYTEKIT": "wingbeat"})
    result = Result(done.status)
    collect(result, tmp_path / "out")
    assert f"{name} is not covered by wingbeat: it talks to a Flyte cluster ({tmp_path}/shop.py:6)" in result.message


def test_a_module_that_needs_flytekit_to_be_imported(
    environment: Environment, without: Environment, tmp_path: Path
) -> None:
    source = "from flytekit import task\nfrom flytekitplugins.spark import Spark\n"
    found = check_source(environment, tmp_path, source)
    assert (found["verdict"], found["obstacle"], found["tasks"]) == ("flytekit", None, [])
    (reason,) = found["reasons"]
    assert (reason["name"], reason["file"], reason["line"], reason["when"]) == (
        *("flytekitplugins.spark", str(tmp_path / "shop.py"), 2),
        "always",
    )
    found = check_source(without, tmp_path, source)
    assert found["verdict"] == "fails"
    assert "pip install flytekit" in found["obstacle"]
    done = without.run("wingbeat", "check", "shop", folder=tmp_path)
    assert done.out.startswith(f"shop: fails\n  because of flytekitplugins.spark at {tmp_path}/shop.py:2: ")
    assert done.out.endswith("failing; 1 module as a whole not on wingbeat\n")


def test_one_that_swallows_it(environment: Environment, tmp_path: Path) -> None:
    source = "try:\n    import flytekitplugins.spark\nexcept BaseException:\n    pass\n"
    assert check_source(environment, tmp_path, source)["verdict"] == "flytekit"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("import no_such_thing", "it cannot be imported: ModuleNotFoundError: No module named 'no_such_thing'"),
        ("raise SystemExit(3)", "it cannot be imported: SystemExit: 3"),
        ("import os\nos._exit(4)", "importing it ended the process (exit status 4)"),
        (
            "from flytekit import task\n\n\n@task\ndef f(a):\n    return a",
            "f: SignatureError: 'a' has no type. Please add a type annotation to the input parameter.",
        ),
        ("from flytekit import task\n\n\n@task\ndef f(a: tuple) -> int:\n    return 1", "f: a: Transformer for type"),
    ],
)
def test_failures(source: str, said: str, environment: Environment, tmp_path: Path) -> None:
    found = check_source(environment, tmp_path, f"print('hello')\n{source}\n")
    assert found["verdict"] == "fails"
    errors = [found["error"] or "", *(f"{task['name']}: {task['error']}" for task in found["tasks"])]
    assert any(error.startswith(said) for error in errors), errors


def test_what_a_module_prints_stays_out_of_the_report(environment: Environment, tmp_path: Path) -> None:
    tmp_path.joinpath("shop.py").write_text("import atexit\nprint('hello')\natexit.register(print, 'bye')\n", "utf-8")
    done: Done = environment.run("wingbeat", "check", "--json", "shop", folder=tmp_path)
    assert json.loads(done.out)["verdict"] == "wingbeat"
    assert done.err == "hello\n"


def test_a_task_made_with_wingbeats_names(environment: Environment, tmp_path: Path) -> None:
    """flytekit could not run it."""
    source = "from wingbeat import task\n\n\n@task\ndef f(a: int) -> int:\n    import flytekitplugins.spark\n"
    (task,) = check_source(environment, tmp_path, source)["tasks"]
    assert (task["verdict"], [reason["name"] for reason in task["reasons"]]) == ("fails", ["flytekitplugins.spark"])
    assert "made with wingbeat's own names" in task["obstacle"]


def test_packages_and_files(environment: Environment, tmp_path: Path) -> None:
    package = tmp_path / "app" / "flows"
    package.mkdir(parents=True)
    task = "from flytekit import task\n\n\n@task\ndef f(a: int) -> int:\n    return a\n"
    tmp_path.joinpath("app", "__init__.py").write_text("", "utf-8")
    package.joinpath("__init__.py").write_text("from app.flows.one import f\n", "utf-8")
    package.joinpath("one.py").write_text(task, "utf-8")
    package.joinpath("__main__.py").write_text("raise SystemExit\n", "utf-8")
    names = ["app", "app.flows", "app.flows.one"]
    for given in ("app", "app/__init__.py"):
        status, modules = check(environment, tmp_path, "--recursive", given, "app.flows")
        assert (status, list(modules)) == (0, names)
        assert [len(module["tasks"]) for module in modules.values()] == [0, 0, 1], "each task once, where it is found"
    assert list(check(environment, tmp_path, "app/flows/one.py", "app.flows.one")[1]) == ["app.flows.one"]


def test_help_and_usage(environment: Environment) -> None:
    done = environment.wingbeat("check", "--help")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("Usage: wingbeat check [OPTIONS] MODULE...\n")
    assert max(map(len, done.out.splitlines())) <= 120
    done = environment.wingbeat("check")
    assert (done.status, done.out, done.err.splitlines()[-1]) == (2, "", "Error: Missing argument 'MODULE...'.")
    assert environment.wingbeat("check", "--no-such", "shop").status == 2
