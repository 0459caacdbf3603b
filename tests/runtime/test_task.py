"""`@task` and what it reads off a function (authoring spec 1.3, 3.1; runtime contract 8.3)."""

from __future__ import annotations

import asyncio
import functools
import re
import subprocess
import sys
import types
from pathlib import Path
from typing import Any

import pytest

from tests.runtime.process import environment
from wingbeat import task
from wingbeat.authoring.function_task import PythonFunctionTask
from wingbeat.authoring.interface import SignatureError, read_interface
from wingbeat.authoring.task_metadata import TaskMetadata

HINTS = """
import functools
from collections import namedtuple
from typing import Annotated, Any, Dict, List, NamedTuple, Optional, Tuple

Plain = namedtuple("Plain", "a b")
Made = NamedTuple("Made", [("x_str", str), ("y_int", int)])


class Pair(NamedTuple):
    number: "int"
    word: List["str"]


def simple(a: int, b: Dict[str, int] = {}, *, c: Optional[str] = None) -> str: ...
def nothing(): ...
def none() -> None: ...
def two() -> Tuple[int, str]: ...
def two_new() -> tuple[int, str]: ...
def two_old() -> (int, str): ...
def pair() -> Pair: ...
def made() -> Made: ...
def plain() -> Plain: ...
def annotated(a: Annotated[int, "x"]) -> Annotated[str, "y"]: ...
def text(a: "int", b: "List[Pair]") -> "Optional[Pair]": ...
def open_ended(*args: int, k: str = "x", **kw: float): ...
def positional(a: int, /, b: int): ...
def local_variables(a: int):
    b = c = a


def wrapping(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)
    return wrapper


@wrapping
@wrapping
def wrapped(a: int, b: "str" = "x") -> "int": ...
"""


@pytest.fixture(scope="module", params=["", "from __future__ import annotations\n"], ids=["objects", "text"])
def functions(request: pytest.FixtureRequest) -> Any:
    """The functions above, with annotations as objects or as text."""
    module = types.ModuleType("hints_of_test")
    sys.modules[module.__name__] = module
    exec(compile(request.param + HINTS, "hints_of_test", "exec", dont_inherit=True), module.__dict__)
    yield module
    del sys.modules[module.__name__]


def test_inputs(functions: Any) -> None:
    from typing import Annotated, Dict, List, Optional

    interface = read_interface(functions.simple)
    assert list(interface.inputs.items()) == [("a", int), ("b", Dict[str, int]), ("c", Optional[str])]
    assert interface.defaults == {"b": {}, "c": None}
    assert interface.inputs_with_defaults == {"a": (int, None), "b": (Dict[str, int], {}), "c": (Optional[str], None)}
    assert read_interface(functions.nothing).inputs == {}
    assert read_interface(functions.annotated).inputs == {"a": Annotated[int, "x"]}
    assert read_interface(functions.text).inputs == {"a": int, "b": List[functions.Pair]}
    assert list(read_interface(functions.open_ended).inputs.items()) == [("args", int), ("k", str), ("kw", float)]
    assert list(read_interface(functions.positional).inputs) == ["a", "b"]
    assert list(read_interface(functions.local_variables).inputs) == ["a"]
    wrapped = read_interface(functions.wrapped)
    assert (wrapped.inputs, wrapped.defaults) == ({"a": int, "b": str}, {"b": "x"})


def test_outputs(functions: Any) -> None:
    from typing import Annotated, List, Optional

    def outputs(name: str) -> tuple[dict[str, Any], str | None]:
        interface = read_interface(getattr(functions, name))
        return interface.outputs, interface.output_tuple_name

    assert outputs("simple") == ({"o0": str}, None)
    assert outputs("nothing") == outputs("none") == ({}, None)
    assert outputs("two") == outputs("two_new") == ({"o0": int, "o1": str}, None)
    if not isinstance(functions.two_old.__annotations__["return"], str):  # typing refuses such a text
        assert outputs("two_old") == ({"o0": int, "o1": str}, None)
    assert outputs("pair") == ({"number": int, "word": List[str]}, "Pair")
    assert outputs("made") == ({"x_str": str, "y_int": int}, "Made")
    assert outputs("plain") == ({}, "Plain")
    assert outputs("annotated") == ({"o0": Annotated[str, "y"]}, None)
    assert outputs("text") == ({"o0": Optional[functions.Pair]}, None)
    assert outputs("wrapped") == ({"o0": int}, None)


