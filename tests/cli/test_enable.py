"""`wingbeat enable`, `disable` and `status` in environments of their own."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import site
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import wingbeat
from tests.cli.environments import ENTRYPOINT, FUNCTIONS, NAMES, Environment, make, put_commands, wheel
from tests.compat.both import Both
from tests.runtime.archives import bundle
from tests.runtime.peer import INTERPRETER
from tests.runtime.process import io_arguments, task_arguments
from wingbeat import InterfaceCodec
from wingbeat.installation import folder, report, switch
from wingbeat.installation.script import scripts

ADD = "from wingbeat import task\n\n\n@task\ndef add(a: int, b: int) -> int:\n    return a + b\n"
SETTINGS = [*io_arguments(), *task_arguments("small", "add")]


@pytest.fixture(scope="module")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    return make(tmp_path_factory.mktemp("environments") / "one")


@pytest.fixture
def environment(_template: Environment) -> Iterator[Environment]:
    """An environment with wingbeat, as it was made: what a test changes in it is undone."""
    commands = shutil.copytree(_template.bin, _template.root / "bin.before", symlinks=True)
    packages = set(_template.packages.iterdir())
    yield _template
    shutil.rmtree(_template.bin)
    commands.rename(_template.bin)
    for path in set(_template.packages.iterdir()) - packages:
        shutil.rmtree(path)


SPAWNS = """
import multiprocessing

from flytekit import task


def work(a):
    import flytekit

    return a + (flytekit.task is task)


@task
def add(a: int, b: int) -> int:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return sum(pool.map(work, [a])) + b - 1
"""


def run_task(environment: Environment, command: list[str], source: str = ADD) -> object:
    """What a task returns that one of the commands runs."""
    folder = environment.root / "task"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    folder.joinpath("small.py").write_text(source, "utf-8")
    folder.joinpath("inputs.pb").write_bytes(InterfaceCodec({"a": int, "b": int}).encode({"a": 1, "b": 2}))
    done = environment.run(command[0], *command[1:], *SETTINGS, folder=folder)
    assert (done.status, done.err) == (0, "")
    return InterfaceCodec({"o0": int}).decode(folder.joinpath("out", "outputs.pb").read_bytes())["o0"]


def states(environment: Environment) -> dict[str, tuple[str, bool]]:
    """Of each command what stands there, and whether flytekit's is kept."""
    document = environment.wingbeat("status", "--json").document
    return {command["name"]: (command["state"], command["kept"] is not None) for command in document["commands"]}


def test_there_and_back(environment: Environment) -> None:
    put_commands(environment)
    before = environment.files()
    assert environment.wingbeat("status").status == 1
    done = environment.wingbeat("enable")
    assert (done.status, done.err) == (0, "")
    path = environment.bin / NAMES[0]
    assert done.out.splitlines()[0] == f"{path}: now wingbeat's; flytekit's is kept as {NAMES[0]}.flytekit"
    after = environment.files()
    for name in NAMES:
        assert after[f"{name}.flytekit"] == before[name], "the very same file"
        assert after[name] != before[name]
        assert environment.bin.joinpath(name).stat().st_mode == environment.bin.joinpath("wingbeat").stat().st_mode
    assert states(environment) == dict.fromkeys(NAMES, ("wingbeat", True))
    status = environment.wingbeat("status")
    assert (status.status, status.err) == (0, "")
    assert " is enabled in " in status.out
    done = environment.wingbeat("disable")
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines() == [f"{environment.bin / name}: flytekit's again" for name in NAMES]
    assert environment.files() == before


def test_both_may_be_done_again(environment: Environment) -> None:
    put_commands(environment)
    before = environment.files()
    assert environment.wingbeat("disable").status == 0
    assert environment.files() == before
    environment.wingbeat("enable")
    enabled = environment.files()
    again = environment.wingbeat("enable", "--json")
    assert [command["changed"] for command in again.document["commands"]] == [False] * 4
    assert environment.files() == enabled
    environment.wingbeat("disable")
    assert environment.wingbeat("disable").out.splitlines()[0].endswith(": flytekit's already")
    assert environment.files() == before


