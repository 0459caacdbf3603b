"""A user's HTML, made fit to stand inside of the page: whatever is wrong with it must stay inside of its tab.

A fragment gets the end tags that it lacks, and loses those that close nothing of its own. What is a tag, and what a tag
closes, follows the HTML standard (13.2.5 and 13.2.6.4.7), so that a browser that has read the fragment is where it was
before. Everything else is left as it is.
"""

from __future__ import annotations

import re


def words(text: str) -> frozenset[str]:
    """A set of names."""
    return frozenset(text.split())


#: Elements without an end tag.
VOID = words("area base br col embed hr img input link meta param source track wbr")
#: Elements whose content is text up to their end tag.
TEXT = words("iframe noembed noframes script style textarea title xmp")
#: Elements that end where their parent does, or where the next of their kind begins.
IMPLIED = words("caption colgroup dd dt li optgroup option p rb rp rt rtc tbody td tfoot th thead tr")
#: Elements out of which an end tag does not reach, unless it is one of a part of a table.
SCOPE = words("applet button caption marquee object select table td template th")
TABLE = words("caption colgroup table tbody td tfoot th thead tr")
CELL = words("caption td th")
#: All that a `<select>` holds.
CHOICES = words("hr optgroup option script template")
#: Elements out of which the end tag of a piece of text, `</b>` say, does not reach.
SPECIAL = SCOPE | IMPLIED
SPECIAL |= words("address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer")
SPECIAL |= words("form h1 h2 h3 h4 h5 h6 header hgroup listing main menu nav ol pre search section summary ul")
#: What only a document of its own has.
DOCUMENT = words("html head body frameset")
#: XML inside of HTML, and where HTML goes on inside of that.
FOREIGN = words("svg math")
NATIVE = words("foreignobject desc title annotation-xml mi mn mo ms mtext")
#: Elements of HTML that end the XML which they stand in.
BREAKOUT = words(
    "b big blockquote br center code dd div dl dt em embed font h1 h2 h3 h4 h5 h6 hr i img li listing menu"
)
BREAKOUT |= words("meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var")
#: Elements that a browser begins again behind what has cut them off.
FORMATTING = words("a b big code em font i nobr s small strike strong tt u")

_NAME = re.compile(r"</?([a-zA-Z][^ \t\n\f\r/>]*)")
_GAP = re.compile(r"[ \t\n\f\r/]*")
_ATTRIBUTE = re.compile(
    r"""[^ \t\n\f\r/>][^ \t\n\f\r/>=]*(?:
        [ \t\n\f\r]*=[ \t\n\f\r]*(?:"[^"]*"|'[^']*'|[^ \t\n\f\r>"'][^ \t\n\f\r>]*|(?=>))
        |(?![ \t\n\f\r]*=)
    )""",
    re.VERBOSE,
)
_SCRIPT = re.compile(r"<script[ \t\n\f\r/>]", re.IGNORECASE)
_COMMENT_END = re.compile(r"--!?>")


