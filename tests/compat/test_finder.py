"""`import flytekit` under the hook, as modules do it that were written for flytekit, well or badly."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.compat.hook import hooked
from wingbeat.exceptions import NotCovered, first_not_covered
from wingbeat.flytekit_compat import finder


@pytest.fixture(autouse=True)
def hook() -> Iterator[None]:
    with hooked():
        yield


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Of the user's modules; their names begin with `user_`."""
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_names_are_wingbeats() -> None:
    import flytekit
    from flytekit import task
    from flytekit.core.base_task import kwtypes
    from flytekit.types.file import FlyteFile

    import wingbeat

    assert task is flytekit.task is wingbeat.task
    assert kwtypes is wingbeat.kwtypes
    assert FlyteFile is flytekit.FlyteFile is wingbeat.FlyteFile


def test_submodules_need_no_import_of_their_own() -> None:
    import flytekit

    assert flytekit.types.file.FlyteFile is flytekit.file.FlyteFile is flytekit.FlyteFile
    assert flytekit.core.type_engine.TypeEngine is flytekit.extend.TypeEngine
    assert (
        flytekit.core.context_manager is flytekit.extend.context_manager is sys.modules["flytekit.core.context_manager"]
    )
    assert isinstance(flytekit.remote, ModuleType)


def test_a_module_tells_what_it_is() -> None:
    module = importlib.import_module("flytekit.types.file")
    assert module.__name__ == module.__spec__.name == "flytekit.types.file"
    assert module.__package__ == "flytekit.types.file"
    assert importlib.import_module("flytekit.core.task").__package__ == "flytekit.core"
    assert importlib.util.find_spec("flytekit.core.task") is not None
    assert "FlyteFile" in dir(module)
    assert inspect.ismodule(module)
    assert repr(module) == "<module 'flytekit.types.file' (wingbeat)>"
    assert pickle.loads(pickle.dumps(module)) is module


def test_the_version_is_the_one_whose_behaviour_is_followed() -> None:
    import flytekit

    from wingbeat.flytekit_compat.names.surface import VERSION

    assert flytekit.__version__ == flytekit._version.version == VERSION


def test_nothing_is_installed_on_the_way() -> None:
    hook = sys.excepthook
    import flytekit
    from flytekit import task  # noqa: F401

    assert sys.excepthook is hook
    assert "rich" not in vars(flytekit)


@pytest.mark.parametrize("name", ["__file__", "__wrapped__", "__path__x__", "__warningregistry__", "__origin__"])
def test_probes_find_what_other_modules_have(name: str) -> None:
    import flytekit

    assert not hasattr(flytekit, name)
    assert first_not_covered() is None


@pytest.mark.parametrize("dumps", [pickle.dumps, pickle._dumps])
def test_pickle_may_ask_every_module_for_a_name_of_others(dumps: Callable[[object], bytes]) -> None:
    """A ufunc does not say which module it is of."""
    import flytekit.core.task
    import flytekit.remote

    add = pytest.importorskip("numpy").add
    assert pickle.loads(dumps(add)) is add
    assert first_not_covered() is None
    assert not hasattr(flytekit.core.task, "add")
    assert getattr(flytekit.remote, "add", None) is None
    with pytest.raises(AttributeError, match="module 'flytekit' has no attribute 'no_such_name'"):
        getattr(flytekit, "no_such_" + "name")


def test_a_home_that_cannot_be_imported_is_not_covered(monkeypatch: pytest.MonkeyPatch) -> None:
    from wingbeat.flytekit_compat import names

    monkeypatch.setitem(names.FLYTEKIT, "current_context", "wingbeat.no_such_home")
    with pytest.raises(NotCovered, match=r"flytekit\.current_context .*No module named 'wingbeat\.no_such_home'"):
        from flytekit import current_context  # noqa: F401


def test_what_looks_at_all_modules_finds_nothing_strange() -> None:
    import flytekit.core.task
    import flytekit.remote  # noqa: F401

    inspect.modulesbyfile.clear()
    assert inspect.getmodule(write) is sys.modules[__name__]
    assert first_not_covered() is None