@pytest.mark.parametrize("command", [["pyflyte-execute"], ["python", "{bin}/entrypoint.py", "pyflyte-execute"]])
def test_the_commands_run_tasks(command: list[str], environment: Environment) -> None:
    put_commands(environment)
    environment.wingbeat("enable")
    words = [word.format(bin=environment.bin) for word in command]
    assert run_task(environment, words) == 3
    assert run_task(environment, words, SPAWNS) == 3, "in the processes that a task starts too"


def test_a_bundle_is_run_by_the_commands(environment: Environment, tmp_path: Path) -> None:
    put_commands(environment)
    environment.wingbeat("enable")
    archive = tmp_path / "fast1.tar.gz"
    archive.write_bytes(bundle(more="X = 1\n"))
    command = ["pyflyte-fast-execute", "--additional-distribution", str(archive), "--dest-dir", ".", "--"]
    assert run_task(environment, [*command, "pyflyte-execute"]) == 3


@pytest.mark.parametrize("name", NAMES[:3])
def test_usage_says_what_was_typed(name: str, environment: Environment) -> None:
    environment.wingbeat("enable")
    assert environment.run(name, "--help").out.startswith(f"Usage: {name} [OPTIONS]")
    done = environment.run("python", str(environment.bin / "entrypoint.py"), name, "--help")
    assert done.out.startswith(f"Usage: entrypoint.py {name} [OPTIONS]")


def test_the_third_way_to_start_them(environment: Environment) -> None:
    environment.wingbeat("enable")
    program = str(environment.bin / "entrypoint.py")
    done = environment.run("python", program, "--help")
    assert (done.status, done.err) == (0, "")
    assert [line.split()[0] for line in done.out.splitlines() if line.startswith("  pyflyte")] == sorted(NAMES[:3])
    usage = "Usage: entrypoint.py [OPTIONS] COMMAND [ARGS]..."
    done = environment.run("python", program)
    assert (done.status, done.out, done.err.splitlines()[0]) == (2, "", usage)
    done = environment.run("python", program, "fly")
    assert (done.status, done.err.splitlines()[-1]) == (2, "Error: No such command 'fly'.")
    done = environment.run("python", program, "--fly")
    assert (done.status, done.err.splitlines()[-1]) == (2, "Error: No such option '--fly'.")


def test_without_flytekit(environment: Environment) -> None:
    before = environment.files()
    done = environment.wingbeat("enable")
    assert done.status == 0
    assert all(line.endswith(": now wingbeat's; there was none before") for line in done.out.splitlines())
    assert run_task(environment, ["pyflyte-execute"]) == 3
    assert states(environment) == dict.fromkeys(NAMES, ("wingbeat", False))
    done = environment.wingbeat("disable")
    assert done.out.splitlines()[0] == f"{environment.bin / NAMES[0]}: removed; nothing was kept of one before"
    assert environment.files() == before


def test_flytekit_is_installed_again_and_uninstalled(environment: Environment, tmp_path: Path) -> None:
    environment.pip("install", "--no-index", "--no-deps", str(wheel(tmp_path, "1.0")))
    environment.wingbeat("enable")
    environment.pip("install", "--no-index", "--no-deps", "-U", str(wheel(tmp_path, "1.1")))
    document = environment.wingbeat("status", "--json").document
    assert (document["state"], document["enabled"], document["flytekit"]) == ("undone", False, "1.1")
    assert document["problems"][0]["mend"] == "wingbeat enable"
    assert "flytekit was installed since `wingbeat enable`" in document["problems"][0]["what"]
    newer = environment.files()["entrypoint.py"]
    assert environment.wingbeat("enable").status == 0
    assert environment.files()["entrypoint.py.flytekit"] == newer
    assert states(environment) == dict.fromkeys(NAMES, ("wingbeat", True))

    environment.pip("uninstall", "--yes", "flytekit")
    document = environment.wingbeat("status", "--json").document
    assert (document["state"], document["flytekit"]) == ("undone", None)
    assert "flytekit was removed since" in document["problems"][0]["what"]
    assert environment.wingbeat("enable").status == 0
    assert run_task(environment, ["pyflyte-execute"]) == 3
    assert not [name for name in environment.files() if name.endswith(".flytekit")]
    environment.wingbeat("disable")
    assert not [name for name in NAMES if name in environment.files()]