@pytest.mark.parametrize("hint", [tuple[int], (int,)])
def test_a_tuple_of_one_is_refused(hint: Any) -> None:
    def function() -> None: ...

    function.__annotations__ = {"return": hint}
    with pytest.raises(SignatureError) as caught:
        read_interface(function)
    assert caught.value.error_code == "USER:ValidationError"


def test_a_parameter_without_a_type() -> None:
    def function(a, b: int): ...  # type: ignore[no-untyped-def]

    with pytest.raises(SignatureError, match="'a' has no type") as caught:
        read_interface(function)
    assert caught.value.error_code == "USER:MissingTypeError"
    untyped = read_interface(function, pickle_untyped=True)
    assert (untyped.inputs, untyped.outputs) == ({"a": Any, "b": int}, {"o0": Any})


def test_a_signature_set_by_hand() -> None:
    import inspect

    def function(*args: Any, **kwargs: Any) -> int: ...  # type: ignore[empty-body]

    parameter = inspect.Parameter("x", inspect.Parameter.POSITIONAL_OR_KEYWORD, default=3)
    function.__signature__ = inspect.Signature([parameter])  # type: ignore[attr-defined]
    function.__annotations__ = {"x": int, "return": int}
    interface = read_interface(function)
    assert (interface.inputs, interface.defaults) == ({"x": int}, {"x": 3})


def test_bare_and_with_settings() -> None:
    @task
    def bare(a: int) -> int:
        """Add one."""
        return a + 1

    @task(retries=3, labels={"a": "b"})
    def settled(a: int) -> int:
        return a + 1

    for one in (bare, settled):
        assert isinstance(one, PythonFunctionTask)
        assert one(1) == 2
        assert one(a=1) == 2
        assert one.execute(a=1) == 2
    assert (bare.metadata.retries, settled.metadata.retries) == (0, 3)
    assert settled.metadata.labels == {"a": "b"}
    assert bare.__doc__ == "Add one."
    assert bare.__name__ == "bare"
    assert bare.__module__ == __name__
    assert bare.__wrapped__ is bare.task_function
    assert bare.python_interface is bare.python_interface


