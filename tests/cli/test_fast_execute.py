"""`wingbeat-fast-execute`: a code bundle, and whatever runs with it (runtime contract 1.4, 1.7 and 11)."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.literals import collection, integer
from tests.runtime.archives import bundle, member, tar
from tests.runtime.peer import IMPORTS, INTERPRETER, Case, Oracle, literal_map
from tests.runtime.process import PROGRAM, Result, collect, environment, io_arguments, start, task_arguments

FAST = PROGRAM.with_name("wingbeat-fast-execute")
WINGBEAT = PROGRAM.with_name("wingbeat")
BIN = str(PROGRAM.parent.resolve())
BUNDLE = ["--additional-distribution", "{folder}/store/fast1.tar.gz", "--dest-dir", "code"]
TAIL = [*io_arguments(), *task_arguments("bundled", "look")]

SOURCE = """
import json
import os
import sys

FACTS = {
    "arguments": sys.argv,
    "path": list(sys.path),
    "PYTHONPATH": os.environ.get("PYTHONPATH"),
    "process": os.getpid(),
    "folder": os.getcwd(),
}


@task
def look(a: int) -> int:
    with open("facts.json", "w", encoding="utf-8") as file:
        json.dump({**FACTS, "later path": list(sys.path)}, file)
    return a + 1


