"""The installed commands: what they print, and how they exit."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from flyteidl.core import errors_pb2, literals_pb2
from flyteidl.core.dynamic_job_pb2 import DynamicJobSpec

import wingbeat
from tests import literals
from tests.runtime.process import PROGRAM, environment, io_arguments, start, task_arguments
from wingbeat.cli import completion, main
from wingbeat.runtime import invocation

WINGBEAT = PROGRAM.with_name("wingbeat")
MODULE = (
    "from wingbeat import task\n\n\n@task\ndef add(a: int, b: int) -> int:\n    print('working')\n    return a + b\n"
)


def call(*command: str | Path, folder: Path | None = None) -> tuple[int, str, str]:
    done = subprocess.run(
        command, cwd=folder, env=environment(), capture_output=True, text=True, check=False, timeout=60
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A module and its inputs."""
    tmp_path.joinpath("user_code.py").write_text(MODULE, "utf-8")
    inputs = literals_pb2.LiteralMap(literals={"a": literals.integer(1), "b": literals.integer(2)})
    tmp_path.joinpath("inputs.pb").write_bytes(inputs.SerializeToString())
    return tmp_path


COMMANDS: dict[str, list[str | Path]] = {
    "wingbeat-execute": [PROGRAM],
    "wingbeat execute": [WINGBEAT, "execute"],
    "python -m wingbeat execute": [sys.executable, "-m", "wingbeat", "execute"],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_task_runs(command: str, folder: Path) -> None:
    status, out, err = call(*COMMANDS[command], *io_arguments(), *task_arguments("user_code", "add"), folder=folder)
    assert (status, out, err) == (0, "\nworking\n", "")
    outputs = literals_pb2.LiteralMap.FromString(folder.joinpath("out", "outputs.pb").read_bytes())
    assert outputs.literals["o0"] == literals.integer(3)


@pytest.mark.parametrize(
    "tail",
    [
        ["--task-module", "user_code", "--task-name", "add"],
        ["--task-module=user_code", "--task-name=add"],
        [*task_arguments("user_code", "add")[:2], "--task-module", "user_code", "--task-name", "add"],
    ],
)
def test_the_spelling_of_older_documents(tail: list[str], folder: Path) -> None:
    assert start(folder, [*io_arguments(), *tail]).files == {"outputs.pb"}


OPTIONS = {
    "execute": invocation.OPTIONS,
    "map-execute": invocation.MAP_OPTIONS,
    "fast-execute": invocation.FAST_OPTIONS,
}


@pytest.mark.parametrize("name", OPTIONS)
def test_help(name: str) -> None:
    for command in ([PROGRAM.with_name(f"wingbeat-{name}")], [WINGBEAT, name]):
        status, out, err = call(*command, "--help")
        called = " ".join(Path(word).name for word in command)
        assert (status, err) == (0, "")
        assert re.match(rf"Usage: {called} \[OPTIONS\] \[[A-Z_]+\]\.\.\.\n", out)
        assert set(re.findall(r"^  (--[a-z-]+)", out, re.MULTILINE)) == set(OPTIONS[name])
        assert f"    {called} --" in out
        assert max(map(len, out.splitlines())) <= 120


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Missing option '--inputs'."),
        (["--no-such"], "No such option '--no-such'."),
        (["--inputs"], "Option '--inputs' requires an argument."),
    ],
)
def test_usage_errors(arguments: list[str], message: str) -> None:
    usage = "Usage: wingbeat-execute [OPTIONS] [RESOLVER_ARGS]...\nTry 'wingbeat-execute --help' for help.\n\n"
    assert call(PROGRAM, *arguments) == (2, "", f"{usage}Error: {message}\n")


@pytest.mark.parametrize(
    "command",
    [
        [PROGRAM],
        [PROGRAM.with_name("wingbeat-map-execute")],
        [PROGRAM.with_name("wingbeat-fast-execute")],
        [WINGBEAT],
        [sys.executable, "-m", "wingbeat"],
    ],
)
def test_version(command: list[str | Path]) -> None:
    assert call(*command, "--version") == (0, f"wingbeat {wingbeat.__version__}\n", "")


def test_the_commands_are_listed() -> None:
    status, out, err = call(WINGBEAT, "--help")
    assert (status, err) == (0, "")
    for name in main.COMMANDS:
        assert f"\n  {name} " in out
    status, out, err = call(WINGBEAT)
    assert (status, out) == (2, "")
    assert err.startswith("Usage: wingbeat")


