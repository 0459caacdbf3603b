"""Types that a plugin of flytekit's may know: which plugins are installed, and what they may know of."""

from __future__ import annotations

import collections
from pathlib import Path
from typing import Any

import pytest

from wingbeat import FlyteFile
from wingbeat.exceptions import NotCovered
from wingbeat.flytekit_compat import finder
from wingbeat.types import left_to_flytekit, registry


class Shape:
    """A class of the user's."""


class Counter(collections.Counter[str]):
    """One that derives from a class of Python's."""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of packages, which is all of `sys.path` where plugins are looked for."""
    monkeypatch.setattr(left_to_flytekit, "_plugins", None)
    monkeypatch.setattr("sys.path", ["/nowhere", str(tmp_path)])
    return tmp_path


def install(site: Path, name: str, points: str, source: str | None = None) -> None:
    folder = site / f"{name}-1.0.dist-info"
    folder.mkdir()
    folder.joinpath("entry_points.txt").write_text(points, "utf-8")
    if source is not None:
        site.joinpath(f"{name}.py").write_text(source, "utf-8")
        folder.joinpath("RECORD").write_text(f"{name}.py,sha256=x,1\n{name}-1.0.dist-info/RECORD,,\n", "utf-8")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[flytekit.plugins]\nx = y\n", True),
        ("[console_scripts]\na = b\n\n[flytekit.plugins]\n\n# no\nx = y\n", True),
        ("[flytekit.plugins]\n\n[other]\nx = y\n", False),
        ("[flytekit.plugins.more]\nx = y\n", False),
        ("", False),
    ],
)
def test_plugins_are_known_by_their_entry_points(text: str, found: bool, site: Path) -> None:
    install(site, "some_plugin", text, "")
    site.joinpath("other-1.0.dist-info").mkdir()
    assert [name for name, _ in left_to_flytekit.plugins()] == (["some_plugin"] if found else [])


PLUGIN = "[flytekit.plugins]\nx = y\n"
MENTIONED = {
    f"import {Shape.__module__.partition('.')[0]}": (Shape, True),
    "import shapes": (Shape, False),
    "from collections import Counter": (Counter, True),
    "# a file": (FlyteFile["csv"], False),
    "anything": (Any, False),
    None: (Shape, True),
}


@pytest.mark.parametrize("source", MENTIONED)
def test_what_a_plugin_may_know(source: str | None, site: Path) -> None:
    """It has to name the package of a class, or of one that it derives from; unless nobody knows its files."""
    hint, left = MENTIONED[source]
    install(site, "some_plugin", PLUGIN, source)
    finder.install()
    try:
        __import__("flytekit")
        if left:
            with pytest.raises(NotCovered, match="the plugin some_plugin, which only flytekit loads, may convert it"):
                registry.leave_unknown_type(hint)
        else:
            registry.leave_unknown_type(hint)
    finally:
        finder.uninstall()


def test_nobody_asks_where_flytekit_is_not_in_use(site: Path) -> None:
    install(site, "some_plugin", PLUGIN, None)
    registry.leave_unknown_type(Shape)
    assert left_to_flytekit._plugins is None