@task
def leave(a: int) -> int:
    sys.exit(a)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a container would start: a bundle in a store, a folder for the code, inputs."""
    tmp_path.joinpath("store").mkdir()
    tmp_path.joinpath("code").mkdir()
    tmp_path.joinpath("store", "fast1.tar.gz").write_bytes(bundle(bundled=IMPORTS["wingbeat"] + SOURCE))
    tmp_path.joinpath("inputs.pb").write_bytes(literal_map(a=integer(3)))
    return tmp_path


def fast(folder: Path, *command: str | Path, own: list[str] | None = None, env: dict[str, str] | None = None) -> Result:
    """Run a command with the bundle."""
    words = [*(BUNDLE if own is None else own), "--", *map(str, command)]
    return start(folder, [word.replace("{folder}", str(folder)) for word in words], env, "fast-execute")


def facts(folder: Path) -> dict[str, object]:
    return json.loads(folder.joinpath("facts.json").read_text("utf-8"))


def before(*entries: str | Path) -> str:
    """A PYTHONPATH of what the tests themselves need and these entries."""
    return os.pathsep.join([*filter(None, [os.environ.get("PYTHONPATH")]), *map(str, entries)])


SPELLINGS = {
    "wingbeat-execute": ["wingbeat-execute"],
    "pyflyte-execute": ["pyflyte-execute"],
    "with its path": [f"{BIN}/wingbeat-execute"],
    "flytekit's with our path": [f"{BIN}/pyflyte-execute"],
    "wingbeat execute": ["wingbeat", "execute"],
    "python -m wingbeat": ["python", "-m", "wingbeat", "execute"],
    "python -m flytekit.bin.entrypoint": ["python3", "-m", "flytekit.bin.entrypoint", "pyflyte-execute"],
    "entrypoint.py": [f"{BIN}/python", "/opt/venv/bin/entrypoint.py", "pyflyte-execute"],
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_task_runs_in_the_same_process(spelling: str, folder: Path) -> None:
    command = [FAST, *(word.replace("{folder}", str(folder)) for word in BUNDLE), "--", *SPELLINGS[spelling], *TAIL]
    env = environment({"PATH": f"{BIN}:{os.environ['PATH']}"})
    with subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.PIPE, text=True) as process:
        out, _ = process.communicate(timeout=60)
    assert (process.returncode, out) == (0, "\n")
    result = Result(0)
    collect(result, folder / "out")
    assert result.outputs is not None
    assert result.outputs.literals["o0"] == integer(4)
    seen = facts(folder)
    assert (seen["process"], seen["folder"]) == (process.pid, str(folder))
    told = ["--dynamic-addl-distro", f"{folder}/store/fast1.tar.gz", "--dynamic-dest-dir", "code"]
    at = TAIL.index("--resolver")
    assert seen["arguments"][1:] == [*TAIL[:at], *told, *TAIL[at:]]
    assert {"bundled.py", "fast1.tar.gz"} == set(os.listdir(folder / "code")) - {"__pycache__"}


@pytest.mark.parametrize(
    "command", [[FAST], [WINGBEAT, "fast-execute"], [sys.executable, "-m", "wingbeat", "fast-execute"]]
)
def test_ways_to_be_started(command: list[str | Path], folder: Path) -> None:
    words = [*command, *(word.replace("{folder}", str(folder)) for word in BUNDLE), "--", "wingbeat-execute", *TAIL]
    done = subprocess.run(words, cwd=folder, env=environment(), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "\n", "")


@pytest.mark.parametrize("program", ["wingbeat-map-execute", "pyflyte-map-execute"])
def test_an_element_of_a_map_task(program: str, folder: Path) -> None:
    folder.joinpath("inputs.pb").write_bytes(literal_map(a=collection(integer(3), integer(5))))
    task = task_arguments("bundled", "look")
    resolver = "flytekit.core.array_node_map_task.ArrayNodeMapTaskResolver"
    tail = ["--resolver", resolver, "--max-concurrency", "4", "--", "vars", "", "resolver", task[1], *task[3:]]
    index = {"BATCH_JOB_ARRAY_INDEX_VAR_NAME": "INDEX", "INDEX": "1"}
    result = fast(folder, program, *io_arguments(), *tail, env=index)
    assert (result.status, result.stdout, result.stderr) == (0, "", "")
    assert result.outputs is not None
    assert result.outputs.literals["o0"] == integer(6)


def test_a_program_of_another_installation_is_left_to_it(folder: Path) -> None:
    other = folder / "other" / "pyflyte-execute"
    other.parent.mkdir()
    other.write_text('#!/bin/sh\necho "$PYTHONPATH $#"\n', "utf-8")
    other.chmod(0o755)
    for env in ({}, {"PATH": f"{other.parent}:{os.environ['PATH']}"}):
        result = fast(folder, "pyflyte-execute" if env else other, *TAIL, env={**env, "PYTHONPATH": before()})
        assert result.status == 0
        assert result.stdout == f"{before(folder / 'code')} {len(TAIL) + 4}\n"


def expected_path(folder: Path, env: dict[str, str]) -> list[str]:
    """`sys.path` of an interpreter that starts with the bundle's folder in PYTHONPATH, then the working directory."""
    probe = folder / "probe"
    probe.mkdir()
    script = probe / "script.py"
    interpreter = FAST.read_text("utf-8").splitlines()[0].removeprefix("#!")
    script.write_text("import json, sys\nprint(json.dumps(sys.path))\n", "utf-8")
    given = env.get("PYTHONPATH", os.environ.get("PYTHONPATH"))
    extended = env | {"PYTHONPATH": os.pathsep.join(filter(None, [given, str(folder / "code")]))}
    done = subprocess.run(
        [interpreter, script], cwd=folder, env=environment(extended), capture_output=True, text=True, check=True
    )
    entries = [BIN if entry == str(probe) else entry for entry in json.loads(done.stdout)]
    known = {os.path.realpath(entry) for entry in entries}
    return entries if os.path.realpath(folder) in known else [*entries, str(folder)]


PATHS = {
    "as it is": {},
    "empty": {"PYTHONPATH": before()},
    "two": {"PYTHONPATH": before("/aaa", "{folder}/bbb")},
    "the folder itself": {"PYTHONPATH": before("{folder}/code", "/aaa")},
    "the folder twice": {"PYTHONPATH": before("/aaa", "{folder}/code", "{folder}/code")},
    "an empty entry": {"PYTHONPATH": before("/aaa", "", "/bbb")},
    "a link to the working directory": {"PYTHONPATH": before("{folder}/link")},
    "a relative entry": {"PYTHONPATH": before("code/../bbb")},
    "safe": {"PYTHONPATH": before("/aaa"), "PYTHONSAFEPATH": "1"},
    "safe, none": {"PYTHONSAFEPATH": "1"},
}


