"""deck.html, read as a browser would read it."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib


def parse(html: str) -> Element:
    return html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)


def text_of(element: Element) -> str:
    """All text below, with single spaces between words and elements."""
    return " ".join(" ".join(element.itertext()).split())


def tabs(page: Path) -> dict[str, Element]:
    """What each tab of wingbeat's page shows, by its label, in order."""
    main = parse(page.read_text("utf-8")).find(".//main[@id='tabs']")
    assert main is not None
    switches, labels, sections = (main.findall(name) for name in ("input", "label", "section"))
    assert [child.tag for child in main] == ["input", "label", "section"] * len(labels)
    assert [switch.get("id") for switch in switches] == [label.get("for") for label in labels]
    return {label.text or "": section for label, section in zip(labels, sections, strict=True)}


def flytekit_tabs(page: Path) -> dict[str, Element]:
    """The same of flytekit's page."""
    document = parse(page.read_text("utf-8"))
    names = [item.text or "" for item in document.findall(".//ul[@id='flyte-frame-tabs']/li")]
    shown = document.find(".//div[@id='flyte-frame-container']")
    assert shown is not None
    return dict(zip(names, list(shown), strict=False))  # whole documents inside may break its page