class Fragment:
    """Some HTML and what becomes of it.

    `text` can stand anywhere, unless `is_document` says that it needs a frame. `has_tags` is false for mere text.
    """

    def __init__(self, html: str) -> None:
        self.is_document = False
        self.has_tags = False
        self._html = html
        self._opened: list[str] = []
        self._parts: list[str] = []
        position = 0
        while (start := html.find("<", position)) >= 0:
            self._parts.append(html[position:start])
            position = self._markup(start)
        self._parts.append(html[position:])
        self._end(self._opened)
        self.text = "".join(self._parts)

    def _markup(self, start: int) -> int:
        """Take what begins with `<`; the result is where it ends."""
        html = self._html
        if html.startswith("<!--", start):
            return self._comment(start)
        if self._is_foreign() and html.startswith("<![CDATA[", start):
            return self._up_to(start, html.find("]]>", start) + 3, "]]>")
        named = _NAME.match(html, start)
        if named is None:
            if html[start + 1 : start + 2] not in ("!", "?", "/"):
                return self._escape(start)
            self.is_document |= html[start + 2 : start + 9].lower() == "doctype"
            return self._up_to(start, html.find(">", start) + 1, ">")
        name = named[1].lower()
        end, alone = end_of_tag(html, named.end())
        if not end or name == "plaintext":  # a browser would take all the rest of the page
            return self._escape(start)
        self.has_tags = True
        if name in DOCUMENT:
            self.is_document = True
        elif html[start + 1] == "/":
            self._close(name, html[start:end])
        elif self._open(name, html[start:end], alone):
            return self._content(name, end)
        return end

    def _comment(self, start: int) -> int:
        html = self._html
        for empty in ("<!-->", "<!--->"):
            if html.startswith(empty, start):
                return self._up_to(start, start + len(empty), "")
        end = _COMMENT_END.search(html, start + 4)
        return self._up_to(start, end.end() if end else 0, "-->")

    def _up_to(self, start: int, end: int, otherwise: str) -> int:
        """Keep the text as far as `end`; if there was none to be found, to the last, and `otherwise` ends it."""
        if end <= start:
            self._parts.append(self._html[start:] + otherwise)
            return len(self._html)
        self._parts.append(self._html[start:end])
        return end

    def _escape(self, start: int) -> int:
        self._parts.append("&lt;")
        return start + 1

    def _content(self, name: str, start: int) -> int:
        """Keep what is no markup, `<script>`'s say, with its end tag."""
        ends = re.compile(rf"</{name}(?=[ \t\n\f\r/>])[^>]*>", re.IGNORECASE).search(self._html, start)
        end = self._up_to(start, ends.end() if ends else 0, f"</{name}>")
        if name == "script" and hides_its_end(self._html[start:end]):
            self._parts.append("--></script>")
        return end

    def _open(self, name: str, tag: str, alone: bool) -> bool:
        """Keep a start tag, if it may stand here. The result is whether text follows instead of markup."""
        if name in BREAKOUT:
            while self._is_foreign():
                self._end(self._opened[-1:])
                self._opened.pop()
        between = next((one not in CELL for one in reversed(self._opened) if one in TABLE), False)
        if (name in FORMATTING and between) or ("select" in self._opened and name not in CHOICES):
            return False
        self._parts.append(tag)
        foreign = name in FOREIGN or self._is_foreign()
        if name in TEXT and not foreign:
            return True
        if name not in VOID and not (foreign and alone):
            self._opened.append(name)
        return False

    def _close(self, name: str, tag: str) -> None:
        """Keep an end tag, and before it those of what is still open inside, if it closes something of the fragment."""
        if name == "br":  # a browser reads `</br>` as `<br>`
            self._parts.append(tag)
            return
        barrier = words("table template") if name in TABLE else SCOPE if name in SPECIAL else SPECIAL
        if name == "li":
            barrier |= words("ol ul")
        for position in range(len(self._opened) - 1, -1, -1):
            if self._opened[position] == name:
                self._end(self._opened[position + 1 :])
                self._parts.append(tag)
                del self._opened[position:]
                return
            if self._opened[position] in barrier:
                return

    def _end(self, names: list[str]) -> None:
        """Write the end tags of what is open. Around XML nothing is implied."""
        explicit = not FOREIGN.isdisjoint(self._opened)
        self._parts += [f"</{name}>" for name in reversed(names) if explicit or name not in IMPLIED]

    def _is_foreign(self) -> bool:
        """Whether what comes next stands inside of SVG or MathML."""
        for opened in reversed(self._opened):
            if opened in FOREIGN:
                return True
            if opened in NATIVE:
                return False
        return False


def hides_its_end(script: str) -> bool:
    """Whether the first `</script>` ends only what the script has begun in a comment (13.2.5.18 and following)."""
    begun = script.find("<!--", script.rfind("-->") + 1)
    return begun >= 0 and _SCRIPT.search(script, begun) is not None


def end_of_tag(html: str, position: int) -> tuple[int, bool]:
    """Where the tag ends whose name ends at `position`, 0 if the text ends first; and whether it ends with `/>`."""
    while True:
        gap = _GAP.match(html, position)
        assert gap is not None  # it may be empty
        position = gap.end()
        if html.startswith(">", position):
            return position + 1, gap[0].endswith("/")
        attribute = _ATTRIBUTE.match(html, position)
        if attribute is None:
            return 0, False
        position = attribute.end()
