"""Runs in odd surroundings: they work, or there is one clear error where the engine looks for it."""

from __future__ import annotations

import os
import resource
import shutil
from pathlib import Path

import pytest

import wingbeat
from tests.faults import runs
from tests.faults.surroundings import (
    Surroundings,
    become_stranger,
    broken_pipe,
    closing,
    complaint,
    full_device,
    limited,
    obey_modes,
)
from tests.runtime.process import Result

MEBIBYTE = 2**20
MORE_TASKS = """
import sys


@task
def prints(a: int) -> int:
    print("said")
    return a + 1


@task
def raises(a: int) -> int:
    raise ValueError("bad")


@task
def exits(a: int) -> int:
    sys.exit(3)


@task
def interrupted(a: int) -> int:
    raise KeyboardInterrupt


@task
def hoards(a: int) -> int:
    kept = []
    while True:
        kept.append([len(kept)])


KEPT = []


@task
def hoards_for_good(a: int) -> int:
    while True:
        KEPT.append([len(KEPT)])


@task
def keeps(a: int) -> str:
    return current_context().working_directory
"""
#: Loaded by the interpreter at its start: clocks that run wrongly.
CLOCKS = {
    "past": "lambda: 0.0",
    "future": "lambda: 9_000_000_000.0",  # the year 2255
    "backwards": "lambda count=itertools.count(): 1_700_000_000.0 - 3600 * next(count)",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Code and inputs."""
    runs.furnish(tmp_path)
    with tmp_path.joinpath("user_code.py").open("a", encoding="utf-8") as file:
        file.write(MORE_TASKS)
    return tmp_path


def attempt(around: Surroundings, task: str = "all_kinds", home: Path | None = None) -> Result:
    """Run a task; nothing temporary may stay, and no traceback of wingbeat's may be seen."""
    home = home or around.folder
    around.env.setdefault("TMPDIR", str(home / "tmp"))
    result = around.run(runs.execute("x", task), home / "out-x")
    assert "Traceback" not in complaint(result)
    left = [path.name for path in home.joinpath("tmp").iterdir()]
    assert not left, f"left in TMPDIR: {left}"
    return result


def works(around: Surroundings, home: Path | None = None) -> Result:
    """A task with outputs of many kinds ends well."""
    result = attempt(around, home=home)
    assert result.status == 0, result.stderr
    assert result.files == {"outputs.pb"}, result.stderr
    assert runs.outputs(home or around.folder, "x") == runs.expected(3, files=3)
    return result


def fails(around: Surroundings, task: str = "raises") -> str:
    """A task that fails is reported as anywhere else; the message."""
    result = attempt(around, task)
    assert result.status == 0, result.stderr
    assert result.files == {"error.pb"}
    assert result.error is not None
    assert (result.error.code, result.error.kind, result.error.origin) == ("USER:RuntimeError", 0, 1)
    return result.message.strip()


def test_without_a_home(folder: Path) -> None:
    around = Surroundings(folder, bare=True, env={"PATH": os.environ["PATH"]})
    works(around)


def test_with_a_home_that_is_not_there(folder: Path) -> None:
    works(Surroundings(folder, env={"HOME": str(folder / "nowhere")}))


def test_with_a_home_that_is_read_only(folder: Path) -> None:
    home = folder / "home"
    home.mkdir(mode=0o555)
    works(Surroundings(folder, env={"HOME": str(home)}, enter=obey_modes))
    assert not list(home.iterdir())


def test_with_an_empty_environment(folder: Path) -> None:
    works(Surroundings(folder, bare=True))


def test_in_a_folder_that_is_read_only(folder: Path) -> None:
    place = folder / "image"
    place.mkdir()
    folder.joinpath("user_code.py").rename(place / "user_code.py")
    for name in ("inputs-3.pb", "out-x", "raw-x", "tmp"):
        place.joinpath(name).symlink_to(folder / name)
    folder.joinpath("out-x").mkdir()
    folder.joinpath("raw-x").mkdir()
    place.chmod(0o555)
    works(Surroundings(place, env={"TMPDIR": str(folder / "tmp")}, enter=obey_modes), home=folder)
    assert not place.joinpath("__pycache__").exists()


def test_a_prefix_in_a_folder_that_is_read_only(folder: Path) -> None:
    folder.chmod(0o555)
    result = attempt(Surroundings(folder, enter=obey_modes), "raises")
    folder.chmod(0o755)
    assert result.status == 1
    assert not result.files
    assert complaint(result).count("\n") <= 3
    assert "The error above could not be reported: cannot write 'out-x/error.pb': PermissionError" in result.stderr
    result = attempt(Surroundings(folder), "prints")
    assert result.files == {"outputs.pb"}


def test_in_a_folder_that_was_removed(folder: Path) -> None:
    place = folder / "removed"
    place.mkdir()
    path = os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH"), str(folder)]))
    around = Surroundings(place, env={"PYTHONPATH": path, "TMPDIR": str(folder / "tmp")}, enter=lambda: place.rmdir())
    command = [word.replace("=", f"={folder}/") if "=" in word else word for word in runs.execute("x")]
    result = around.run(command, folder / "out-x")
    assert (result.status, result.files) == (0, {"outputs.pb"}), result.stderr


def test_with_a_folder_for_temporary_files_that_is_not_there(folder: Path) -> None:
    result = works(Surroundings(folder, env={"TMPDIR": str(folder / "nowhere")}))
    assert not result.stderr.count("Traceback")


def test_with_a_sandbox_that_is_read_only(folder: Path) -> None:
    sandbox = folder / "sandbox"
    sandbox.mkdir(mode=0o555)
    around = Surroundings(folder, env={"FLYTE_SDK_LOCAL_SANDBOX": str(sandbox)}, enter=obey_modes)
    message = fails(around, "keeps")
    assert message.startswith("PermissionError: ")
    assert str(sandbox) in message


@pytest.mark.parametrize("clock", CLOCKS.values(), ids=CLOCKS)
def test_with_a_clock_that_jumps(clock: str, folder: Path) -> None:
    place = folder / "clock"
    place.mkdir()
    place.joinpath("sitecustomize.py").write_text(f"import itertools\nimport time\ntime.time = {clock}\n", "utf-8")
    path = os.pathsep.join(filter(None, [str(place), os.environ.get("PYTHONPATH")]))
    env = {"PYTHONPATH": path, "FLYTE_INTERNAL_EXECUTION_ID": "e", "WINGBEAT_PHASES": "stderr"}
    works(Surroundings(folder, env=dict(env)))
    shutil.rmtree(folder / "out-x")
    result = attempt(Surroundings(folder, env=env), "raises")
    assert result.message.strip() == "ValueError: bad"
    assert result.error is not None
    assert result.error.timestamp.seconds in (0, 9_000_000_000, *range(1_700_000_000, 1_600_000_000, -3600))


@pytest.mark.parametrize("streams", [(1,), (2,), (0, 1, 2)], ids=["stdout", "stderr", "all"])
def test_without_streams(streams: tuple[int, ...], folder: Path) -> None:
    works(Surroundings(folder, enter=closing(*streams)))
    shutil.rmtree(folder / "out-x")
    assert fails(Surroundings(folder, enter=closing(*streams))) == "ValueError: bad"
    for task, status in (("exits", 3), ("interrupted", 1)):
        assert attempt(Surroundings(folder, enter=closing(*streams)), task).status == status


@pytest.mark.parametrize("where", [broken_pipe, full_device])
@pytest.mark.parametrize("streams", [("stdout",), ("stderr",), ("stdout", "stderr")], ids="-".join)
def test_with_streams_that_take_nothing(where: object, streams: tuple[str, ...], folder: Path) -> None:
    assert callable(where)
    with where() as descriptor:
        taken = dict.fromkeys(streams, descriptor)
        works(Surroundings(folder, **taken))
        shutil.rmtree(folder / "out-x")
        assert fails(Surroundings(folder, **taken)) == "ValueError: bad"
        for task, status in (("exits", 3), ("interrupted", 1)):
            assert attempt(Surroundings(folder, **taken), task).status == status


@pytest.mark.parametrize("where", [broken_pipe, full_device])
def test_what_a_task_prints_may_be_lost(where: object, folder: Path) -> None:
    assert callable(where)
    with where() as descriptor:
        # The default: an interpreter that writes at once tells the task of it, as Python does.
        result = attempt(Surroundings(folder, env={"PYTHONUNBUFFERED": ""}, stdout=descriptor), "prints")
    assert (result.status, result.files) == (0, {"outputs.pb"})
    assert result.stderr.startswith("what was printed to stdout is lost: ")
    assert result.stderr.count("\n") == 1


def test_with_16_open_files(folder: Path) -> None:
    works(Surroundings(folder, enter=limited(resource.RLIMIT_NOFILE, 16)))


def test_with_little_memory(folder: Path) -> None:
    works(Surroundings(folder, enter=limited(resource.RLIMIT_AS, 64 * MEBIBYTE)))


@pytest.mark.parametrize("task", ["hoards", "hoards_for_good"])
def test_a_task_that_takes_all_memory(task: str, folder: Path) -> None:
    assert fails(Surroundings(folder, enter=limited(resource.RLIMIT_AS, 64 * MEBIBYTE)), task) == "MemoryError:"


def test_with_files_for_nobody_else(folder: Path) -> None:
    works(Surroundings(folder, enter=lambda: os.umask(0o077) and None))
    written = [path for name in ("out-x", "raw-x") for path in folder.joinpath(name).rglob("*")]
    assert len(written) > 5
    assert not [path for path in written if path.stat().st_mode & 0o077]


def test_as_a_user_without_a_name(folder: Path) -> None:
    for path in (folder, folder / "tmp", *folder.parents[:2]):
        path.chmod(0o777)
    around = Surroundings(folder, bare=True, enter=become_stranger)
    works(around)
    assert folder.joinpath("out-x", "outputs.pb").stat().st_uid != 0


@pytest.mark.parametrize("locale", ["C", "POSIX"])
def test_with_names_beyond_ascii_in_a_plain_locale(locale: str, folder: Path) -> None:
    place = folder / "räum ☃"
    place.mkdir()
    runs.furnish(place)
    around = Surroundings(place, env={"LC_ALL": locale, "LANG": locale, "TMPDIR": str(place / "tmp")})
    command = [word.replace("out-x", "öut-x").replace("raw-x", "räw-x") for word in runs.execute("x", "all_kinds")]
    result = around.run(command, place / "öut-x")
    assert (result.status, result.files) == (0, {"outputs.pb"}), result.stderr
    assert result.outputs is not None
    assert result.outputs.literals["o2"].scalar.blob.uri.startswith("räw-x/")


def test_from_a_package_that_is_read_only_without_bytecode(folder: Path) -> None:
    library = folder / "library"
    source = Path(wingbeat.__file__).parent
    shutil.copytree(source, library / "wingbeat", ignore=shutil.ignore_patterns("__pycache__"))
    places = [library, *(path for path in library.rglob("*") if path.is_dir())]
    for place in places:
        place.chmod(0o555)
    path = os.pathsep.join(filter(None, [str(library), os.environ.get("PYTHONPATH")]))
    env = {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": ""}
    works(Surroundings(folder, env=env, enter=obey_modes))
    assert not list(library.rglob("__pycache__"))
    for place in places:
        place.chmod(0o755)
