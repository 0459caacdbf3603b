"""The table of names: complete, true to the flytekit that was recorded, and honest about what it lacks."""

from __future__ import annotations

import copy
import importlib
import json
import pickle
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Dict, List, Optional, Union

import pytest

from tests.compat import make_names
from tests.compat.covered_names import BASES, covered
from tests.compat.hook import hooked
from tests.runtime.peer import INTERPRETER
from wingbeat.exceptions import NotCovered, first_not_covered
from wingbeat.flytekit_compat import names
from wingbeat.flytekit_compat.placeholder import is_placeholder

SURFACE = make_names.surface()
MODULES: dict[str, dict[str, str]] = {module: entry["names"] for module, entry in SURFACE["modules"].items()}
TABLE = Path(names.__file__).parent
PARTS = sorted({*names.PARTS, "others"})
ROWS = make_names.rows()
MADE_THERE = ("object", "exception")


@pytest.fixture(autouse=True)
def hook() -> Iterator[None]:
    with hooked():
        yield


def found(module: str, name: str) -> Any:
    """What an import gives: code that asks by `getattr` may mean the name of something else."""
    names: dict[str, Any] = {}
    exec(f"from {module} import {name} as it", names)
    return names["it"]


@pytest.mark.usefixtures("oracle")
def test_the_recorded_surface_is_flytekits() -> None:
    script = Path(make_names.__file__).with_name("flytekit_surface.py")
    done = subprocess.run([INTERPRETER, script], capture_output=True, text=True, check=True, timeout=120)
    assert json.loads(done.stdout) == SURFACE, "run `make record-surface`"


def test_the_generated_modules_are_what_the_surface_says() -> None:
    made = make_names.sources()
    for path in (TABLE / "surface").glob("*.py"):
        assert path.read_text("utf-8") == made.pop(path.name), f"{path.name} is out of date: run `make record-surface`"
    assert not made


def test_rows_are_where_flytekit_makes_the_name() -> None:
    """So that there is one row for a name, however many modules import it."""
    for module, name, row in ROWS:
        made = MODULES.get(module, {}).get(name)
        assert made is not None, f"flytekit has no {module}.{name}"
        assert made in MADE_THERE or made.startswith("="), f"{module}.{name} is {made}: the row {row!r} belongs there"


def test_rows_are_in_the_part_of_their_module() -> None:
    for part in PARTS:
        for module in importlib.import_module(f"{names.__name__}.{part}").MODULES:
            assert names.part_of(module) == part, f"nobody looks for {module} in {part}.py"


@pytest.mark.parametrize(("module", "name", "row"), ROWS, ids=[f"{module}.{name}" for module, name, _ in ROWS])
def test_a_row_leads_to_an_object(module: str, name: str, row: str) -> None:
    value = found(module, name)
    assert is_placeholder(value) == row.startswith("!")
    if not row.startswith("!"):
        home, _, other = row.partition(":")
        assert value is getattr(importlib.import_module(home), other or name)


@pytest.mark.parametrize(("module", "name"), covered(), ids=lambda value: value)
def test_what_works_or_is_a_record_is_covered(module: str, name: str) -> None:
    assert not is_placeholder(found(module, name))


@pytest.mark.parametrize("module", sorted(MODULES))
def test_every_name_of_a_module_can_be_imported(module: str) -> None:
    """The objects of wingbeat, or something that says which name is not covered as soon as it is used."""
    for name, made in MODULES[module].items():
        try:
            value = found(module, name)
        except NotCovered as refused:
            assert refused.name == f"{module}.{name}"
            assert refused.reason
            assert not made.startswith(("flytekit.", *MADE_THERE)), "it can be imported and is refused when used"
            continue
        if isinstance(value, type) and issubclass(value, Exception) and is_placeholder(value):
            with pytest.raises(NotCovered):
                value()
        elif is_placeholder(value):
            with pytest.raises(NotCovered) as refused_use:
                value()
            assert refused_use.value.name.startswith("flytekit.")


def test_a_name_is_the_same_object_wherever_it_is_imported_from() -> None:
    for module, rows in MODULES.items():
        for name, made in rows.items():
            home, _, original = made.partition(":")
            if home.startswith("flytekit") and original and home in MODULES:
                assert found(module, name) is found(home, original), f"{module}.{name}"


@pytest.mark.parametrize("base", BASES.split())
def test_classes_can_be_derived_from(base: str) -> None:
    cls = found(*base.split(":"))
    derived = type(cls)("Derived", (cls,), {"__module__": __name__})
    assert issubclass(derived, cls)


def test_constants_are_plain_values() -> None:
    assert found("flytekit.core.constants", "MESSAGEPACK") == "msgpack"
    assert found("flytekit.core.type_engine", "MESSAGEPACK") == "msgpack"


def test_every_module_left_to_flytekit_exists() -> None:
    from wingbeat.flytekit_compat.names.reasons import LEFT, PARTLY

    assert set(LEFT) | set(PARTLY) <= set(MODULES)
    assert not [module for module, _, _ in ROWS if module.startswith(tuple(LEFT))]


