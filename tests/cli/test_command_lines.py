"""Command lines, parsed by click for flytekit and by a table and a loop here (runtime contract 1.2 and 1.3)."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from tests.runtime.peer import HERE, INTERPRETER
from tests.runtime.process import PROGRAM
from wingbeat.runtime.invocation import Question, UsageError, parse, parse_fast, parse_map

PARSERS = {"execute": parse, "map-execute": parse_map, "fast-execute": parse_fast}
IO = ["--inputs", "i", "--output-prefix", "o"]
MAP = [*IO, "--resolver", "r"]

LINES: dict[str, list[list[str]]] = {
    "execute": [
        [],
        IO,
        ["--inputs"],
        ["--output-prefix"],
        ["--inputs", "i"],
        ["--output-prefix", "o"],
        ["--inputs=", "--output-prefix", "o"],
        ["--inputs=i=j", "--output-prefix", "o"],
        ["--inputs", "--output-prefix", "o"],
        ["--inputs", "--", "--output-prefix", "o"],
        ["--inputs", "-5", "--output-prefix", "o"],
        ["--inputs", "--help"],
        ["--inputs", "first", *IO, "--inputs", "last"],
        [*IO, "-"],
        [*IO, ""],
        [*IO, "--"],
        [*IO, "--", "--x", "-y"],
        [*IO, "a", "--", "b", "--", "c"],
        ["a", *IO, "b", "--test", "c"],
        [*IO, "--test=1"],
        [*IO, "--test="],
        [*IO, "--test", "--test"],
        [*IO, "--raw-output-data-prefix", "x", "--checkpoint-path", "", "--prev-checkpoint", "y", "--resolver", "z"],
        [*IO, "--dynamic-addl-distro", "x", "--dynamic-dest-dir", "y"],
        [*IO, "--max-concurrency", "5"],
        ["--input", "x"],
        ["--intput", "x"],
        [*IO, "--INPUTS", "x"],
        [*IO, "--raw_output_data_prefix", "x"],
        [*IO, "--tests"],
        [*IO, "--no-such"],
        [*IO, "--no-such=x"],
        [*IO, "--=x"],
        [*IO, "---"],
        [*IO, "-x"],
        [*IO, "-xyz"],
        [*IO, "-x=5"],
        [*IO, "-5"],
        [*IO, "-h"],
        ["-inputs", "x"],
        ["--help"],
        [*IO, "--help", "--", "x"],
        ["--help", "--no-such"],
        ["--help=x"],
    ],
    "map-execute": [
        [],
        IO,
        MAP,
        ["--resolver", "r"],
        [*MAP, "vars", "a,b", "resolver", "x"],
        [*MAP, "--max-concurrency", "5"],
        [*MAP, "--max-concurrency", " 5 "],
        [*MAP, "--max-concurrency", "1_0"],
        [*MAP, "--max-concurrency=-3"],
        [*MAP, "--max-concurrency", "٣"],
        [*MAP, "--max-concurrency", "1.5"],
        [*MAP, "--max-concurrency", "many"],
        [*MAP, "--max-concurrency="],
        [*MAP, "--max-concurrency"],
        ["--max-concurrency", "many"],
        [*MAP, "--task-module", "x"],
        ["--help"],
    ],
    "fast-execute": [
        [],
        ["--additional-distribution", "u", "--dest-dir", "d", "--", "a", "--resolver", "x"],
        ["--additional-distribution=", "--dest-dir=", "a"],
        ["a", "--dest-dir", "d", "b"],
        ["a", "--inputs", "x"],
        ["a", "-c", "x"],
        ["--dest-dir"],
        ["--dest-dir", "--"],
        ["--", "--dest-dir", "d"],
        ["--dest", "d"],
        ["--help"],
        ["--help", "--", "a"],
    ],
}
CASES = [(program, line) for program, lines in LINES.items() for line in lines]

#: What flytekit calls the positionals.
TAILS = {"execute": "resolver_args", "map-execute": "resolver_args", "fast-execute": "task_execute_cmd"}


def ours(program: str, line: list[str]) -> Any:
    try:
        parsed = PARSERS[program](line)
    except UsageError as error:
        return f"exit 2: {error}"
    except Question:
        return "exit 0"
    fields = {name: getattr(parsed, name) for name in parsed.__slots__}
    fields[TAILS[program]] = list(fields.pop("command" if program == "fast-execute" else "resolver_args"))
    ours = ("max_concurrency", "many")  # of map tasks only
    return {name: value for name, value in fields.items() if value is not None or name not in ours}


@pytest.fixture(scope="module")
def theirs() -> dict[str, Any]:
    """All of them, from one process."""
    done = subprocess.run(
        [INTERPRETER, HERE.parent / "cli" / "oracle_click.py"],
        input=json.dumps(CASES),
        capture_output=True,
        text=True,
        check=True,
    )
    return {json.dumps(case): outcome for case, outcome in zip(CASES, json.loads(done.stdout))}


@pytest.mark.parametrize(("program", "line"), CASES, ids=[f"{program} {' '.join(line)}" for program, line in CASES])
def test_it_is_understood_as_by_click(program: str, line: list[str], theirs: dict[str, Any]) -> None:
    expected = theirs[json.dumps((program, line))]
    if isinstance(expected, dict) and program == "map-execute" and expected["max_concurrency"] is None:
        del expected["max_concurrency"]
    assert ours(program, line) == expected


def test_an_installed_command_words_an_error_as_flytekits() -> None:
    said = []
    for folder, name in ((INTERPRETER.parent, "pyflyte"), (PROGRAM.parent, "wingbeat")):
        command = [folder / f"{name}-map-execute", "--no-such"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        said.append((done.returncode, done.stdout, done.stderr.replace(f"{name}-map-execute", "command")))
    assert said[1] == said[0]
