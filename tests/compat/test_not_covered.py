"""`NotCovered`: what it says, where it says it happened, and that it is remembered."""

from __future__ import annotations

import pickle
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from wingbeat.exceptions import NotCovered, first_not_covered, forget_not_covered


def test_user_code_that_expects_failures_does_not_catch_it() -> None:
    assert not issubclass(NotCovered, Exception)


@pytest.mark.parametrize(
    ("reason", "file", "text"),
    [
        ("", "", "flytekit.a.B is not covered by wingbeat"),
        ("it is far away", "", "flytekit.a.B is not covered by wingbeat: it is far away"),
        ("it is far away", "/x.py", "flytekit.a.B is not covered by wingbeat: it is far away (/x.py:3)"),
    ],
)
def test_what_it_says(reason: str, file: str, text: str) -> None:
    assert str(NotCovered("flytekit.a.B", reason, file, 3 if file else 0)) == text


def test_the_first_is_remembered() -> None:
    assert first_not_covered() is None
    first = NotCovered("a")
    NotCovered("b")
    assert first_not_covered() is first
    forget_not_covered()
    assert first_not_covered() is None


def test_of_another_thread_too() -> None:
    with ThreadPoolExecutor() as pool:
        error = pool.submit(lambda: NotCovered("a")).result()
    assert first_not_covered() is error


def test_of_another_process_when_it_comes_here() -> None:
    """A pool of processes sends what its workers raise."""
    sent = pickle.dumps(NotCovered("a", "b", "/c.py", 4))
    forget_not_covered()
    received = pickle.loads(sent)
    assert (received.name, received.reason, received.file, received.line) == ("a", "b", "/c.py", 4)
    assert first_not_covered() is received


def where(code: str, file: str, **names: Any) -> tuple[str, int]:
    """Where something happened that code in this file has done."""
    scope: dict[str, Any] = {"NotCovered": NotCovered, **names}
    exec(compile(code, file, "exec"), scope)
    error = scope["error"]
    return error.file, error.line


PACKAGES = "/usr/lib/python3/dist-packages/tasks.py"


@pytest.mark.parametrize("file", ["/root/tasks.py", "/root/wingbeat_tasks.py"])
def test_the_place_is_the_users(file: str) -> None:
    assert where("\n\nerror = NotCovered('a')\n", file) == (file, 3)


@pytest.mark.parametrize(
    "library", [PACKAGES, "/env/lib/python3.12/site-packages/a.py", sys.modules["json"].__file__, "<string>"]
)
def test_it_is_not_a_librarys_that_the_user_has_called(library: str) -> None:
    inner = f"exec(compile('error = NotCovered(1)', {library!r}, 'exec'), globals())"
    assert where(f"\n{inner}", "/root/tasks.py") == ("/root/tasks.py", 2)


def test_of_an_installed_task_it_is_the_packages() -> None:
    """`python -m pytest` has nothing of the user's below the test."""
    code = "import sys\nerror = None\ndef run():\n    global error\n    error = NotCovered('a')\n"
    scope: dict[str, Any] = {"NotCovered": NotCovered}
    exec(compile(code, PACKAGES, "exec"), scope)
    with ThreadPoolExecutor() as pool:  # a stack of its own, on which there are no tests
        pool.submit(scope["run"]).result()
    assert (scope["error"].file, scope["error"].line) == (PACKAGES, 5)


def test_the_script_of_a_command_is_nobodys(tmp_path: Path) -> None:
    code = "error = None\ndef run():\n    global error\n    error = NotCovered('a')\n"
    for name in ("wingbeat-execute", "pyflyte-execute", "entrypoint.py"):
        scope: dict[str, Any] = {"NotCovered": NotCovered}
        exec(compile(code, str(tmp_path / name), "exec"), scope)
        with ThreadPoolExecutor() as pool:
            pool.submit(scope["run"]).result()
        assert scope["error"].file == ""