@pytest.mark.parametrize("name", PATHS)
def test_the_search_path_is_that_of_a_new_interpreter(name: str, folder: Path) -> None:
    folder.joinpath("link").symlink_to(folder)
    env = {key: value.replace("{folder}", str(folder)) for key, value in PATHS[name].items()}
    assert fast(folder, "wingbeat-execute", *TAIL, env=env).status == 0
    seen = facts(folder)
    assert seen["path"] == expected_path(folder, env)
    given = env.get("PYTHONPATH", os.environ.get("PYTHONPATH"))
    assert seen["PYTHONPATH"] == (f"{given}:{folder}/code" if given else f"{folder}/code")


def test_code_that_comes_with_the_bundle_is_found_in_folders_that_came_with_it(folder: Path) -> None:
    archive = tar((member("src/bundled.py"), (IMPORTS["wingbeat"] + SOURCE).encode()))
    folder.joinpath("store", "fast1.tar.gz").write_bytes(archive)
    assert fast(folder, "wingbeat-execute", *TAIL, env={"PYTHONPATH": before(folder / "code" / "src")}).status == 0
    assert facts(folder)["process"]


def test_an_older_module_is_replaced_before_it_is_imported(folder: Path) -> None:
    folder.joinpath("code", "bundled.py").write_text("raise SystemExit(9)\n", "utf-8")
    assert fast(folder, "wingbeat-execute", *TAIL, env={"PYTHONPATH": before(folder / "code")}).status == 0


SHADOWS = {
    "what an interpreter imports when it starts": ("sitecustomize", "import os\nos.environ['STARTED'] = 'bundle'\n"),
    "what unpacking needs": ("zlib", "STARTED = 'bundle'\n"),
}


@pytest.mark.parametrize("name", SHADOWS)
def test_a_module_that_was_imported_before_the_bundle_came(name: str, folder: Path) -> None:
    """A new interpreter, in the place of this one, finds the bundle's."""
    module, source = SHADOWS[name]
    task = SOURCE.replace('"folder": os.getcwd()', '"folder": os.environ.get("STARTED") or __import__("zlib").STARTED')
    archive = bundle(**{module: source, "bundled": IMPORTS["wingbeat"] + task})
    folder.joinpath("store", "fast1.tar.gz").write_bytes(archive)
    assert fast(folder, "wingbeat-execute", *TAIL).files == {"outputs.pb"}
    seen = facts(folder)
    assert seen["folder"] == "bundle"
    assert seen["path"] == expected_path(folder, {})


STORE = "{folder}/store"
CASES = {
    "a program": [*BUNDLE, "--", "sh", "-c", "cat code/user.txt; exit 3"],
    "a program that is killed": [*BUNDLE, "--", "sh", "-c", "kill -9 $$"],
    "a program that is terminated": [*BUNDLE, "--", "sh", "-c", "kill -15 $$"],
    "PYTHONPATH": [*BUNDLE, "--", "sh", "-c", "echo $PYTHONPATH"],
    "a resolver": [*BUNDLE, "--", "echo", "--resolver", "x", "--resolver"],
    "only a folder": ["--dest-dir", "~/no/such", "--", "sh", "-c", "echo $PYTHONPATH"],
    "no folder": [*BUNDLE[:2], "--", "sh", "-c", "echo $PYTHONPATH; echo --resolver; ls *.txt *.gz"],
    "an empty folder": [*BUNDLE[:2], "--dest-dir=", "--", "sh", "-c", "ls *.txt *.gz"],
    "neither": ["--", "echo", "x"],
    "a resolver without a bundle": ["--", "echo", "--resolver"],
    "no such program": [*BUNDLE, "--", "no-such-program"],
    "nothing to run": BUNDLE,
    "no such bundle": ["--additional-distribution", f"{STORE}/fast2.tar.gz", "--", "echo", "x"],
    "a bundle of another name": ["--additional-distribution", f"{STORE}/fast.tgz", "--", "echo", "x"],
    "a damaged bundle": ["--additional-distribution", f"{STORE}/damaged.tar.gz", "--", "echo", "x"],
    "a bundle that is not packed": ["--additional-distribution", f"{STORE}/plain.tar.gz", "--", "cat", "user.txt"],
    "a notebook's": ["--additional-distribution", f"{STORE}/pkl.gz", "--", "cat", "pkl.gz"],
    "templates left over": [*BUNDLE[:2], "--dest-dir", "{{ .dest_dir }}", "--", "echo", "x"],
    "a folder that is a file": [*BUNDLE[:2], "--dest-dir", "inputs.pb", "--", "ls"],
    "no dashes before the command": [*BUNDLE, "echo", "--inputs", "x"],
}
FILES = {
    "store/fast1.tar.gz": gzip.compress(tar((member("user.txt"), b"of the user\n"))),
    "store/plain.tar.gz": tar((member("user.txt"), b"of the user\n")),
    "store/fast.tgz": b"",
    "store/damaged.tar.gz": b"damaged",
    "store/pkl.gz": b"opaque\n",
    "code/other": b"",
}


