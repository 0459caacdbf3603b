"""Which tasks leave a deck.html, and which tabs it has: the same module through flytekit and wingbeat."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.literals import collection, integer, primitive
from tests.runtime.deck_pages import flytekit_tabs, tabs, text_of
from tests.runtime.peer import Case, Oracle, literal_map, prepare
from tests.runtime.process import Result, io_arguments, run, start, task_arguments
from tests.runtime.test_map_task import ARRAY_NODE, K8S, tail
from tests.stores.s3 import BUCKET, Server, serve

IMPORTS = {
    "flytekit": """
from flytekit import Deck, current_context, task
from flytekit.core.base_task import IgnoreOutputs
from flytekit.core.utils import timeit
from flytekit.deck import DeckField
""",
    "wingbeat": """
from wingbeat import Deck, DeckField, current_context, task, timeit
from wingbeat.exceptions import IgnoreOutputs
""",
}
SOURCE = """
import sys
from typing import Annotated

CHEAP = (DeckField.SOURCE_CODE, DeckField.TIMELINE, DeckField.INPUT, DeckField.OUTPUT)


class Loud:
    def to_html(self, value):
        return f"<b>{value}!</b>"


@task(enable_deck=True)
def everything(a: int) -> int:
    return a


@task(enable_deck=True, deck_fields=CHEAP)
def shows(a: int) -> str:
    Deck("second to none", "<p>first</p>").append("<p>more</p>")
    Deck("a < b & c", "<i>x</i>")
    Deck("not shown", "<p>secret</p>", auto_add_to_deck=False)
    current_context().decks.append(Deck("by hand", "<p>mine</p>", auto_add_to_deck=False))
    with timeit("measured"):
        pass
    return "text"


@task(enable_deck=True, deck_fields=(DeckField.OUTPUT, DeckField.INPUT))
def some_fields(a: int) -> int:
    Deck("own", "x")
    return a


@task(enable_deck=True, deck_fields=())
def no_fields(a: int) -> int:
    Deck("own", "x")
    return a


@task(enable_deck=True, deck_fields=None)
def fields_are_none(a: int) -> int:
    return a


@task(enable_deck=True, deck_fields=CHEAP)
def same_names(a: int) -> int:
    for name in ("x", "y", "x", "Input"):
        Deck(name, name)
    return a


@task(enable_deck=True, deck_fields=CHEAP)
def uses_default(a: int) -> int:
    current_context().default_deck.append("<p>here</p>")
    return a


@task(enable_deck=True, deck_fields=CHEAP)
def renders(a: Annotated[int, Loud()]) -> Annotated[int, Loud()]:
    return a + 1


@task(enable_deck=True)
def fails(a: int) -> int:
    Deck("before", "<p>it failed</p>")
    raise ValueError("no")


@task(enable_deck=True, deck_fields=CHEAP)
def wrong_output(a: int) -> int:
    Deck("before")
    return "x"


@task(enable_deck=True)
def ignores(a: int) -> int:
    Deck("before")
    raise IgnoreOutputs


@task(enable_deck=True)
def exits(a: int) -> int:
    Deck("before")
    sys.exit(3)


@task(enable_deck=True)
def publishes(a: int) -> int:
    Deck("progress", "<p>half</p>")
    Deck.publish()
    sys.exit(3)


@task
def off(a: int) -> int:
    Deck("own")
    Deck.publish()
    return a


@task(disable_deck=False, deck_fields=CHEAP)
def old_on(a: int) -> int:
    return a


@task(disable_deck=True)
def old_off(a: int) -> int:
    return a


@task(enable_deck=True)
def nothing() -> None:
    assert current_context().enable_deck