MISSING = {
    "import flytekit.no_such_module": "flytekit.no_such_module",
    "from flytekit.core.no_such_module import x": "flytekit.core.no_such_module",
    "from flytekit import no_such_name": "flytekit.no_such_name",
    "import flytekit; flytekit.no_such_name": "flytekit.no_such_name",
    "from flytekit.core.task import no_such_name": "flytekit.core.task.no_such_name",
    "from flytekit.types.structured.snowflake import x": "flytekit.types.structured.snowflake.x",
    "import flytekitplugins.spark": "flytekitplugins.spark",
    "from flytekitplugins.papermill import NotebookTask": "flytekitplugins.papermill",
    "from flytekitplugins import spark": "flytekitplugins.spark",
}


@pytest.mark.parametrize("statement", MISSING)
def test_what_the_table_does_not_know_is_not_covered(folder: Path, statement: str) -> None:
    """Neither `except ImportError` nor `except Exception` takes the way that is meant for flytekit's absence."""
    guarded = (
        f"# first line\ntry:\n    {statement}\nexcept (ImportError, AttributeError, Exception):\n    found = False\n"
    )
    write(folder / "user_guarded.py", guarded)
    with pytest.raises(NotCovered) as refused:
        importlib.import_module("user_guarded")
    assert refused.value.name == MISSING[statement]
    assert (refused.value.file, refused.value.line) == (str(folder / "user_guarded.py"), 3)
    assert first_not_covered() is refused.value


def test_a_module_that_is_no_package_has_no_submodules() -> None:
    with pytest.raises(ModuleNotFoundError, match="'flytekit.core.task' is not a package"):
        importlib.import_module("flytekit.core.task.inner")


def test_a_package_of_a_similar_name_is_the_users(folder: Path) -> None:
    for name in ("flytekit_something", "flytekitten", "flytekitplugins_ours", "user_flytekit"):
        write(folder / name / "__init__.py", f"name = {name!r}\n")
        write(folder / name / "flytekit.py", "inner = True\n")
        assert importlib.import_module(name).name == name
        assert importlib.import_module(f"{name}.flytekit").inner
        del sys.modules[name], sys.modules[f"{name}.flytekit"]
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("flytekit_that_does_not_exist")


@pytest.mark.parametrize("version", ["1.10.0", "1.16.31", "2.0.0"])
def test_a_flytekit_on_the_path_waits_until_it_is_needed(folder: Path, version: str) -> None:
    write(folder / "flytekit" / "__init__.py", f"__version__ = {version!r}\nvendored = True\n")
    import flytekit

    assert flytekit.task.__module__.startswith("wingbeat.")
    finder.uninstall()
    assert importlib.import_module("flytekit").vendored
    del sys.modules["flytekit"]


def test_a_flytekit_that_is_loaded_stays(folder: Path) -> None:
    finder.uninstall()
    write(folder / "flytekit" / "__init__.py", "vendored = True\n")
    loaded = importlib.import_module("flytekit")
    assert not finder.install()
    assert not finder.installed()
    assert importlib.import_module("flytekit") is loaded
    finder.uninstall()
    assert sys.modules.pop("flytekit") is loaded


def test_installing_twice_is_installing_once() -> None:
    before = list(sys.meta_path)
    assert finder.install()
    assert finder.installed()
    assert sys.meta_path == before
    import flytekit  # noqa: F401

    assert finder.install()
    finder.uninstall()
    assert not finder.installed()
    assert not [name for name in sys.modules if name.partition(".")[0] == "flytekit"]
    finder.uninstall()


def test_importing_again_finds_the_same_objects() -> None:
    import flytekit
    from flytekit import FlyteRemote, Resources, task
    from flytekit.types.file import FlyteFile

    assert importlib.reload(flytekit) is flytekit
    assert importlib.reload(sys.modules["flytekit.types.file"]).FlyteFile is FlyteFile
    assert (flytekit.task, flytekit.Resources, flytekit.FlyteRemote) == (task, Resources, FlyteRemote)
    for name in [name for name in sys.modules if name.partition(".")[0] == "flytekit"]:
        del sys.modules[name]
    again = importlib.import_module("flytekit")
    assert again is not flytekit
    assert (again.task, again.Resources, again.FlyteRemote) == (task, Resources, FlyteRemote)


