"""What the tabs of a deck show: values, source code, packages, times; and what happens if they cannot."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.literals import integer, primitive
from tests.runtime.deck_pages import parse, tabs, text_of
from tests.runtime.peer import Oracle, literal_map
from tests.runtime.process import Result, run
from tests.runtime.test_deck import IMPORTS, case
from wingbeat import (
    Deck,
    DeckField,
    ImageRenderer,
    MarkdownRenderer,
    PythonDependencyRenderer,
    SourceCodeRenderer,
    TableRenderer,
    task,
)
from wingbeat.authoring.settings import DECK_FIELDS
from wingbeat.runtime.deck.dependencies import installed
from wingbeat.runtime.deck.timeline import seconds
from wingbeat.runtime.deck.values import text, type_text

HEAD = (
    IMPORTS["wingbeat"]
    + """
from dataclasses import dataclass
from typing import Annotated, Any, List, NamedTuple


class Broken:
    def to_html(self, value):
        raise LookupError("no <paint> left")


class BrokenDeck(Deck):
    @property
    def html(self):
        raise LookupError("no ink")


class Outputs(NamedTuple):
    first: Annotated[int, Broken()]
    second: List[int]


@task(enable_deck=True, deck_fields=("Input", "Output"))
def renderer_fails(a: Annotated[int, Broken()], b: str = "") -> Outputs:
    BrokenDeck("broken")
    return Outputs(a, list(range(2500)))


@task(enable_deck=True, deck_fields=())
def updates(a: int) -> int:
    Deck("kept", "kept-1")
    for percent in (0, 50, 100):
        Deck("progress", f"done-{percent}")
        Deck.publish()
    Deck("progress", "done-all")
    Deck("progress", "and-more")
    return a


@task(enable_deck=True, deck_fields=())
def appends_twice(a: int) -> int:
    current_context().default_deck.append("one")
    current_context().default_deck.append("two")
    return a


@task(enable_deck=True, deck_fields=("Timeline",))
def measures(a: int) -> int:
    with timeit("the <first>"):
        with timeit("inside"):
            pass
    return a


@task(enable_deck=True, deck_fields=("Timeline", "Source Code"))
def exec_made(a: int) -> int:
    return a


