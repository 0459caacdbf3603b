"""Python source code as HTML, coloured by Python's own tokenizer."""

from __future__ import annotations

import io
import keyword
import tokenize
from html import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

#: Names that do what keywords do in other languages.
_SOFT = frozenset((*keyword.kwlist, "match", "case", "self", "cls"))
#: Strings, also the parts of an f-string since Python 3.12.
_STRINGS = frozenset(
    getattr(tokenize, name, -1) for name in ("STRING", "FSTRING_START", "FSTRING_MIDDLE", "FSTRING_END")
)


class SourceCodeRenderer:
    """Shows Python source code, with line numbers.

    Args:
        title: Not used, as in flytekit.
        first_line: The number of the first line.
    """

    def __init__(self, title: str = "Source Code", first_line: int = 1) -> None:
        self._title = title
        self._first_line = first_line

    def to_html(self, source_code: str) -> str:
        """The code as HTML. What is no Python is shown without colours."""
        lines = coloured(source_code).rstrip("\n").split("\n")
        body = "".join(f'<span class="l">{line}\n</span>' for line in lines)
        return f'<pre class="source" style="--first: {self._first_line - 1}"><code>{body}</code></pre>'


def coloured(code: str) -> str:
    """The code, its tokens in spans that do not extend over several lines."""
    lines = list(io.StringIO(code))
    parts = []
    row, column = 1, 0
    for kind, (start_row, start_column), (end_row, end_column) in marks(code):
        parts.append(escape(between(lines, row, column, start_row, start_column)))
        text = escape(between(lines, start_row, start_column, end_row, end_column))
        parts.append("\n".join(f'<span class="{kind}">{line}</span>' if line else "" for line in text.split("\n")))
        row, column = end_row, end_column
    parts.append(escape(between(lines, row, column, len(lines), len(lines[-1]) if lines else 0)))
    return "".join(parts)


def marks(code: str) -> Iterator[tuple[str, tuple[int, int], tuple[int, int]]]:
    """What is coloured, from where to where: `k` keywords, `s` strings, `n` numbers, `c` comments, `d` definitions."""
    before = ""
    try:
        for token in tokenize.generate_tokens(io.StringIO(code).readline):
            kind = ""
            if token.type == tokenize.COMMENT:
                kind = "c"
            elif token.type == tokenize.NUMBER:
                kind = "n"
            elif token.type in _STRINGS:
                kind = "s"
            elif token.type == tokenize.NAME and before in ("def", "class"):
                kind = "d"
            elif token.type == tokenize.NAME and token.string in _SOFT:
                kind = "k"
            elif token.type == tokenize.OP and token.string == "@" and not token.line[: token.start[1]].strip():
                kind = "d"
            if kind and token.end > token.start:
                yield kind, token.start, token.end
            before = token.string
    except (tokenize.TokenError, SyntaxError):  # cut out of its file, or no Python
        return


def between(lines: list[str], row: int, column: int, end_row: int, end_column: int) -> str:
    """The text from one place to another; rows count from 1."""
    if row > len(lines):
        return ""
    if row == end_row:
        return lines[row - 1][column:end_column]
    return "".join((lines[row - 1][column:], *lines[row : end_row - 1], lines[end_row - 1][:end_column]))
