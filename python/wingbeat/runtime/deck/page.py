"""The page: a header and tabs, one file that needs no network, and no JavaScript for what is wingbeat's own."""

from __future__ import annotations

import os
import re
from html import escape

from wingbeat.runtime.deck.fragment import Fragment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

#: HTML that brings or assumes colours: it is shown on white, also where the page is dark.
_COLOURED = re.compile(
    r"""<(?:style|svg|canvas|img|script|font|link)\b|\bstyle\s*=\s*(?:"[^">]*|'[^'>]*)(?:color|background)|\bb?g?color\s*=""",
    re.IGNORECASE,
)


class Tab:
    """A tab: its name, and what `piece` or `own` has made, one below the other."""

    __slots__ = ("name", "pieces")

    def __init__(self, name: str, pieces: list[str]) -> None:
        self.name = name
        self.pieces = pieces


class Header:
    """What stands above the tabs: a title, a word or nothing for how the run ended, its error, and facts by name."""

    __slots__ = ("error", "facts", "outcome", "title")

    def __init__(self, title: str, outcome: str, error: str, facts: dict[str, str]) -> None:
        self.title = title
        self.outcome = outcome
        self.error = error
        self.facts = facts


def page(header: Header, tabs: Iterable[Tab]) -> str:
    """The whole document."""
    with open(os.path.join(os.path.dirname(__file__), "page.html"), encoding="utf-8") as file:
        template = file.read()
    before, rest = template.split("<!--title-->")
    above, rest = rest.split("<!--header-->")
    middle, after = rest.split("<!--tabs-->")
    body = "\n".join(tab(index, one) for index, one in enumerate(tabs))
    return "".join((before, escape(header.title), above, heading(header), middle, body, after))


def heading(header: Header) -> str:
    """The content of the page's header."""
    outcome = f'<small class="{escape(header.outcome)}">{escape(header.outcome)}</small>' if header.outcome else ""
    facts = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in header.facts.items() if value
    )
    error = f'<p class="error">{escape(header.error)}</p>' if header.error else ""
    return f"<h1>{escape(header.title)} {outcome}</h1><dl>{facts}</dl>{error}"


def tab(index: int, tab: Tab) -> str:
    """A switch, its label and what it shows; the style sheet needs them next to each other in this order."""
    name = escape(tab.name)
    return (
        f'<input type="radio" name="tab" id="tab-{index}"{"" if index else " checked"}>'
        f'<label for="tab-{index}" title="{name}">{name}</label>'
        f"<section><h2>{name}</h2>{''.join(tab.pieces)}</section>"
    )


def piece(html: str) -> str:
    """A user's HTML in a place of its own."""
    fragment = Fragment(html)
    if fragment.is_document:
        return f'<div class="piece"><iframe class="frame" title="Document" srcdoc="{escape(html)}"></iframe></div>'
    classes = "piece plain" if not fragment.has_tags else "piece paper" if _COLOURED.search(html) else "piece"
    return f'<div class="{classes}">{fragment.text}</div>'


def own(html: str) -> str:
    """HTML of wingbeat's own making, which knows the page's style."""
    return f'<div class="piece">{html}</div>'