@pytest.mark.parametrize("name", CASES)
def test_the_outcome_is_flytekits(name: str, oracle: Oracle, tmp_path: Path) -> None:
    """Exit status and stdout; stdout is the program's."""
    case = Case("", arguments=CASES[name], files=FILES, env={"PYTHONPATH": before("/aaa")}, program="fast-execute")
    theirs, ours = oracle.both(tmp_path, case)
    status = theirs.status if theirs.status < 128 else theirs.status - 256  # flytekit's process outlives its child
    assert ours.status == status, (ours.stderr, theirs.stderr)
    assert ours.stdout == theirs.stdout
    assert (ours.stderr == "") == (ours.status not in (1, 2))
    assert "Traceback" not in ours.stderr


@pytest.mark.parametrize(
    ("pythonpath", "more"), [("/aaa:{folder}/link", {}), ("{folder}/code", {"PYTHONSAFEPATH": "1"})]
)
def test_the_search_path_is_flytekits(pythonpath: str, more: dict[str, str], folder: Path) -> None:
    """In the order of what the two have in common: where the script lies, PYTHONPATH, bundle, library, own folder."""
    folder.joinpath("link").symlink_to(folder)
    env = {"PYTHONPATH": before(pythonpath.replace("{folder}", str(folder))), **more}
    seen = []
    for library, folder_of, name in (
        ("flytekit", INTERPRETER.parent, "pyflyte"),
        ("wingbeat", PROGRAM.parent, "wingbeat"),
    ):
        folder.joinpath("store", "fast1.tar.gz").write_bytes(bundle(bundled=IMPORTS[library] + SOURCE))
        words = [word.replace("{folder}", str(folder)) for word in BUNDLE]
        done = subprocess.run(
            [folder_of / f"{name}-fast-execute", *words, "--", f"{name}-execute", *TAIL],
            cwd=folder,
            env=environment({**env, "PATH": f"{folder_of}:{os.environ['PATH']}"}),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        found = facts(folder)
        names = {str(folder_of): "script", str(folder_of.resolve()): "script"}
        common = [str(folder), str(folder / "code"), str(folder / "link"), "/aaa"]
        seen.append(
            [
                names.get(entry) or ("library" if entry.endswith(".zip") else entry)
                for entry in found["path"]
                if entry in names or entry in common or entry.endswith(".zip")
            ]
            + [found["PYTHONPATH"]]
        )
    assert seen[1] == seen[0]


def test_an_empty_search_path_gets_no_empty_entry(folder: Path) -> None:
    """An empty entry stands for the working directory, before everything else."""
    result = fast(folder, "sh", "-c", "echo $PYTHONPATH", env={"PYTHONPATH": ""})
    assert result.stdout == f"{folder}/code\n"


def test_a_home_folder_is_meant_where_it_is_written(folder: Path) -> None:
    own = [*BUNDLE[:2], "--dest-dir", "~/code"]
    result = fast(folder, "sh", "-c", "echo $PYTHONPATH", own=own, env={"HOME": str(folder)})
    assert result.stdout == f"{before(folder / 'code')}\n"
    assert folder.joinpath("code", "bundled.py").exists()


@pytest.mark.parametrize(
    ("own", "message"),
    [
        (["--additional-distribution", "{folder}/store/none.tar.gz"], "task execution code was not found"),
        (["--additional-distribution", "{folder}/store/fast.tgz"], "no name that ends with .tar.gz"),
        (["--additional-distribution", "{folder}/store/fast1.tar.gz", "--dest-dir", "/no/such"], "is not a folder"),
        (["--additional-distribution", "nowhere://fast1.tar.gz"], "nowhere"),
        (["--additional-distribution", "{folder}/store/link.tar.gz"], "may leave the bundle's folder"),
    ],
)
def test_a_failed_set_up_leaves_evidence(own: list[str], message: str, folder: Path) -> None:
    archive = tar(member("l", b"2", linkname="/etc"))
    folder.joinpath("store", "link.tar.gz").write_bytes(archive)
    result = fast(folder, "wingbeat-execute", *TAIL, own=own)
    assert (result.status, result.files) == (1, {"error.pb"})
    assert message in result.message
    assert message in result.stderr


@pytest.mark.parametrize(
    ("arguments", "program", "message"),
    [
        (["--", "wingbeat-execute", "--inputs", "x"], "wingbeat-execute", "Missing option '--output-prefix'."),
        (["--", "pyflyte-map-execute", *TAIL[:6]], "pyflyte-map-execute", "Missing option '--resolver'."),
        (["wingbeat-execute", *TAIL], "wingbeat-fast-execute", "No such option '--inputs'."),
    ],
)
def test_usage_errors(arguments: list[str], program: str, message: str, folder: Path) -> None:
    result = start(
        folder, [word.replace("{folder}", str(folder)) for word in [*BUNDLE, *arguments]], None, "fast-execute"
    )
    assert (result.status, result.stdout, result.files) == (2, "", set())
    assert result.stderr.startswith(f"Usage: {program} [OPTIONS] [")
    assert result.stderr.endswith(f"Error: {message}\n")


def test_the_phases_say_what_the_bundle_took(folder: Path) -> None:
    result = fast(folder, "wingbeat-execute", *TAIL, env={"WINGBEAT_PHASES": "stderr"})
    report = json.loads(result.stderr)
    assert [phase["name"] for phase in report["phases"]][:4] == ["start", "bundle", "set up", "import"]


def test_the_exit_status_is_the_tasks(folder: Path) -> None:
    result = fast(folder, "wingbeat-execute", *io_arguments(), *task_arguments("bundled", "leave"))
    assert (result.status, result.files) == (3, set())


def test_signals_reach_a_program_that_takes_the_place(folder: Path) -> None:
    script = """
import signal
import sys

signal.signal(signal.SIGUSR1, lambda *_: sys.exit(5))
print("up", flush=True)
signal.pause()
"""
    command = [FAST, "--", sys.executable, "-c", script]
    with subprocess.Popen(command, cwd=folder, env=environment(), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
        process.send_signal(signal.SIGUSR1)
        assert process.wait(60) == 5


def test_a_program_does_not_inherit_that_python_ignores_signals(folder: Path) -> None:
    show = ["sh", "-c", "yes | head -1; ulimit -f 0; echo x > file"]
    theirs = subprocess.run(show, cwd=folder, capture_output=True, text=True, check=False)
    ours = fast(folder, *show)
    assert (ours.status, ours.stdout, ours.stderr) == (theirs.returncode, theirs.stdout, theirs.stderr)


class Quiet(SimpleHTTPRequestHandler):
    """A file server that says nothing."""

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def server(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder / "store"))) as http:
        thread = Thread(target=http.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{http.server_address[1]}"
        http.shutdown()
        thread.join()


def test_a_bundle_from_a_store(server: str, folder: Path) -> None:
    own = ["--additional-distribution", f"{server}/fast1.tar.gz", "--dest-dir", "code"]
    assert fast(folder, "wingbeat-execute", *TAIL, own=own).files == {"outputs.pb"}
    own = ["--additional-distribution", f"{server}/fast2.tar.gz", "--dest-dir", "code"]
    result = fast(folder, "wingbeat-execute", *TAIL, own=own)
    assert result.status == 1
    assert f"task execution code was not found: cannot read '{server}/fast2.tar.gz'" in result.message