USES: dict[str, Callable[[Any], object]] = {
    "call": lambda it: it(),
    "call with arguments": lambda it: it(1, name="x"),
    "attribute": lambda it: it.for_sandbox,
    "set an attribute": lambda it: setattr(it, "x", 1),
    "delete an attribute": lambda it: delattr(it, "x"),
    "subscript": lambda it: it["x"],
    "derive": lambda it: type("Derived", (it,), {}) if isinstance(it, type) else _derive(it),
    "isinstance": lambda it: isinstance(1, it),
    "issubclass": lambda it: issubclass(int, it),
    "issubclass of it": lambda it: issubclass(it, int),
    "or": lambda it: it | None,
    "or from the right": lambda it: int | it,
    "shift": lambda it: it >> it,
    "iterate": lambda it: list(it),
    "unpack": lambda it: {**it},
    "length": lambda it: len(it),
    "truth": lambda it: bool(it),
    "contains": lambda it: 1 in it,
    "text": lambda it: str(it),
    "format": lambda it: f"{it}",
    "number": lambda it: int(it),
    "add": lambda it: it + 1,
    "path": lambda it: Path(it),
    "compare": lambda it: it < 1,
    "equals a text": lambda it: it == "x",
    "decorate": lambda it: _decorated(it),
    "with": lambda it: _within(it),
    "as a type": lambda it: _task_with(it),
    "as an item type": lambda it: _task_with(List[it]),
    "as a value type": lambda it: _task_with(Dict[str, it]),
    "as one of several types": lambda it: _task_with(Optional[it]),
}


def _derive(it: Any) -> object:
    class Derived(it):  # type: ignore[misc]
        pass

    return Derived


def _decorated(it: Any) -> object:
    @it
    def function() -> None: ...

    return function


def _within(it: Any) -> None:
    with it:
        pass


def _task_with(hint: Any) -> object:
    from wingbeat import InterfaceCodec

    return InterfaceCodec({"x": hint}).decode(b"\n\x0b\n\x01x\x12\x06\n\x04\n\x02\x08\x01")


@pytest.mark.parametrize("use", USES)
def test_using_what_is_not_covered_says_so(use: str) -> None:
    from flytekit import FlyteRemote

    with pytest.raises(NotCovered) as refused:
        USES[use](FlyteRemote)
    assert refused.value.name.startswith("flytekit.FlyteRemote")
    assert refused.value.reason == "it talks to a Flyte cluster"
    assert refused.value.file == __file__
    first = first_not_covered()
    assert first is not None
    assert first.name == refused.value.name


def test_holding_what_is_not_covered_is_fine() -> None:
    from flytekit import FlyteRemote

    def function(remote: FlyteRemote, other: Union[FlyteRemote, None] = None) -> Optional[FlyteRemote]: ...

    class Holder:
        remote = FlyteRemote

    assert Holder.remote is Holder().remote is FlyteRemote
    assert function.__annotations__
    assert {FlyteRemote: 1}[FlyteRemote] == 1
    assert FlyteRemote in (int, FlyteRemote)
    assert repr(FlyteRemote) == "<flytekit.FlyteRemote, which wingbeat does not cover>"
    assert callable(FlyteRemote)
    assert (FlyteRemote.__module__, FlyteRemote.__name__) == ("flytekit", "FlyteRemote")
    assert not hasattr(FlyteRemote, "__wrapped__")
    assert copy.copy(FlyteRemote) is copy.deepcopy(FlyteRemote) is FlyteRemote
    assert pickle.loads(pickle.dumps(FlyteRemote)) is FlyteRemote
    assert first_not_covered() is None


def test_an_exception_that_nobody_raises_may_be_named() -> None:
    from flytekit.clients.auth.exceptions import AuthenticationError

    try:
        raise KeyError
    except AuthenticationError:
        pytest.fail("it is not one")
    except KeyError:
        pass
    assert first_not_covered() is None
    with pytest.raises(NotCovered):
        raise AuthenticationError("x")
    with pytest.raises(NotCovered):
        type("Derived", (AuthenticationError,), {})


def test_a_new_context_ends_with_its_block() -> None:
    import flytekit

    before = flytekit.FlyteContextManager.size()
    with flytekit.new_context() as ctx:
        assert flytekit.FlyteContextManager.current_context() is ctx
        assert flytekit.FlyteContextManager.size() == before + 1
    assert flytekit.FlyteContextManager.size() == before


def test_plugins_are_left_to_flytekit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import flytekit

    flytekit.load_implicit_plugins()
    plugin = tmp_path / "flytekitplugins_papermill-1.16.31.dist-info"
    plugin.mkdir()
    plugin.joinpath("entry_points.txt").write_text("[flytekit.plugins]\npapermill = flytekitplugins.papermill\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(NotCovered, match="flytekitplugins_papermill is a plugin"):
        flytekit.load_implicit_plugins()
