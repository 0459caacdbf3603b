"""Packages that are installed when the task starts (runtime contract 11), by a pip that only notes what it is told."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.runtime.peer import Case, Oracle, literal_map, prepare
from tests.runtime.process import PROGRAM, environment, start

PIP = """
import json, os, signal, sys, time

print("Collecting", flush=True)
with open("pip.json", "w") as file:
    json.dump(sys.argv[1:], file)
if "slow" in sys.argv:
    def end(number, frame):
        open("terminated", "w").close()
        sys.exit(0)

    signal.signal(signal.SIGTERM, end)
    open("started", "w").close()
    time.sleep(30)
with open(os.path.join(os.path.dirname(__file__), os.pardir, "brought.py"), "w") as file:
    file.write("VALUE = 'brought along'")
sys.exit(7 if "broken" in sys.argv else 0)
"""
IMPORTS = {
    "flytekit": "from flytekit import task\n\n",
    "wingbeat": "from wingbeat import task\n",
}
SOURCE = """
import os

import brought


@task
def use() -> str:
    return brought.VALUE


@task
def ends() -> str:
    os.kill(os.getpid(), 15)
    return "went on"
"""


@pytest.fixture
def pip(tmp_path: Path) -> dict[str, str]:
    """The variables that make Python find that pip."""
    folder = tmp_path / "packages" / "pip"
    folder.mkdir(parents=True)
    folder.joinpath("__init__.py").touch()
    folder.joinpath("__main__.py").write_text(PIP, "utf-8")
    rest = os.environ.get("PYTHONPATH")
    return {"PYTHONPATH": os.pathsep.join([str(folder.parent), *([rest] if rest else [])])}


def case(task: str, requirements: str, pip: dict[str, str]) -> Case:
    return Case(task, literal_map(), {**pip, "_F_RUNTIME_PACKAGES": requirements}, source=SOURCE, imports=IMPORTS)


def told(folder: Path) -> list[str]:
    arguments: list[str] = json.loads(folder.joinpath("pip.json").read_text("utf-8"))
    return arguments


def test_installed_before_the_module_is_imported(pip: dict[str, str], tmp_path: Path) -> None:
    made = case("use", "one two==2.0", pip)
    result = start(tmp_path, prepare(tmp_path, made, "wingbeat"), made.env)
    assert result.outputs is not None, result.stderr
    assert result.outputs.literals["o0"].scalar.primitive.string_value == "brought along"
    assert told(tmp_path) == ["install", "one", "two==2.0"]
    assert result.stdout == "\nCollecting\n"
    assert result.stderr == ""


def test_a_failure_is_logged_and_the_task_runs(pip: dict[str, str], tmp_path: Path) -> None:
    made = case("use", "broken", pip)
    result = start(tmp_path, prepare(tmp_path, made, "wingbeat"), made.env)
    assert (result.status, result.files) == (0, {"outputs.pb"})
    assert "_F_RUNTIME_PACKAGES: pip could not install broken (exit status 7" in result.stderr


def test_blanks_are_no_requirements(oracle: Oracle, pip: dict[str, str], tmp_path: Path) -> None:
    env = {**pip, "PYTHONPATH": str(tmp_path / "packages")}  # the peer has an interpreter of its own
    oracle.ask(tmp_path, case("use", "one  two", env))
    assert told(tmp_path) == ["install", "one", "", "two"]
    made = case("use", " one  two ", pip)
    start(tmp_path, prepare(tmp_path, made, "wingbeat"), made.env)
    assert told(tmp_path) == ["install", "one", "two"]


@pytest.mark.parametrize("requirements", ["", "  "])
def test_nothing_to_install(requirements: str, pip: dict[str, str], tmp_path: Path) -> None:
    made = Case("use", literal_map(), {**pip, "_F_RUNTIME_PACKAGES": requirements}, source=SOURCE, imports=IMPORTS)
    result = start(tmp_path, prepare(tmp_path, made, "wingbeat"), made.env)
    assert "No module named 'brought'" in result.message
    assert not tmp_path.joinpath("pip.json").exists()


def test_sigterm_works_afterwards(pip: dict[str, str], tmp_path: Path) -> None:
    made = case("ends", "one", pip)
    result = start(tmp_path, prepare(tmp_path, made, "wingbeat"), made.env)
    assert (result.status, result.files) == (-signal.SIGTERM, set())


def test_sigterm_meanwhile_ends_pip_and_the_task(pip: dict[str, str], tmp_path: Path) -> None:
    made = case("use", "slow", pip)
    process = subprocess.Popen(
        [PROGRAM, *prepare(tmp_path, made, "wingbeat")],
        cwd=tmp_path,
        env=environment(made.env),
        stdout=subprocess.DEVNULL,
    )
    with process:
        while not tmp_path.joinpath("started").exists() and process.poll() is None:
            time.sleep(0.01)
        process.terminate()
        assert process.wait(timeout=20) == -signal.SIGTERM
    assert tmp_path.joinpath("terminated").exists()
    assert not tmp_path.joinpath("out").exists()