"""
WRONG = literal_map(a=primitive(string_value="x"))


def case(task: str, **more: object) -> Case:
    more.setdefault("text", "")
    return Case(task, imports=IMPORTS, source=more.pop("source", SOURCE), **more)


CASES = {
    "everything": case("everything"),
    "own decks": case("shows"),
    "some fields": case("some_fields"),
    "no fields": case("no_fields"),
    "None for the fields": case("fields_are_none"),
    "equal names": case("same_names"),
    "the default deck": case("uses_default"),
    "renderers": case("renders"),
    "it fails": case("fails"),
    "it fails, fail on error": case("fails", env={"FLYTE_FAIL_ON_ERROR": "1"}),
    "wrong input": case("fails", inputs=WRONG),
    "wrong output": case("wrong_output"),
    "IgnoreOutputs": case("ignores"),
    "sys.exit": case("exits"),
    "published": case("publishes"),
    "switched off": case("off"),
    "disable_deck=False": case("old_on"),
    "disable_deck=True": case("old_off"),
    "both switches": case(
        "f", source="@task(enable_deck=True, disable_deck=True)\ndef f(a: int) -> int:\n    return 1\n"
    ),
    "no such field": case(
        "f", source="@task(enable_deck=True, deck_fields=('Inputs',))\ndef f(a: int) -> int:\n    return 1\n"
    ),
    "no such field of decks that are off": case(
        "f", source="@task(deck_fields=('Inputs',))\ndef f(a: int) -> int:\n    return 1\n"
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_same_tabs_as_flytekit(name: str, tmp_path: Path, oracle: Oracle) -> None:
    theirs = oracle.ask(tmp_path, CASES[name])
    page = tmp_path / "out" / "deck.html"
    there = flytekit_tabs(page) if page.exists() else {}
    ours = start(tmp_path, prepare(tmp_path, CASES[name], "wingbeat"), CASES[name].env)
    assert (ours.status, ours.files) == (theirs.status, theirs.files)
    assert (ours.error is None) == (theirs.error is None)
    assert ours.outputs == theirs.outputs
    assert list(tabs(page) if page.exists() else {}) == list(there)


def test_there_is_a_timeline_if_the_inputs_cannot_be_read(tmp_path: Path) -> None:
    assert list(shown(tmp_path, "fails", b"\x0a\xff\xff")) == ["Timeline"]


def shown(folder: Path, name: str, inputs: bytes = literal_map(a=integer(7)), **env: str) -> dict[str, str]:
    """The text of every tab."""
    run(folder, IMPORTS["wingbeat"] + SOURCE, name, inputs, env)
    return {label: text_of(section) for label, section in tabs(folder / "out" / "deck.html").items()}


def test_what_the_tabs_show(tmp_path: Path) -> None:
    pages = shown(tmp_path, "shows")
    assert pages["second to none"] == "second to none first more"
    assert pages["by hand"] == "by hand mine"
    source = tabs(tmp_path / "out" / "deck.html")["Source Code"]
    assert "def shows(a: int) -> str:\n    Deck(" in "".join(source.itertext())
    assert pages["Input"] == "Input a int 7"
    assert pages["Output"] == "Output o0 str text"
    assert "Run the function" in pages["Timeline"]
    assert "measured" in pages["Timeline"]


def test_a_renderer_in_an_annotation_is_used(tmp_path: Path) -> None:
    pages = shown(tmp_path, "renders")
    assert pages["Input"] == "Input a int 7!"
    assert pages["Output"] == "Output o0 int 8!"


def test_the_error_is_on_the_page(tmp_path: Path) -> None:
    run(tmp_path, IMPORTS["wingbeat"] + SOURCE, "fails", literal_map(a=integer(1)))
    page = tmp_path.joinpath("out", "deck.html").read_text("utf-8")
    assert '<p class="error">ValueError: no</p>' in page
    assert "it failed" in page
    assert "Report the error" in page


def test_the_page_says_which_run_it_is_of(tmp_path: Path) -> None:
    engine = {
        "FLYTE_INTERNAL_EXECUTION_PROJECT": "<p>",
        "FLYTE_INTERNAL_EXECUTION_DOMAIN": "d",
        "FLYTE_INTERNAL_EXECUTION_ID": "e",
        "FLYTE_INTERNAL_TASK_VERSION": "v7",
        "FLYTE_ATTEMPT_NUMBER": "1",
    }
    shown(tmp_path, "shows", **engine)
    page = tmp_path.joinpath("out", "deck.html").read_text("utf-8")
    assert "<title>shows</title>" in page
    for fact in ("<dd>user_code</dd>", "<dd>&lt;p&gt; / d / e</dd>", "<dd>v7</dd>", "<dt>Attempt</dt><dd>2</dd>"):
        assert fact in page


def test_decks_of_one_name_share_a_tab(tmp_path: Path) -> None:
    pages = shown(tmp_path, "same_names")
    assert pages["x"] == "x x x"
    assert pages["Input"] == "Input Input a int 7"


def test_publishing_without_decks_is_a_warning(tmp_path: Path) -> None:
    result = run(tmp_path, IMPORTS["wingbeat"] + SOURCE, "off", literal_map(a=integer(1)))
    assert result.files == {"outputs.pb"}
    assert "Attempted to call publish() in task" in result.stderr


def test_a_page_that_cannot_be_written_is_logged(tmp_path: Path) -> None:
    tmp_path.joinpath("out", "deck.html", "in the way").mkdir(parents=True)
    result = run(tmp_path, IMPORTS["wingbeat"] + SOURCE, "shows", literal_map(a=integer(1)))
    assert result.status == 0
    assert result.outputs is not None
    assert result.error is None
    assert "Failed to write flyte deck html with error" in result.stderr


def test_map_tasks_have_no_decks(tmp_path: Path, oracle: Oracle) -> None:
    arguments = [*io_arguments(), "--resolver", ARRAY_NODE, *tail("shows")]
    inputs = literal_map(a=collection(integer(1), integer(2)))
    env = {**K8S, "FLYTE_K8S_ARRAY_INDEX": "1"}
    theirs, ours = oracle.both(
        tmp_path, case("shows", inputs=inputs, arguments=arguments, env=env, program="map-execute")
    )
    assert ours.files == theirs.files == {"outputs.pb"}
    assert ours.outputs == theirs.outputs


@pytest.fixture(scope="module")
def s3() -> Iterator[Server]:
    with serve() as server:
        yield server


def test_an_object_store_is_told_that_it_is_html(tmp_path: Path, s3: Server) -> None:
    import boto3

    folder = f"s3://{BUCKET}/decks"
    result = run_at(tmp_path, folder, s3)
    assert result.status == 0, result.stderr
    client = boto3.client(
        "s3", endpoint_url=s3.url, aws_access_key_id="x", aws_secret_access_key="x", region_name="us-east-1"
    )
    assert client.head_object(Bucket=BUCKET, Key="decks/deck.html")["ContentType"] == "text/html"


def run_at(folder: Path, prefix: str, s3: Server) -> Result:
    folder.joinpath("user_code.py").write_text(IMPORTS["wingbeat"] + SOURCE, "utf-8")
    folder.joinpath("inputs.pb").write_bytes(literal_map(a=integer(1)))
    return start(folder, [*io_arguments(prefix), *task_arguments("user_code", "shows")], s3.environment())
