"""What flytekit is started with: options and arguments. No process is started."""

from __future__ import annotations

import pytest

from wingbeat.flytekit_compat.takeover import arguments, interpreter_options
from wingbeat.runtime.start import Start


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("python bin/wingbeat-execute --inputs x", ""),
        ("python -I bin/wingbeat-execute -O", "-I"),
        ("python -OO -X dev -Ximporttime -W ignore -Werror::UserWarning bin/x -B", None),
        ("python -Bs -m wingbeat execute", "-Bs"),
        ("python -Bm wingbeat execute", ""),
        ("python -c pass -O", ""),
        ("python --check-hash-based-pycs never x.py", "--check-hash-based-pycs never"),
        ("python -", ""),
        ("python", ""),
        ("", ""),
    ],
)
def test_options_of_the_interpreter(command: str, options: str | None) -> None:
    wanted = "-OO -X dev -Ximporttime -W ignore -Werror::UserWarning" if options is None else options
    assert interpreter_options(command.split()) == wanted.split()


def started(name: str, program: str, *words: str) -> list[str]:
    start = Start(name, words)
    start.path, start.program = "/bin", program
    return arguments(start)


def test_the_command_of_the_same_name() -> None:
    for name, function in (
        ("execute", "execute_task_cmd"),
        ("map-execute", "map_execute_task_cmd"),
        ("fast-execute", "fast_execute_task_cmd"),
    ):
        found = started(name, f"/env/bin/wingbeat-{name}", "--inputs", "x")
        assert found == [function, "/bin", f"/env/bin/pyflyte-{name}", "--inputs", "x"]


def test_the_script_with_the_command_as_its_first_argument() -> None:
    found = started("execute", "/env/bin/entrypoint.py", "--inputs", "x")
    assert found == ["_pass_through", "/bin", "/env/bin/entrypoint.py", "pyflyte-execute", "--inputs", "x"]


def test_the_older_spelling_becomes_todays() -> None:
    words = ("--inputs", "x", "--test", "--task-module=m", "--task-name", "t", "--output-prefix", "--")
    found = started("execute", "p", *words[:-1], "out")
    assert found[3:] == [
        *("--inputs=x", "--test", "--output-prefix=out"),
        "--resolver=flytekit.core.python_auto_container.default_task_resolver",
        *("--", "task-module", "m", "task-name", "t"),
    ]


def test_a_tail_that_looks_like_it_stays() -> None:
    words = ("--inputs", "x", "--", "--task-module", "m")
    assert started("execute", "p", *words)[3:] == list(words)