def test_what_was_kept_of_an_older_flytekit_is_not_put_back(environment: Environment) -> None:
    put_commands(environment)
    environment.wingbeat("enable")
    put_commands(environment, python=sys.executable)
    installed = environment.files()
    done = environment.wingbeat("disable")
    assert "not wingbeat's any more" in done.out
    assert environment.files() == {name: what for name, what in installed.items() if not name.endswith(".flytekit")}


@pytest.mark.parametrize(("name", "function"), list(zip(NAMES, FUNCTIONS)))
def test_without_wingbeat_flytekit_runs(name: str, function: str, environment: Environment, tmp_path: Path) -> None:
    put_commands(environment)
    environment.wingbeat("enable")
    path = environment.packages / "wingbeat_and_more.pth"
    kept = path.read_bytes()
    entrypoint = environment.packages / "flytekit" / "bin" / "entrypoint.py"
    entrypoint.parent.mkdir(parents=True)
    entrypoint.write_text(ENTRYPOINT, "utf-8")
    path.unlink()
    try:
        done = environment.run(name, "--inputs", "x")
    finally:
        path.write_bytes(kept)
    assert (done.status, done.out) == (7, f"flytekit {function} {name} --inputs x\n")
    assert done.err.startswith(f"{name}: wingbeat is not installed any more")
    assert len(done.err.splitlines()) == 1