def test_every_setting_of_flytekit_is_kept() -> None:
    from datetime import timedelta

    from wingbeat.authoring.resources import Resources
    from wingbeat.authoring.secret import Secret

    hints, resolver, docs, template, secret = [object()], object(), object(), object(), Secret("group", "key")
    made = task(
        task_config=(config := object()),
        cache=True,
        retries=1,
        interruptible=True,
        deprecated="old",
        timeout=5,
        container_image="image",
        environment={"A": "1"},
        requests=Resources(cpu="1"),
        limits=Resources(mem="1Gi"),
        secret_requests=[secret],
        execution_mode=PythonFunctionTask.ExecutionBehavior.DYNAMIC,
        node_dependency_hints=hints,
        task_resolver=resolver,
        docs=docs,
        enable_deck=True,
        deck_fields=("Timeline",),
        pod_template=template,
        pod_template_name="name",
        accelerator=(accelerator := object()),
        pickle_untyped=True,
        shared_memory=True,
        labels={"a": "b"},
        annotations={"c": "d"},
        cache_serialize=True,
        cache_version="1",
        cache_ignore_input_vars=("a",),
    )(lambda: None)
    assert (made.task_config, made.task_resolver, made.docs) == (config, resolver, docs)
    assert (made.environment, made.container_image, made.pod_template) == ({"A": "1"}, "image", template)
    assert (made.resources.requests.cpu, made.resources.limits.mem) == ("1", "1Gi")
    assert made.security_context.secrets == [secret]
    assert made.execution_mode is PythonFunctionTask.ExecutionBehavior.DYNAMIC
    assert (made.node_dependency_hints, made.accelerator, made.shared_memory) == (hints, accelerator, True)
    assert (made.enable_deck, made.deck_fields) == (True, ["Timeline"])
    assert made.metadata == TaskMetadata(
        cache=True,
        cache_serialize=True,
        cache_version="1",
        cache_ignore_input_vars=("a",),
        retries=1,
        interruptible=True,
        deprecated="old",
        timeout=timedelta(seconds=5),
        pod_template_name="name",
        labels={"a": "b"},
        annotations={"c": "d"},
    )


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"colour": 1, "size": 2}, "Unrecognized argument(s) for task: dict_keys(['colour', 'size'])"),
        ({"cache": True}, "``cache_version`` is not set"),
        ({"cache_serialize": True}, "``cache`` is not enabled"),
        ({"cache_ignore_input_vars": ("a",)}, "``cache`` is not enabled"),
        ({"cache": object(), "cache_version": "1"}, "Please use Cache object"),
        ({"timeout": "soon"}, "timeout should be duration"),
        ({"enable_deck": True, "disable_deck": False}, "only one of [disable_deck, enable_deck]"),
        ({"resources": object(), "limits": object()}, "can not be used together"),
        ({"node_dependency_hints": []}, "only be used on dynamic tasks"),
    ],
)
def test_settings_that_cannot_be_meant(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        task(**settings)(lambda: None)


def test_only_functions_become_tasks() -> None:
    with pytest.raises(TypeError, match="not of functools.partial"):
        task(functools.partial(print))


def test_coroutines() -> None:
    @task
    async def slow(a: int) -> int:
        await asyncio.sleep(0)
        return a + 1

    @task
    @functools.wraps(slow.task_function)
    def hidden(a: int) -> Any:
        return slow.task_function(a)

    assert slow.execute(a=1) == 2
    assert hidden.execute(a=1) == 2
    assert asyncio.run(slow(1)) == 2


def test_what_the_function_carries_stays() -> None:
    def function() -> None: ...

    function.mark = "x"  # type: ignore[attr-defined]
    assert task(function).mark == "x"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("root", "name"),
    [
        (None, "pkg.inner.tasks_of_test.t"),
        ("auto", "pkg.inner.tasks_of_test.t"),
        (".", "tasks_of_test.t"),
        ("{pkg}", "inner.tasks_of_test.t"),
    ],
)
def test_names(root: str | None, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = tmp_path / "pkg" / "inner"
    inner.mkdir(parents=True)
    for folder in (inner, inner.parent):
        folder.joinpath("__init__.py").touch()
    inner.joinpath("tasks_of_test.py").write_text("from wingbeat import task\n\n\n@task\ndef t(): ...\n", "utf-8")
    monkeypatch.syspath_prepend(str(inner))
    monkeypatch.delenv("FLYTE_PYTHON_PACKAGE_ROOT", raising=False)
    if root is not None:
        monkeypatch.setenv("FLYTE_PYTHON_PACKAGE_ROOT", root.replace("{pkg}", str(tmp_path / "pkg")))
    module = __import__("tasks_of_test")
    try:
        assert module.t.name == name
    finally:
        del sys.modules["tasks_of_test"]


def test_text_without_typing_is_read_without_typing() -> None:
    program = """
from __future__ import annotations
from wingbeat import task


class Own: ...


@task
def t(a: int, b: dict[str, list[Own | None]], c: Own) -> tuple[int, str]: ...


interface = t.python_interface
assert interface.inputs == {"a": int, "b": dict[str, list[Own | None]], "c": Own}, interface
assert interface.outputs == {"o0": int, "o1": str}, interface
import sys
assert "typing" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True, env=environment())


NESTED = """
import functools
from wingbeat import task


def decorate(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)
    return wrapper


@task
@decorate
def fine(a: int) -> int:
    return a


def outer(**settings):
    @task(**settings)
    def inner(a: int) -> int:
        return a
    return inner
"""


def test_nested_functions_are_refused() -> None:
    space: dict[str, Any] = {"__name__": "some_module"}
    exec(NESTED, space)
    assert space["fine"](1) == 1
    with pytest.raises(ValueError, match="nested/inner or local function: outer.<locals>.inner in some_module"):
        space["outer"]()
    assert space["outer"](task_resolver=object())(1) == 1