made = {}
exec("def made_by_exec(a: int) -> int:\\n    return a", globals(), made)
made_by_exec = task(made["made_by_exec"], enable_deck=True, deck_fields=("Timeline", "Source Code"))
"""
)


SEVEN = literal_map(a=integer(7))


def run_task(folder: Path, name: str, inputs: bytes = SEVEN, **env: str) -> tuple[Result, dict[str, str]]:
    result = run(folder, HEAD, name, inputs, env)
    return result, {label: text_of(section) for label, section in tabs(folder / "out" / "deck.html").items()}


def test_a_renderer_that_fails_does_not_fail_the_task(tmp_path: Path) -> None:
    text = primitive(string_value="<b>text</b>\n  with two lines")
    result, pages = run_task(tmp_path, "renderer_fails", literal_map(a=integer(7), b=text))
    assert result.status == 0
    assert result.files == {"outputs.pb", "deck.html"}
    said = "Could not be shown: LookupError: no <paint> left"
    assert pages["Input"] == f"Input a int {said} b str <b>text</b> with two lines"
    assert pages["Output"].startswith(f"Output first int {said} second List[int] [0, 1, 2,")
    assert pages["Output"].endswith("998, 999] … and 1,500 more")
    assert pages["broken"] == "broken Could not be shown: LookupError: no ink"
    assert "Deck: a of type int could not be shown: LookupError" in result.stderr
    assert "Deck: the deck 'broken' could not be shown: LookupError" in result.stderr


def test_a_renderer_that_fails_fails_flytekits_task(tmp_path: Path, oracle: Oracle) -> None:
    source = HEAD.removeprefix(IMPORTS["wingbeat"])
    theirs = oracle.ask(tmp_path, case("renderer_fails", source=source, inputs=SEVEN))
    assert theirs.outputs is None
    assert theirs.error is not None
    assert "no <paint> left" in theirs.message


def test_a_deck_that_was_published_is_replaced_by_a_new_one(tmp_path: Path) -> None:
    pages = run_task(tmp_path, "updates")[1]
    assert pages == {"kept": "kept kept-1", "progress": "progress done-all and-more"}


def test_the_default_deck_keeps_what_is_appended(tmp_path: Path) -> None:
    assert run_task(tmp_path, "appends_twice")[1] == {"default": "default one two"}


def test_a_function_without_source_has_no_such_tab(tmp_path: Path) -> None:
    assert list(run_task(tmp_path, "made_by_exec")[1]) == ["Timeline"]


def test_the_timeline_shows_what_was_measured_where_it_happened(tmp_path: Path) -> None:
    result = run_task(tmp_path, "measures", FLYTE_SDK_LOGGING_LEVEL="20")[0]
    table = tabs(tmp_path / "out" / "deck.html")["Timeline"].find("div/table")
    names = [row.findtext("th") for row in table.findall("tbody/tr")]
    first = names.index("Run the function")
    assert names[first : first + 3] == ["Run the function", "the <first>", "inside"]
    assert names[:2] == ["Start the process", "Load the task"]
    assert names[-1] == "Make the decks"
    assert table.findtext("tfoot/tr/th") == "Total"
    assert "the <first>. [Time: 0." in result.stderr


def test_fields_are_those_that_a_task_may_name() -> None:
    assert sorted(DECK_FIELDS) == sorted(field.value for field in DeckField)


def test_html_is_text() -> None:
    with pytest.raises(AssertionError, match=r"takes HTML as text, and got int"):
        Deck("x", auto_add_to_deck=False).append(1)
    deck = Deck("x", None, auto_add_to_deck=False)
    assert deck.append("a").append("b") is deck
    assert (deck.name, deck.html) == ("x", "\na\nb")


def test_packages_are_those_of_pip() -> None:
    listed = subprocess.check_output([sys.executable, "-m", "pip", "list", "--format", "json"], text=True)
    assert {name: version for name, (version, _) in installed().items()} == {
        package["name"]: package["version"] for package in json.loads(listed)
    }


def test_requirements_are_those_of_pip() -> None:
    frozen = subprocess.check_output([sys.executable, "-m", "pip", "freeze"], text=True).splitlines()
    document = parse(PythonDependencyRenderer().to_html())
    ours = (document.find(".//pre[@id='requirements_txt']").text or "").splitlines()
    assert [line for line in ours if "==" in line] == [line for line in frozen if "==" in line and line[0] != "#"]


def test_source_code_keeps_its_text() -> None:
    code = 'def f(x: int = 1):  # "é < b"\n    return f"""{x}\n  <b>""" + \'a\'\n\n@g\nclass C: pass\n'
    html = SourceCodeRenderer(first_line=7).to_html(code)
    assert "".join(parse(html).itertext()).rstrip("\n") == code.rstrip("\n")
    assert html.count('<span class="l">') == 6
    assert '<span class="k">def</span> <span class="d">f</span>' in html
    assert '<span class="c"># &quot;é &lt; b&quot;</span>' in html


@pytest.mark.parametrize("code", ["", "    indented\n", "not python ?", "'''open", "\tx = (\n"])
def test_source_code_may_be_anything(code: str) -> None:
    assert "".join(parse(SourceCodeRenderer().to_html(code)).itertext()).rstrip("\n") == code.rstrip("\n")


def test_markdown() -> None:
    assert MarkdownRenderer().to_html("# a\n*b*") == "<h1>a</h1>\n<p><em>b</em></p>\n"


def test_images() -> None:
    from PIL import Image

    assert ImageRenderer().to_html(Image.new("RGB", (1, 1))).startswith('<img src="data:image/png;base64,iVBOR')
    with pytest.raises(ValueError, match=r"Unsupported image source type: int"):
        ImageRenderer().to_html(1)


def test_tables() -> None:
    import pandas

    frame = pandas.DataFrame({"a": [1], "b": ["<"]})
    document = parse(TableRenderer().to_html(frame, header_labels=["x", "y"], table_width=300))
    assert text_of(document) == "x y 1 <"
    assert document.find("body/div").get("style") == "width: 300px"
    assert text_of(parse(TableRenderer().to_html(frame, header_labels=["too few"]))) == "a b 1 <"


def test_long_values_are_cut() -> None:
    assert text("x" * 25_000).endswith("xxx\n… and 5,000 more characters")
    assert text({n: n for n in range(1001)}).endswith("999: 999}\n… and 1 more")
    assert text([1, 2]) == "[1, 2]"


def test_hints_are_shown_as_written() -> None:
    from typing import Annotated, Optional

    assert [type_text(hint) for hint in (int, list[int], Optional[int], Annotated[str, 1], Deck)] == [
        *("int", "list[int]", "Optional[int]", "str", "Deck")
    ]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.000_012_3, "12 µs"),
        (0.000_999_6, "1.00 ms"),
        (0.012_34, "12.3 ms"),
        (0.123_4, "123 ms"),
        (0.9996, "1.00 s"),
        (12.34, "12.3 s"),
        (99.97, "1 min 40 s"),
        (3725, "1 h 02 min"),
    ],
)
def test_durations(value: float, shown: str) -> None:
    assert seconds(value) == shown


@pytest.mark.parametrize(
    ("settings", "enabled", "fields"),
    [
        ({}, False, []),
        ({"enable_deck": False, "deck_fields": ("Input",)}, False, []),
        ({"enable_deck": True}, True, list(DECK_FIELDS)),
        ({"enable_deck": True, "deck_fields": [DeckField.INPUT]}, True, ["Input"]),
        ({"enable_deck": True, "deck_fields": None}, True, []),
    ],
)
def test_the_settings_of_a_task(settings: dict, enabled: bool, fields: list[str]) -> None:
    made = task(lambda: None, **settings)
    assert (made.enable_deck, made.deck_fields) == (enabled, fields)


def test_the_older_setting_is_deprecated() -> None:
    with pytest.warns(FutureWarning, match=r"please use enable_deck instead") as caught:
        made = task(disable_deck=False)(lambda: None)
    assert caught[0].filename == __file__
    assert made.enable_deck
    with pytest.warns(DeprecationWarning, match=r"use `enable_deck` instead"):
        assert made.disable_deck is False
