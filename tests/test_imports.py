"""What each entrance loads, against a list: the start of the process is part of the time of every task.

A module that is missing in a list needs a reason to be there, or to be imported where it is used. `typing`, `re`,
`dataclasses`, `inspect`, `enum`, `json`, `logging`, `pathlib`, `threading`, `fsspec` and `google.protobuf` have none:
each costs a millisecond or more.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.runtime.archives import bundle

#: Modules of the package that its names cost.
DESCRIBE = {"", "types"} | {
    f"types.{name}"
    for name in ("describe", "fields", "hints", "packed", "packed_leaves", "registry", "schema", "unsupported")
}
CODEC = DESCRIBE | {"_core", "errors", "types.codec", "types.generic"}
TASK = {"", "authoring"} | {
    f"authoring.{name}" for name in ("auto_container_task", "base_task", "function_task", "task", "tracking")
}
CONTEXT = {"", "runtime", "runtime.context", "runtime.environment", "runtime.identifiers"}

#: What stands at the top of a module beside tasks: no `dataclasses`, no `enum`, no `hashlib`.
RECORDS = TASK | {
    f"authoring.{name}"
    for name in ("image_spec", "launch_plan", "map_task", "process", "record", "resources", "secret", "workflow")
}

STATEMENTS = {
    "import wingbeat": {""},
    "from wingbeat import task": TASK,
    "from wingbeat import current_context": CONTEXT,
    "from wingbeat import Codec; Codec(list[int]).decode(Codec(list[int]).encode([1]))": CODEC,
    "from wingbeat import Codec; Codec(dict[str, int | None]).encode({'a': None})": CODEC
    | {"types.literal_type", "types.proto"},
    "from wingbeat import TypeTransformerFailedError": {"", "_core", "errors"},
    "from wingbeat import ImageSpec, LaunchPlan, Resources, Secret, map_task, task, workflow; Secret('g'); "
    "Resources('1'); ImageSpec(packages=['a'])": RECORDS,
}

EXECUTE = (
    CODEC
    | TASK
    | CONTEXT
    | {"authoring.interface", "cli", "cli.execute", "cli.process"}
    | {
        f"runtime.{name}"
        for name in ("execution", "inputs", "invocation", "loading", "outputs", "phases", "start", "termination")
    }
    | {"storage", "storage.errors", "storage.local", "storage.uri"}
)

#: A file on this machine, opened: no file access, no fsspec, not even `typing`.
OPEN_FILE = EXECUTE | {
    *(
        f"types.{name}"
        for name in ("as_seen_by_others", "context", "fetch", "file", "file_format", "located", "plain_form")
    ),
    *(f"types.{name}" for name in ("blob", "callback", "preview", "transformer", "transformers")),
    *(f"types.transformers.{name}" for name in ("file", "flyte_object")),
}

#: What finds the names of a module that imports them from flytekit, and what `Resources` and `workflow` cost there.
HOOK = {"flytekit_compat"} | {
    f"flytekit_compat.{name}" for name in ("finder", "module", "names", "names.core", "names.surface", "resolve")
}
FLYTEKIT = (
    EXECUTE
    | HOOK
    | {"exceptions"}
    | {f"authoring.{name}" for name in ("record", "resources", "settings", "task_settings", "workflow")}
)

BUNDLE = ("", ".command", ".errors", ".fetch", ".limits", ".search_path", ".stream", ".tar", ".unpack")
FAST_EXECUTE = EXECUTE | {"cli.fast_execute"} | {f"runtime.bundle{name}" for name in BUNDLE}

#: Modules of the standard library that a command may load beyond a bare interpreter's. They are built in, or nearly so.
EXECUTE_STANDARD = {"errno", "faulthandler", "gc"}
FAST_EXECUTE_STANDARD = EXECUTE_STANDARD | {"zlib"}

#: What a run of many elements needs at its end, after an accident, or with a store, if at all.
DEAR = {"dataclasses", "enum", "functools", "inspect", "json", "logging", "pathlib", "pickle", "queue", "re", "shutil"}
DEAR |= {"contextlib", "signal", "tempfile", "threading", "traceback", "typing"}

ADD = "from wingbeat import task\n\n\n@task\ndef add(a: int, b: int) -> int:\n    return a + b\n"

READ = """from wingbeat import FlyteFile, task


@task
def size(a: FlyteFile) -> int:
    with open(a, "rb") as file:
        return len(file.read())
"""

IMPORTS_FLYTEKIT = """from flytekit import Resources, task, workflow


@task(requests=Resources(cpu="1"))
def add(a: int, b: int) -> int:
    return a + b


@workflow
def both(a: int, b: int) -> int:
    return add(a=a, b=b)