def test_a_module_that_fails_half_way_can_be_imported_again(folder: Path) -> None:
    broken = (
        "from flytekit import task\nimport flytekit.types.file\nfrom user_missing import x\nfrom flytekit import Deck\n"
    )
    write(folder / "user_broken.py", broken)
    for _ in range(2):
        with pytest.raises(ModuleNotFoundError, match="user_missing"):
            importlib.import_module("user_broken")
    write(folder / "user_missing.py", "x = 1\n")
    importlib.invalidate_caches()
    from wingbeat import Deck

    assert importlib.import_module("user_broken").Deck is Deck


def test_modules_that_import_each_other(folder: Path) -> None:
    write(
        folder / "user_first.py",
        "import flytekit\nfrom flytekit import task\nimport user_second\n"
        "@task\ndef one(a: int) -> int:\n    return user_second.two_plainly(a)\n",
    )
    write(
        folder / "user_second.py",
        "from flytekit.core.context_manager import FlyteContextManager\nimport user_first\nimport flytekit\n"
        "two = lambda: user_first.one\nassert flytekit.task is user_first.task\n"
        "def two_plainly(a):\n    return a + 1\n",
    )
    first = importlib.import_module("user_first")
    assert first.user_second.two() is first.one
    assert first.one.task_function(1) == 2


def test_threads_that_import_at_once_get_the_same_objects() -> None:
    names = [
        *("flytekit:task", "flytekit:FlyteRemote", "flytekit:Deck", "flytekit.types.file:FlyteFile"),
        *("flytekit.core.context_manager:FlyteContextManager", "flytekit.extend:TypeEngine", "flytekit.remote:data"),
        *("flytekit.models.literals:Literal", "flytekit:StructuredDataset", "flytekit.deck:MarkdownRenderer"),
    ]
    start = threading.Barrier(8)
    found: list[list[object]] = []

    def look(offset: int) -> None:
        start.wait(10)
        own = {}
        for name in names[offset:] + names[:offset]:
            module, _, attribute = name.partition(":")
            own[name] = getattr(importlib.import_module(module), attribute)
        found.append([own[name] for name in names])

    threads = [threading.Thread(target=look, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(found) == 8
    for objects in found:
        assert all(one is other for one, other in zip(objects, found[0], strict=True))


def test_threads_in_a_fresh_process() -> None:
    """The first import of everything at once, where nothing of wingbeat has been loaded before."""
    program = (
        "import threading\n"
        "from wingbeat.flytekit_compat import finder\n"
        "finder.install()\n"
        "failures = []\n"
        "barrier = threading.Barrier(8)\n"
        "def look(names):\n"
        "    barrier.wait(10)\n"
        "    try:\n"
        "        exec(f'from flytekit import {names}\\nimport flytekit.types.structured\\nflytekit.core.task.task')\n"
        "    except BaseException as error:\n"
        "        failures.append(error)\n"
        "names = ['task, FlyteFile', 'FlyteDirectory, Deck', 'StructuredDataset, task', 'HashMethod, kwtypes'] * 2\n"
        "threads = [threading.Thread(target=look, args=(one,)) for one in names]\n"
        "[thread.start() for thread in threads]\n"
        "[thread.join() for thread in threads]\n"
        "assert not failures, failures\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


def test_putting_something_in_the_place_of_a_name_is_not_covered() -> None:
    """flytekit would use it; wingbeat would go on with its own."""
    import flytekit

    with pytest.raises(NotCovered, match=r"flytekit\.current_context = … is not covered"):
        flytekit.current_context = None
    with pytest.raises(NotCovered):
        flytekit.core.utils._dnsify = str
    flytekit.something_of_our_own = 1
    assert flytekit.something_of_our_own == 1
    flytekit.task = flytekit.task
