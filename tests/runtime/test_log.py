"""Lines on stderr, as flytekit writes them (runtime contract 1.5 and 10.1)."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.literals import primitive
from tests.runtime.peer import Case, Oracle, literal_map, prepare
from tests.runtime.process import Result, environment, start
from wingbeat.runtime import log

#: As many lines each, so that tracebacks agree. The peer has set up its loggers before the test's environment was
#: there.
IMPORTS = {
    "flytekit": """
from flytekit import current_context, loggers, task
for logger in (loggers.logger, loggers.user_space_logger, loggers.developer_logger):
    logger.handlers.clear()
loggers.initialize_global_loggers()
library, developer = loggers.logger, loggers.developer_logger
""",
    "wingbeat": """
from wingbeat import current_context, task
from wingbeat.runtime import log


library, developer = log.library_logger(), log.developer_logger()
""",
}
SOURCE = """
import dataclasses, datetime, enum, logging, uuid


class Colour(enum.Enum):
    RED = "red"


@dataclasses.dataclass
class Point:
    x: int


class Sullen:
    def __str__(self):
        raise KeyError

    __repr__ = lambda self: "<sullen>"


@task
def logs(a: str) -> None:
    user = current_context().logging
    for logger in (user, library, developer):
        for level in (5, 10, 20, 30, 40, 50):
            logger.log(level, "mine %d %s", level, logger.name)
    user.info("mine, \\u00fc and\\ntwo lines")
    user.info("mine", extra={"more": "x", "number": 1, "nothing": None, "_hidden": 1})
    moment = datetime.datetime(2026, 1, 2, 3, 4, 5)
    user.info("mine", extra={
        "moment": moment, "day": moment.date(), "time": moment.time(), "colour": Colour.RED, "colours": Colour,
        "point": Point(1), "class": Point, "bytes": b"\\xff\\xfe", "error": ValueError("v"), "set": {1},
        "sullen": Sullen(), "uuid": uuid.UUID(int=1), "nested": {"moments": [moment]},
    })
    user.info({"mine": 1, "message": "other", "asctime2": 2})
    user.info("mine", stack_info=False, extra={"stacklevel": 2})
    try:
        1 / 0
    except ZeroDivisionError as error:
        user.exception("mine", extra={"more": "x"})
        user.info("mine", extra={"traceback": error.__traceback__})
        user.info({"mine": 1, "exc_info": "my own"}, exc_info=True)
    print("printed")


@task
def twice(a: str) -> None:
    logging.basicConfig(format="root %(message)s")
    current_context().logging.info("mine")
    library.warning("mine")
    developer.info("mine")
"""
SECRET = "not to be logged"
INPUTS = literal_map(a=primitive(string_value=SECRET))
IN_EXECUTION = {"FLYTE_INTERNAL_EXECUTION_ID": "name"}


def case(env: dict[str, str], task: str = "logs") -> Case:
    return Case(task, INPUTS, env, source=SOURCE, imports=IMPORTS)


def lines(result: Result) -> list[list[tuple[str, object]]]:
    """The keys and values of the task's own lines, in order."""
    assert result.files == {"outputs.pb"}, result.stderr
    found = []
    for line in result.stderr.splitlines():
        if "mine" in line:
            fields = json.loads(line.replace("/theirs/", "/ours/"))
            assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}", fields["asctime"])
            fields["asctime"] = "*"
            found.append(list(fields.items()))
    return found


def both(oracle: Oracle, folder: Path, made: Case) -> tuple[Result, Result]:
    """Either in a folder of its own: their tracebacks show lines of a file."""
    for name in ("theirs", "ours"):
        folder.joinpath(name).mkdir()
    theirs = oracle.ask(folder / "theirs", made)
    return theirs, start(folder / "ours", prepare(folder / "ours", made, "wingbeat"), made.env)