@pytest.mark.parametrize(("word", "what"), [("fly", "command 'fly'"), ("--fly", "option '--fly'")])
def test_an_unknown_command(word: str, what: str) -> None:
    status, out, err = call(WINGBEAT, word)
    assert (status, out) == (2, "")
    assert err.endswith(f"Error: No such {what}.\n")


VALUES = {
    "number": literals.integer(3),
    "text": literals.string("é"),
    "many": literals.collection(*map(literals.integer, range(25))),
    "nested": literals.mapping(k=literals.collection(literals.boolean(True), literals.none())),
    "long": literals.string("x" * 1000),
    "when": literals.datetime(86400),
    "span": literals.duration(90),
    "packed": literals.binary({"a": [1, 2.5, None]}),
    "struct": literals.struct(a=1),
    "file": literals.blob("s3://bucket/key"),
    "far": literals.offloaded("s3://bucket/far"),
    "nothing": literals.nothing(),
}


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    """A file with a literal of every kind."""
    path = tmp_path / "outputs.pb"
    path.write_bytes(literals_pb2.LiteralMap(literals=VALUES).SerializeToString())
    return path


def test_show(outputs: Path) -> None:
    status, out, err = call(WINGBEAT, "show", outputs)
    assert (status, err) == (0, "")
    lines = dict(line.split("=", 1) for line in out.splitlines())
    shown = {name.strip(): value.strip() for name, value in lines.items()}
    assert list(shown) == sorted(VALUES)
    assert shown["number"] == "3"
    assert shown["text"] == "'é'"
    assert shown["many"].endswith("18, 19, … 5 more]")
    assert shown["nested"] == "{'k': [True, None]}"
    assert shown["long"].endswith("… (1000 in all)")
    assert shown["when"] == "'1970-01-02T00:00:00Z'"
    assert shown["span"] == "90.0"
    assert shown["packed"] == "{'a': [1, 2.5, None]}"


def test_a_reader_that_has_seen_enough(tmp_path: Path) -> None:
    many = literals_pb2.LiteralMap(literals={f"x{i:06}": literals.integer(i) for i in range(20_000)})
    tmp_path.joinpath("many.pb").write_bytes(many.SerializeToString())
    status, out, err = call("bash", "-c", f"set -o pipefail; {WINGBEAT} show many.pb | head -1", folder=tmp_path)
    assert (status, out, err) == (0, "x000000 = 0\n", "")


def test_show_as_json(outputs: Path) -> None:
    status, out, err = call(WINGBEAT, "show", "--json", f"file://{outputs}")
    assert (status, err) == (0, "")
    shown = json.loads(out)
    assert shown["many"] == list(range(25))
    assert shown["long"] == "x" * 1000
    assert shown["file"]["uri"] == "s3://bucket/key"
    assert shown["far"]["uri"] == "s3://bucket/far"
    assert shown["nothing"] is None


@pytest.mark.parametrize("name", ["error.pb", "error-0123.pb", "anything"])
def test_show_an_error(name: str, tmp_path: Path) -> None:
    document = errors_pb2.ErrorDocument()
    document.error.code = "USER:RuntimeError"
    document.error.message = "Trace:\n\n    x\n\nMessage:\n\n    ValueError: bad"
    document.error.kind = 1
    document.error.origin = 1
    document.error.timestamp.seconds = 86400
    tmp_path.joinpath(name).write_bytes(document.SerializeToString())
    status, out, err = call(WINGBEAT, "show", tmp_path / name)
    assert (status, err) == (0, "")
    assert out.splitlines()[:4] == [
        "code:      USER:RuntimeError",
        "kind:      RECOVERABLE",
        "origin:    USER",
        "timestamp: 1970-01-02T00:00:00Z",
    ]
    assert out.endswith("    ValueError: bad\n")
    assert json.loads(call(WINGBEAT, "show", "--json", tmp_path / name)[1])["kind"] == "RECOVERABLE"


