"""The page around decks: whatever users put into a deck stays in its tab."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.runtime.deck_pages import parse, text_of
from wingbeat.runtime.deck.fragment import Fragment
from wingbeat.runtime.deck.page import Header, Tab, page, piece

HEADER = Header("task", "succeeded", "", {"Module": "m", "Nothing": ""})

#: Fragments that fit, which must not be touched.
FINE = [
    "",
    "text & <b>bold</b>",
    "1 &lt; 2",
    "<ul><li>one<li>two</ul>",
    "<p>one<p>two<table><tr><td>1<td>2<tr><td><b>3</b></table>",
    "<img src=x><br/><hr>",
    "<a href='x>y' title=\"<b>\">link</a>",
    '<svg viewBox="0 0 1 1"><g><path d="M0 0"/><circle r="1"/></g><style>a > b {}</style></svg>',
    "<script>if (a < b && '</div>'.length) document.write('<p>')</script>",
    "<style>a > b { content: '<' }</style><textarea><b></textarea>",
    "<!-- <div> --><!--> text",
    "<details><summary>s</summary>t</details>",
    "<select><option>1<option>2</select>",
]
#: Fragments that do not, and what becomes of them.
MENDED = [
    ("<div><span>x", "<div><span>x</span></div>"),
    ("x</div></section></main>", "x"),
    ("<b><div>x</b></div>", "<b><div>x</div></b>"),
    ("<table><tr><td><div>x</table>", "<table><tr><td><div>x</div></table>"),
    ("<div></td></div>", "<div></div>"),
    ("<!-- open", "<!-- open-->"),
    ("<script>let x = 1", "<script>let x = 1</script>"),
    ("<script><!-- <script></script>", "<script><!-- <script></script>--></script>"),
    ("<STYLE>a {}", "<STYLE>a {}</style>"),
    ('<a href="open>x', '&lt;a href="open>x'),
    ("<plaintext>x", "&lt;plaintext>x"),
    ("1 < 2", "1 &lt; 2"),
    ("<svg><path/><g>", "<svg><path/><g></g></svg>"),
    ("<svg><p>x", "<svg></svg><p>x"),
]
DOCUMENTS = ["<!DOCTYPE html><p>x", "<html><body>x</body></html>", "text<BODY onload=f()>x", "<head><title>x</title>"]

NAMES = re.findall(
    r"\w+",
    "div p b i a span table tr td th tbody ul li svg g path style script textarea select option form h1 h2 template"
    " section br img title caption dl dd dt font code nobr details iframe label pre header input",
)
ATTRIBUTES = ["", " class=x", ' title="a>b"', " a='q'", "/", " x=", ' href=a="x', ' ="y"', " a = b/"]
TOKENS = st.one_of(
    st.builds("<{}{}>".format, st.sampled_from(NAMES), st.sampled_from(ATTRIBUTES)),
    st.builds("</{}>".format, st.sampled_from(NAMES)),
    st.sampled_from(
        ["x", " ", "a < b", "&lt;", "<!-- c -->", "<!--", "-->", "<!-->", "<", "</", '<a href="', '"', "'"]
    ),
    st.sampled_from(["<?x", "<!x>", "</>", "<b", "<!--->", "--!>", "=", ">", "\0", "\x0c"]),
)


@pytest.mark.parametrize("html", FINE)
def test_what_fits_is_left_alone(html: str) -> None:
    assert Fragment(html).text == html


@pytest.mark.parametrize(("html", "mended"), MENDED)
def test_what_does_not_fit_is_mended(html: str, mended: str) -> None:
    assert Fragment(html).text == mended


@settings(max_examples=400, deadline=None)
@given(st.lists(TOKENS, max_size=12).map("".join))
def test_a_browser_is_behind_a_fragment_where_it_was_before(html: str) -> None:
    fragment = Fragment(html)
    around = f"<!doctype html><main><section>{fragment.text}</section><section>next</section></main>"
    document = html5lib.parse(around, treebuilder="etree", namespaceHTMLElements=False)
    main = document.find("body/main")
    assert [child.tag for child in main] == ["section", "section"]
    assert (main[1].text, len(main[1]), main[0].tail) == ("next", 0, None)


@pytest.mark.parametrize("html", DOCUMENTS)
def test_a_document_gets_a_frame(html: str) -> None:
    assert Fragment(html).is_document
    frame = sections(html)[0].find("div/iframe")
    assert frame is not None
    assert frame.get("srcdoc") == html


def test_a_script_that_speaks_of_documents_is_none() -> None:
    assert not Fragment("<script>x = '<html><body>'</script><!-- <html> -->").is_document


@pytest.mark.parametrize(
    ("html", "classes"),
    [
        ("mere\ntext, 1 < 2", "piece plain"),
        ("<p>x</p>", "piece"),
        ('<table border="1"><tr style="text-align: right;"><td>x</table>', "piece"),
        ('<p style="margin: 0; color: #333">x</p>', "piece paper"),
        ("<td bgcolor=red>x", "piece paper"),
        ("<style>p {}</style><p>x</p>", "piece paper"),
        ("<svg></svg>", "piece paper"),
        ('<img src="data:,">', "piece paper"),
    ],
)
def test_what_brings_colours_is_shown_on_white(html: str, classes: str) -> None:
    assert sections(html)[0].find("div").get("class") == classes


def sections(*decks: str) -> list[Element]:
    """The tabs of a page with these decks, named by their numbers."""
    html = page(HEADER, [Tab(str(index), [piece(deck)]) for index, deck in enumerate(decks)])
    found = parse(html).findall("body/div/main/section")
    assert [section[0].text for section in found] == [str(index) for index in range(len(decks))]
    return found


def test_every_tab_has_its_own_place() -> None:
    found = sections(*(html for html, _ in MENDED), *DOCUMENTS, *FINE, "last")
    assert text_of(found[-1]).endswith("last")


def test_names_and_facts_are_text() -> None:
    html = page(Header("<t>", "failed", "<e>\n  at", {"<F>": "<v>"}), [Tab('<n> "&', ["x"])])
    document = parse(html)
    assert document.findtext("head/title") == "<t>"
    assert text_of(document.find("body/div/header")) == "<t> failed <F> <v> <e> at"
    assert document.find("body/div/main/label").text == '<n> "&'


def test_one_tab_is_chosen_from_the_start() -> None:
    switches = parse(page(HEADER, [Tab(name, []) for name in "abc"])).findall("body/div/main/input")
    assert [switch.get("checked") is not None for switch in switches] == [True, False, False]
    assert {(switch.get("type"), switch.get("name")) for switch in switches} == {("radio", "tab")}
    assert len({switch.get("id") for switch in switches}) == 3


def test_the_page_needs_no_network() -> None:
    html = page(HEADER, [Tab("x", [piece("<p>x")])])
    assert not re.search(r"https?:|url\(|@import|\bsrc=|<link", html)