@pytest.mark.parametrize(
    "env",
    [
        IN_EXECUTION,
        {**IN_EXECUTION, "FLYTE_SDK_LOGGING_FORMAT": "json", "FLYTE_SDK_LOGGING_LEVEL": "40"},
        {**IN_EXECUTION, "FLYTE_SDK_LOGGING_LEVEL": "10", "FLYTE_SDK_DEV_LOGGING_LEVEL": "5"},
        {**IN_EXECUTION, "FLYTE_SDK_LOGGING_LEVEL": " 50 ", "FLYTE_SDK_DEV_LOGGING_LEVEL": "60"},
        {"FLYTE_SDK_RICH_TRACEBACKS": "0"},
    ],
)
def test_json_lines_are_flytekits(env: dict[str, str], oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = both(oracle, tmp_path, case(env))
    assert lines(ours) == lines(theirs)
    assert len(lines(ours)) > 10
    assert ours.stdout == theirs.stdout == "\nprinted\n"


@pytest.mark.parametrize("form", ["plain", "", "JSON"])
def test_plain_lines_are_flytekits(form: str, oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = both(oracle, tmp_path, case({**IN_EXECUTION, "FLYTE_SDK_LOGGING_FORMAT": form}))
    assert ours.stderr == theirs.stderr.replace("/theirs/", "/ours/")
    assert "[user_space] mine 20 user_space\n" in ours.stderr
    assert "ZeroDivisionError" in ours.stderr


def test_what_the_root_logger_hears(oracle: Oracle, tmp_path: Path) -> None:
    env = {**IN_EXECUTION, "FLYTE_SDK_LOGGING_FORMAT": "plain"}
    theirs, ours = both(oracle, tmp_path, case(env, "twice"))
    assert ours.stderr == theirs.stderr
    assert ours.stderr.count("root mine") == 2


def test_outside_of_an_execution_lines_are_plain_and_on_stderr(oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = both(oracle, tmp_path, case({}, "logs"))
    assert "mine 20" in theirs.stdout
    assert ours.stdout == "\nprinted\n"
    assert ours.stderr.startswith("[user_space] mine 20 user_space\n")


@pytest.mark.parametrize(
    ("text", "level"),
    [("", 30), ("10", 10), ("+5", 5), ("DEBUG", 10), ("info", 20), ("Warn", 30), ("CRITICAL", 50), ("LOUD", 30)],
)
def test_levels_are_numbers_or_names(text: str, level: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLYTE_SDK_LOGGING_LEVEL", text)
    assert log.threshold("FLYTE_SDK_LOGGING_LEVEL", log.WARNING) == level


OWN = """
import sys
from wingbeat.runtime import context, log
log.warning("before")
context.enter("raw", "out", map_index=int(sys.argv[1]) if sys.argv[1:] else None)
log.info("not shown")
log.warning("a warning")
log.error("an error")
context.current_context().logging.info("mine", extra={"more": "x"})
context.current_context().logging.info("mine", extra={"map_index": "my own"})
"""


def own_lines(env: dict[str, str], *arguments: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", OWN, *arguments], env=environment(env), capture_output=True, text=True, check=True
    )
    assert done.stdout == ""
    return done.stderr.splitlines()


def test_the_lines_of_wingbeat() -> None:
    found = [json.loads(line) for line in own_lines(IN_EXECUTION)]
    assert [list(line) for line in found[:3]] == [["asctime", "name", "levelname", "message"]] * 3
    assert [(line["name"], line["levelname"], line["message"]) for line in found[:3]] == [
        ("wingbeat", "WARNING", "before"),
        ("wingbeat", "WARNING", "a warning"),
        ("wingbeat", "ERROR", "an error"),
    ]
    quiet = own_lines({**IN_EXECUTION, "FLYTE_SDK_LOGGING_LEVEL": "ERROR"})
    assert [json.loads(line)["message"] for line in quiet] == ["an error", "mine", "mine"]
    assert "[wingbeat] not shown" in own_lines({"FLYTE_SDK_LOGGING_LEVEL": "20"})


def test_in_a_map_task_every_line_names_the_element() -> None:
    found = [json.loads(line) for line in own_lines(IN_EXECUTION, "3")]
    assert [line.get("map_index") for line in found] == [None, 3, 3, 3, "my own"]
    assert [line.get("execution") for line in found] == [None, "name", "name", "name", "name"]
    assert list(found[3]) == ["asctime", "name", "levelname", "message", "map_index", "execution", "more"]
    assert own_lines({}, "3") == [
        "[wingbeat] before",
        "[wingbeat] [3] a warning",
        "[wingbeat] [3] an error",
        "[user_space] [3] mine",
        "[user_space] [3] mine",
    ]


@pytest.mark.parametrize("level", ["", "DEBUG"])
def test_neither_inputs_nor_outputs_nor_secrets_are_logged(level: str, tmp_path: Path) -> None:
    source = """
from wingbeat import current_context, task


@task
def quiet(a: str) -> str:
    assert current_context().secrets.get("g", "k") == a
    try:
        current_context().secrets.get("g", "missing")
    except ValueError as error:
        assert a not in str(error)
    return a
"""
    env = {"_FSEC_G_K": SECRET, "FLYTE_SDK_LOGGING_LEVEL": level}
    made = Case("quiet", INPUTS, source=source, imports={"wingbeat": ""})
    result = start(tmp_path, prepare(tmp_path, made, "wingbeat"), env)
    assert result.outputs is not None
    assert SECRET not in result.stdout + result.stderr


@pytest.mark.parametrize("text", ["", "plain", 'é"\\\n\t\x00\x7f', "\u2028\U0001f600", "\ud800 alone", "x" * 10_000])
def test_a_line_is_what_json_makes_of_it(text: str) -> None:
    content = {"message": text, text: "key", "map_index": -3}
    assert log.as_line(content) == json.dumps(content)