def test_show_a_graph(tmp_path: Path) -> None:
    job = DynamicJobSpec(min_successes=2)
    job.tasks.add().id.name = "shop.add"
    for name in ("dn0", "dn1"):
        node = job.nodes.add(id=name)
        node.task_node.reference_id.name = "shop.add"
    job.nodes[1].inputs.add(var="a").binding.promise.node_id = "dn0"
    job.nodes[1].inputs.add(var="b").binding.scalar.primitive.integer = 1
    job.nodes.add(id="dn2", upstream_node_ids=["dn1"]).branch_node.SetInParent()
    path = tmp_path / "futures.pb"
    path.write_bytes(job.SerializeToString())
    status, out, err = call(WINGBEAT, "show", path)
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        "3 nodes, 1 tasks, at least 2 to succeed",
        "  dn0  shop.add",
        "  dn1  shop.add  after dn0",
        "  dn2  branchNode  after dn1",
    ]
    assert json.loads(call(WINGBEAT, "show", "--json", path)[1])["tasks"][0]["id"]["name"] == "shop.add"


def test_show_what_cannot_be_shown(tmp_path: Path) -> None:
    tmp_path.joinpath("noise").write_bytes(b"\xff\xff\xff")
    tmp_path.joinpath("empty").write_bytes(b"")
    status, out, err = call(WINGBEAT, "show", "missing", "noise", "empty", folder=tmp_path)
    assert status == 1
    assert out == "== empty\n(nothing)\n"
    assert "wingbeat show: missing: cannot read 'missing'" in err
    assert "wingbeat show: noise: not a serialized ErrorDocument" in err


@pytest.mark.parametrize(
    ("arguments", "word"), [([], "Missing argument"), (["--yaml", "x"], "No such option '--yaml'")]
)
def test_show_usage(arguments: list[str], word: str) -> None:
    status, out, err = call(WINGBEAT, "show", *arguments)
    assert (status, out) == (2, "")
    assert word in err
    assert call(WINGBEAT, "show", "--help")[0] == 0


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str) -> None:
    status, out, err = call(WINGBEAT, "completion", shell)
    assert (status, err) == (0, "")
    for word in ("wingbeat-execute", "wingbeat-map-execute", "wingbeat-fast-execute", "output-prefix", "dest-dir"):
        assert word in out


def test_completion_in_bash() -> None:
    _, script, _ = call(WINGBEAT, "completion", "bash")
    ask = "COMP_WORDS=(wingbeat sh); COMP_CWORD=1; _wingbeat; echo ${COMPREPLY[@]}"
    assert call("bash", "-c", f"{script}\n{ask}")[1] == "show\n"
    ask = "COMP_WORDS=(/bin/wingbeat-execute --raw); COMP_CWORD=1; _wingbeat; echo ${COMPREPLY[@]}"
    assert call("bash", "-c", f"{script}\n{ask}")[1] == "--raw-output-data-prefix\n"
    ask = "COMP_WORDS=(wingbeat-map-execute --max); COMP_CWORD=1; _wingbeat; echo ${COMPREPLY[@]}"
    assert call("bash", "-c", f"{script}\n{ask}")[1] == "--max-concurrency --max-failures\n"
    ask = "COMP_WORDS=(wingbeat map-execute --el); COMP_CWORD=2; _wingbeat; echo ${COMPREPLY[@]}"
    assert call("bash", "-c", f"{script}\n{ask}")[1] == "--elements --element-timeout\n"
    ask = "COMP_WORDS=(wingbeat fast-execute --d); COMP_CWORD=2; _wingbeat; echo ${COMPREPLY[@]}"
    assert call("bash", "-c", f"{script}\n{ask}")[1] == "--dest-dir\n"


@pytest.mark.parametrize("name", [name for name in completion.TOOLS if name != "show"])
def test_completion_knows_every_option(name: str) -> None:
    syntax = importlib.import_module(f"wingbeat.cli.{name}").SYNTAX
    assert completion.TOOLS[name] == dict.fromkeys(syntax.flags, False) | dict.fromkeys(syntax.options, True)
    for option in completion.TOOLS[name]:
        assert re.search(rf"^  {option} ", syntax.help, re.MULTILINE)
    _, script, _ = call(WINGBEAT, "completion", "bash")
    ask = f"COMP_WORDS=(wingbeat {name} --); COMP_CWORD=2; _wingbeat; echo ${{COMPREPLY[@]}}"
    assert call("bash", "-c", f"{script}\n{ask}")[1].split() == list(completion.TOOLS[name])


def test_completion_usage() -> None:
    assert call(WINGBEAT, "completion", "tcsh")[0] == 2
    assert call(WINGBEAT, "completion", "--help")[0] == 0
