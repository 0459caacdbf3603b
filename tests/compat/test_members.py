"""A task that asks one of flytekit's classes for what wingbeat's lacks fails here and runs under flytekit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.compat.both import Both
from tests.compat.hook import hooked
from tests.literals import integer
from tests.runtime.peer import literal_map
from tests.runtime.process import io_arguments, start, task_arguments
from wingbeat.flytekit_compat import members

MODULE = """from flytekit import current_context, task
from flytekit.core.type_engine import TypeEngine


@task
def lacking(a: int) -> int:
    try:
        return a + bool(TypeEngine._REGISTRY)
    except AttributeError as error:
        raise RuntimeError("no registry") from error


@task
def wrong(a: int) -> int:
    return a + TypeEngine.no_such_name
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tmp_path.joinpath("user_code.py").write_text(MODULE, "utf-8")
    tmp_path.joinpath("inputs.pb").write_bytes(literal_map(a=integer(1)))
    return tmp_path


@pytest.fixture
def hook() -> Iterator[None]:
    with hooked():
        yield


def raised(action: Callable[[], object]) -> BaseException:
    with pytest.raises(AttributeError) as caught:
        action()
    return caught.value


@pytest.mark.usefixtures("hook")
def test_an_attribute_of_flytekits_class_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from flytekit.core.type_engine import TypeEngine

    from wingbeat.flytekit_compat.names.surface.members import LACKING

    name = "flytekit.core.type_engine.TypeEngine"
    monkeypatch.setitem(LACKING, f"{TypeEngine.__module__}.{TypeEngine.__qualname__}", (name, "one another"))

    class Derived(TypeEngine):  # type: ignore[misc]
        pass

    for action in (lambda: TypeEngine.another, lambda: Derived.another, lambda: Derived().another):
        found = members.missing(raised(action))
        assert found is not None
        assert (found.name, found.file) == (f"{name}.another", __file__)
    found = members.missing(raised(lambda: Derived()._anything))
    assert found is not None
    assert found.name == f"{name}._anything"


@pytest.mark.usefixtures("hook")
def test_a_name_that_flytekit_lacks_too_is_a_mistake() -> None:
    import flytekit
    from flytekit.core.type_engine import TypeEngine

    class Own:
        pass

    own: Any = Own()
    for action in (
        lambda: TypeEngine.no_such_name,
        lambda: TypeEngine.__no_such_name__,
        lambda: own.another,
        lambda: own._other,
    ):
        assert members.missing(raised(action)) is None
    assert members.missing(raised(lambda: getattr(flytekit, "no_such_name"))) is not None  # noqa: B009
    assert members.missing(AttributeError("of nothing")) is None
    assert members.missing(None) is None


def test_flytekit_runs_the_task(both: Both, folder: Path) -> None:
    result = both.wingbeat(folder, [*io_arguments(), *task_arguments("user_code", "lacking")])
    assert result.outputs is not None, result.stderr
    assert result.outputs.literals["o0"].scalar.primitive.integer == 2
    line = MODULE[: MODULE.index("_REGISTRY")].count("\n") + 1
    assert f"TypeEngine._REGISTRY, used at {folder}/user_code.py:{line}, is not covered" in result.stderr


def test_the_mistake_is_reported_at_once(folder: Path) -> None:
    result = start(folder, [*io_arguments(), *task_arguments("user_code", "wrong")])
    assert "has no attribute 'no_such_name'" in result.message
    assert "flytekit takes over" not in result.stderr