HEADS = {
    "flags": "#!{bin}/python -E",
    "long": "#!/bin/sh\n'''exec' \"{bin}/python\" \"$0\" \"$@\"\n' '''",
    "moved": "#!/bin/sh\n'''exec' \"$(dirname -- \"$(realpath -- \"$0\")\")\"/'python' \"$0\" \"$@\"\n' '''",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_the_interpreter_is_started_as_flytekits_command_starts_it(head: str, environment: Environment) -> None:
    put_commands(environment)
    lines = head.format(bin=environment.bin)
    for name in NAMES[:3]:
        file = environment.bin / name
        file.write_text(file.read_text("utf-8").replace(f"#!{environment.bin}/python3", lines), "utf-8")
    environment.wingbeat("enable")
    assert environment.bin.joinpath("pyflyte-execute").read_text("utf-8").startswith(f"{lines}\n# Put here")
    assert run_task(environment, ["pyflyte-execute"]) == 3
    assert states(environment) == dict.fromkeys(NAMES, ("wingbeat", True))


@pytest.mark.parametrize("python", ["/nowhere/bin/python3", "/usr/bin/env python3", "{bin}/python3.8"])
def test_another_interpreter_is_not_kept(python: str, environment: Environment) -> None:
    environment.bin.joinpath("python3.8").write_text("", "utf-8")
    put_commands(environment, python.format(bin=environment.bin))
    environment.wingbeat("enable")
    first = environment.bin.joinpath("pyflyte-execute").read_text("utf-8").splitlines()[0]
    assert first == f"#!{environment.bin}/python"
    assert states(environment) == dict.fromkeys(NAMES, ("wingbeat", True))


def test_a_long_path_to_the_interpreter(tmp_path: Path) -> None:
    environment = make(tmp_path / ("long " * 30))
    done = environment.run("python", "-m", "wingbeat", "enable")
    assert (done.status, done.err) == (0, "")
    assert run_task(environment, ["pyflyte-execute"]) == 3


def test_a_link_is_put_back_as_a_link(environment: Environment, tmp_path: Path) -> None:
    put_commands(environment)
    command = environment.bin / "pyflyte-execute"
    target = tmp_path / "elsewhere"
    command.rename(target)
    command.symlink_to(target)
    before = target.read_bytes()
    environment.wingbeat("enable")
    assert not command.is_symlink()
    assert target.read_bytes() == before
    environment.wingbeat("disable")
    assert command.readlink() == target


def test_a_command_of_somebody_else(environment: Environment) -> None:
    put_commands(environment)
    environment.bin.joinpath("pyflyte-map-execute").write_text("#!/bin/sh\nexec own-runner\n", "utf-8")
    before = environment.files()
    done = environment.wingbeat("enable")
    assert (done.status, done.out) == (1, "")
    assert "pyflyte-map-execute is neither flytekit's nor wingbeat's: move it away first" in done.err
    assert environment.files() == before
    assert "neither flytekit's nor wingbeat's" in environment.wingbeat("status").out


def test_an_entrypoint_of_somebody_else_is_left_alone(environment: Environment) -> None:
    put_commands(environment)
    environment.bin.joinpath("entrypoint.py").write_text("print('mine')\n", "utf-8")
    done = environment.wingbeat("enable")
    assert (done.status, done.out.splitlines()[-1]) == (
        0,
        f"{environment.bin / 'entrypoint.py'}: not flytekit's, left as it is",
    )
    assert environment.wingbeat("status").status == 0
    environment.wingbeat("disable")
    assert environment.bin.joinpath("entrypoint.py").read_text("utf-8") == "print('mine')\n"


def test_an_older_wingbeats_command_is_renewed(environment: Environment) -> None:
    put_commands(environment)
    before = environment.files()
    environment.wingbeat("enable")
    command = environment.bin / "pyflyte-execute"
    current = command.read_text("utf-8")
    command.write_text(current + "# as another version wrote it\n", "utf-8")
    document = environment.wingbeat("status", "--json").document
    assert (document["state"], document["enabled"]) == ("outdated", False)
    assert "renewed" in environment.wingbeat("enable").out
    assert command.read_text("utf-8") == current
    environment.wingbeat("disable")
    assert environment.files() == before


def test_two_at_once(environment: Environment) -> None:
    put_commands(environment)
    before = environment.files()
    for command in ("enable", "disable"):
        with ThreadPoolExecutor(4) as pool:
            assert [done.status for done in pool.map(environment.wingbeat, [command] * 4)] == [0] * 4
        expected = dict.fromkeys(NAMES, ("wingbeat", True) if command == "enable" else ("flytekit", False))
        assert states(environment) == expected
    assert environment.files() == before


def test_commands_are_there_at_every_moment(environment: Environment) -> None:
    put_commands(environment)
    source = (
        "import os, sys\nfrom wingbeat.installation.switch import disable, enable\n"
        "for _ in range(100):\n    enable(sys.argv[1])\n    disable(sys.argv[1])\n"
    )
    command = environment.bin / "pyflyte-fast-execute"
    contents = {command.read_bytes()}
    environment.wingbeat("enable")
    contents.add(command.read_bytes())
    with subprocess.Popen([environment.bin / "python", "-c", source, environment.bin]) as process:
        looked = [command.read_bytes()]
        while process.poll() is None:
            looked.append(command.read_bytes())
    assert process.returncode == 0
    assert set(looked) == contents, "both were seen, and nothing else"


@pytest.mark.parametrize("command", ["enable", "disable"])
@pytest.mark.parametrize("failing", range(1, 5))
def test_a_failure_on_the_way_leaves_everything_as_it_was(
    command: str, failing: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = Environment(tmp_path)
    environment.bin.mkdir()
    put_commands(environment)
    environment.bin.joinpath("pyflyte-map-execute").unlink()
    if command == "disable":
        switch.enable(str(environment.bin))
    before = {name: (content, mode) for name, (content, mode, _, _) in environment.files().items()}
    replaced: list[str] = []
    rename, unlink = os.replace, os.unlink

    def full(old: str, new: str) -> None:
        if not new.endswith(".flytekit"):
            count(new)
        rename(old, new)

    def gone(path: str) -> None:
        if path.endswith("execute"):
            count(path)
        unlink(path)

    def count(path: str) -> None:
        replaced.append(path)
        if len(replaced) == failing:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    monkeypatch.setattr(os, "unlink", gone)
    with pytest.raises(
        switch.SwitchError, match=r"bin cannot be changed: No space left on device\. All is as it was\."
    ):
        getattr(switch, command)(str(environment.bin))
    assert {name: (content, mode) for name, (content, mode, _, _) in environment.files().items()} == before


def test_a_folder_that_cannot_be_written(environment: Environment) -> None:
    done = environment.wingbeat("enable", "--folder", str(environment.bin / "wingbeat"))
    assert (done.status, done.out) == (1, "")
    assert "cannot be changed: Not a directory. All is as it was. Run this as the user who may write there" in done.err


def test_a_file_system_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = Environment(tmp_path)
    environment.bin.mkdir()
    put_commands(environment)
    before = {name: what[:3] for name, what in environment.files().items()}

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    switch.enable(str(environment.bin))
    assert {one.state for one in scripts(str(environment.bin))} == {"wingbeat"}
    switch.disable(str(environment.bin))
    assert {name: what[:3] for name, what in environment.files().items()} == before


def test_what_path_finds_first(environment: Environment, tmp_path: Path) -> None:
    put_commands(environment)
    other = tmp_path / "pyflyte-execute"
    other.write_text("#!/bin/sh\n", "utf-8")
    other.chmod(0o755)
    path = {"PATH": f"{tmp_path}:{environment.bin}"}
    done = environment.wingbeat("enable", env=path)
    assert done.status == 0
    warning = f"Warning: PATH leads to {other} before {environment.bin / 'pyflyte-execute'}. Do: export PATH="
    assert done.err.startswith(warning)
    assert environment.wingbeat("status", env=path).status == 1
    assert environment.wingbeat("status").status == 0


@pytest.mark.parametrize("command", ["enable", "disable", "status"])
def test_another_folder(command: str, environment: Environment, tmp_path: Path) -> None:
    before = environment.files()
    done = environment.wingbeat(command, "--json", f"--folder={tmp_path}")
    assert done.document["folder"] == str(tmp_path)
    assert environment.files() == before
    assert len(list(tmp_path.iterdir())) == (4 if command == "enable" else 0)


@pytest.mark.parametrize("command", ["enable", "disable", "status"])
def test_help_and_usage(command: str, environment: Environment) -> None:
    done = environment.wingbeat(command, "--help")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(f"Usage: wingbeat {command} [OPTIONS]\n")
    assert max(map(len, done.out.splitlines())) <= 120
    for arguments, problem in (
        (["--no-such"], "No such option '--no-such'."),
        (["--folder"], "Option '--folder' requires an argument."),
        (["here"], "Got unexpected extra argument (here)"),
    ):
        done = environment.wingbeat(command, *arguments)
        assert (done.status, done.out) == (2, "")
        assert done.err.endswith(f"Error: {problem}\n")


def test_what_the_commands_load(environment: Environment) -> None:
    """No more than wingbeat's own, the start of which is part of every task's time."""
    environment.wingbeat("enable")
    loaded = {}
    for name in ("wingbeat-execute", "pyflyte-execute"):
        done = environment.run(name, "--version", env={"PYTHONPROFILEIMPORTTIME": "1"})
        loaded[name] = [line.rpartition("|")[2].strip() for line in done.err.splitlines()]
    assert loaded["pyflyte-execute"] == loaded["wingbeat-execute"]


class Recorded:
    """A file that an installer has recorded."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.path = path

    def locate(self) -> Path:
        return self.path


@pytest.mark.parametrize("layout", ["prefix", "user", "elsewhere", "gone", "not installed"])
def test_the_folder_of_the_commands(layout: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the installer has put wingbeat's, if that is in this environment."""
    own, user = tmp_path / "prefix", tmp_path / "home" / ".local"
    monkeypatch.setattr(sys, "prefix", str(own))
    monkeypatch.setattr(site, "getuserbase", lambda: str(user))
    monkeypatch.setattr(site, "ENABLE_USER_SITE", layout == "user")
    base = {"prefix": own / "local", "user": user, "gone": own}.get(layout, tmp_path / "other")
    command = base / "bin" / "wingbeat-execute"
    command.parent.mkdir(parents=True)
    if layout != "gone":
        command.write_text("", "utf-8")

    def files(package: str) -> list[Recorded]:
        if layout == "not installed":
            raise importlib.metadata.PackageNotFoundError(package)
        return [Recorded(base / "wingbeat" / "__init__.py"), Recorded(command)]

    monkeypatch.setattr(importlib.metadata, "files", files)
    expected = str(command.parent) if layout in ("prefix", "user") else sysconfig.get_path("scripts")
    assert folder.scripts_folder() == expected


def test_an_installation_for_one_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = Environment(tmp_path)
    environment.bin.mkdir()
    switch.enable(str(environment.bin))
    monkeypatch.setenv("PATH", str(environment.bin))
    assert report.Report(str(environment.bin)).enabled
    monkeypatch.setattr(site, "getuserbase", lambda: str(Path(wingbeat.__file__).parent.parent))
    monkeypatch.setattr(site, "ENABLE_USER_SITE", True)
    (problem,) = report.Report(str(environment.bin)).problems
    assert problem.what == "wingbeat is installed for this user only: for others flytekit runs"


NEEDS_FLYTEKIT = """
from flytekit import task
from flytekit.remote import FlyteRemote


@task
def add(a: int, b: int) -> int:
    return a + b if FlyteRemote else 0
"""


@pytest.fixture(scope="module")
def with_flytekit(tmp_path_factory: pytest.TempPathFactory) -> Both:
    """An environment with flytekit itself, whose commands are wingbeat's."""
    if not INTERPRETER.exists() and not os.environ.get("CI"):
        pytest.skip(f"no flytekit at {INTERPRETER}: make peers")
    both = Both(tmp_path_factory.mktemp("both"))
    shutil.copy2(both.interpreter.with_name("entrypoint.py"), both.bin)
    before = {path.name: path.read_bytes() for path in both.bin.iterdir()}
    command = [both.interpreter, "-m", "wingbeat", "enable", "--folder", both.bin]
    subprocess.run(command, env=both.variables(), check=True, capture_output=True, timeout=60)
    after = {path.name: path.read_bytes() for path in both.bin.iterdir()}
    assert {name: after[f"{name}.flytekit"] for name in NAMES} == {name: before[name] for name in NAMES}
    return both


@pytest.mark.parametrize(
    ("command", "takes_over"),
    [
        ("{bin}/pyflyte-execute", True),
        ("{python} {bin}/entrypoint.py pyflyte-execute", True),
        ("{bin}/pyflyte-fast-execute --additional-distribution fast1.tar.gz --dest-dir . -- pyflyte-execute", True),
        ("{bin}/pyflyte-execute.flytekit", False),
        ("{python} {bin}/entrypoint.py.flytekit pyflyte-execute", False),
    ],
    ids=["execute", "entrypoint", "fast-execute", "kept", "kept entrypoint"],
)
def test_beside_flytekit_itself(command: str, takes_over: bool, with_flytekit: Both, tmp_path: Path) -> None:
    """It runs when a task needs it, and under the names that its own commands are kept by."""
    tmp_path.joinpath("small.py").write_text(NEEDS_FLYTEKIT, "utf-8")
    tmp_path.joinpath("inputs.pb").write_bytes(InterfaceCodec({"a": int, "b": int}).encode({"a": 1, "b": 2}))
    tmp_path.joinpath("fast1.tar.gz").write_bytes(bundle(more="X = 1\n"))
    words = command.format(bin=with_flytekit.bin, python=with_flytekit.interpreter).split()
    result = with_flytekit.run(tmp_path, [*words, *SETTINGS])
    assert (result.status, result.files) == (0, {"outputs.pb"}), result.stderr
    assert InterfaceCodec({"o0": int}).decode(tmp_path.joinpath("out", "outputs.pb").read_bytes()) == {"o0": 3}
    assert result.stderr.count("flytekit takes over") == takes_over
