"""`from flytekit import *` gives the names that flytekit gives."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.compat.hook import hooked
from tests.compat.make_names import surface
from wingbeat.exceptions import NotCovered
from wingbeat.flytekit_compat.placeholder import is_placeholder

MODULES = surface()["modules"]
STARRED = ["flytekit", "flytekit.types.file", "flytekit.types.structured", "flytekit.core.task", "flytekit.remote"]


@pytest.fixture(autouse=True)
def hook() -> Iterator[None]:
    with hooked():
        yield


def starred(module: str) -> dict[str, object]:
    names: dict[str, object] = {}
    exec(f"from {module} import *", names)
    del names["__builtins__"]
    return names


@pytest.mark.parametrize("module", STARRED[:4])
def test_the_names_are_flytekits(module: str) -> None:
    assert set(starred(module)) == {name for name in MODULES[module]["names"] if not name.startswith("_")}


def test_flytekits_own_names_come_of_a_module_that_is_left_to_it() -> None:
    names = starred("flytekit.remote")
    assert {"FlyteRemote", "FlyteWorkflowExecution"} <= set(names)
    assert is_placeholder(names["FlyteRemote"])


def test_libraries_come_with_the_names() -> None:
    import os
    import typing

    names = starred("flytekit")
    assert names["os"] is os
    assert names["Generator"] is typing.Generator


def test_the_objects_are_those_of_plain_imports() -> None:
    import wingbeat

    names = starred("flytekit")
    for name in ("task", "FlyteFile", "Deck", "StructuredDataset", "kwtypes", "current_context"):
        assert names[name] is getattr(wingbeat, name)
    with pytest.raises(NotCovered, match=r"flytekit\.FlyteRemote is not covered"):
        names["FlyteRemote"]()