"""
RESOLVER = "flytekit.core.python_auto_container.default_task_resolver"


def environment(**more: str) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV"))} | more


def loaded(command: list[str], folder: Path) -> set[str]:
    """Every module that a process imports, from start to end, as the interpreter itself reports it."""
    done = subprocess.run(
        command, cwd=folder, env=environment(PYTHONPROFILEIMPORTTIME="1"), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(re.findall(r"^import time:\s+\d+ \|\s+\d+ \|\s+(\S+)$", done.stderr, re.MULTILINE))


@cache
def bare() -> frozenset[str]:
    return frozenset(loaded([sys.executable, "-c", "pass"], Path.cwd()))


def full(names: set[str]) -> set[str]:
    return {f"wingbeat.{name}".rstrip(".") for name in names}


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_statement_loads_no_more_than_it_needs(statement: str, tmp_path: Path) -> None:
    more = loaded([sys.executable, "-c", statement], tmp_path) - bare()
    assert "wingbeat" in more
    assert not more - full(STATEMENTS[statement]) - {"__future__"}


@pytest.fixture
def arguments(tmp_path: Path) -> list[str]:
    """Of a small task, with its inputs."""
    from wingbeat import InterfaceCodec

    tmp_path.joinpath("inputs.pb").write_bytes(InterfaceCodec({"a": int, "b": int}).encode({"a": 1, "b": 2}))
    return [
        *("--inputs", "inputs.pb", "--output-prefix", "out", "--raw-output-data-prefix", "raw"),
        *("--checkpoint-path", "raw/checkpoints", "--prev-checkpoint", '""'),
        *("--resolver", RESOLVER),
        *("--", "task-module", "small", "task-name", "add"),
    ]


def program(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def outputs(folder: Path) -> dict[str, object]:
    from wingbeat import InterfaceCodec

    return InterfaceCodec({"o0": int}).decode(folder.joinpath("out", "outputs.pb").read_bytes())


def test_a_small_task_loads_no_more_than_it_needs(arguments: list[str], tmp_path: Path) -> None:
    tmp_path.joinpath("small.py").write_text(ADD, "utf-8")
    more = loaded([program("wingbeat-execute"), *arguments], tmp_path) - bare()
    assert outputs(tmp_path) == {"o0": 3}
    assert not more - full(EXECUTE) - EXECUTE_STANDARD - {"__future__", "small"}


def test_a_task_that_imports_flytekit_loads_no_more_than_it_needs(arguments: list[str], tmp_path: Path) -> None:
    tmp_path.joinpath("small.py").write_text(IMPORTS_FLYTEKIT, "utf-8")
    more = loaded([program("wingbeat-execute"), *arguments], tmp_path) - bare()
    assert outputs(tmp_path) == {"o0": 3}
    assert not more - full(FLYTEKIT) - EXECUTE_STANDARD - {"__future__", "flytekit", "small"}


def test_a_task_with_a_file_loads_no_more_than_it_needs(tmp_path: Path) -> None:
    from wingbeat import FlyteFile, InterfaceCodec

    tmp_path.joinpath("reader.py").write_text(READ, "utf-8")
    tmp_path.joinpath("data.txt").write_bytes(b"data")
    data = InterfaceCodec({"a": FlyteFile}).encode({"a": str(tmp_path / "data.txt")})
    tmp_path.joinpath("inputs.pb").write_bytes(data)
    command = [program("wingbeat-execute"), "--inputs", "inputs.pb", "--output-prefix", "out"]
    command += ["--raw-output-data-prefix", "raw", "--resolver", RESOLVER, "--", "task-module", "reader"]
    more = loaded([*command, "task-name", "size"], tmp_path) - bare()
    assert outputs(tmp_path) == {"o0": 4}
    assert not more - full(OPEN_FILE) - EXECUTE_STANDARD - {"__future__", "reader"}


def test_a_small_bundle_loads_no_more_than_it_needs(arguments: list[str], tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.mkdir()
    store.joinpath("fast1.tar.gz").write_bytes(bundle(small=ADD))
    command = [program("wingbeat-fast-execute"), "--additional-distribution", "store/fast1.tar.gz", "--"]
    more = loaded([*command, "pyflyte-execute", *arguments], tmp_path) - bare()
    assert outputs(tmp_path) == {"o0": 3}
    assert not more - full(FAST_EXECUTE) - FAST_EXECUTE_STANDARD - {"__future__", "small"}


def test_one_element_of_a_map_task_loads_nothing_for_many(tmp_path: Path) -> None:
    from wingbeat import InterfaceCodec

    tmp_path.joinpath("small.py").write_text(ADD, "utf-8")
    numbers = InterfaceCodec({"a": list[int], "b": list[int]}).encode({"a": [1], "b": [2]})
    tmp_path.joinpath("inputs.pb").write_bytes(numbers)
    command = [program("wingbeat-map-execute"), "--inputs", "inputs.pb", "--output-prefix", "out"]
    command += ["--raw-output-data-prefix", "raw", "--resolver"]
    command += ["flytekit.core.array_node_map_task.ArrayNodeMapTaskResolver", "--", "vars", "", "resolver", RESOLVER]
    more = loaded([*command, "task-module", "small", "task-name", "add"], tmp_path) - bare()
    assert outputs(tmp_path) == {"o0": 3}
    assert not [name for name in more if name.startswith("wingbeat.runtime.many")]


def test_a_run_of_many_elements_begins_its_workers_without_what_only_its_end_needs(tmp_path: Path) -> None:
    more = loaded([sys.executable, "-c", "import wingbeat.runtime.many.run"], tmp_path) - bare()
    assert "wingbeat.runtime.many.pool" in more
    assert not more & DEAR
