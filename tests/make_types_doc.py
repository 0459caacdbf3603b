"""Writes docs/types.md from `tests/types_table.py`: `python -m tests.make_types_doc`."""

from __future__ import annotations

from pathlib import Path

from tests.types_table import FIELDS, REFUSED, TYPES

PAGE = Path(__file__).parent.parent / "docs" / "types.md"

_HEAD = """\
# Types

<!-- Generated from tests/types_table.py by `make types-doc`; every cell is tested. -->

What a task may declare, and what becomes of it. The names of classes stand for their kinds:
[tests/peers/shared_types.py](../tests/peers/shared_types.py) has them.

*Path* says who converts: **Rust** alone (a constructor of yours is called where it has work of its own to do); **Rust**
with Python for the part that is a class's own, such as pydantic's validation; or **Python**, with Rust for the literal
around it only. *flytekit* says whether both write the same literal and read each other's to the same value.
**better** links to what differs. Where wingbeat reads more kinds of literals than flytekit,
[differences.md](differences.md#reading-literals) says so.
"""
_FIELDS = """
## Fields of dataclasses

And the content of dicts whose keys are not `str`. All of it is one msgpack document.
"""
_REFUSED = """
## Refused

As flytekit does, with an error when the task is loaded that says what to declare instead.
"""


def page() -> str:
    """The text of docs/types.md."""
    lines = [_HEAD, *_line("type", "Flyte type", "written as", "read from", "path", "flytekit"), *_rule(6)]
    for row in TYPES:
        lines += _line(_code(row.hint), row.literal_type, row.written, row.read, _path(row.path), _agrees(row.flytekit))
    lines += [_FIELDS, *_line("type", "msgpack", "path", "flytekit"), *_rule(4)]
    for field in FIELDS:
        lines += _line(_code(field.hint), field.written, _path(field.path), _agrees(field.flytekit))
    lines += [_REFUSED, *(f"- {_code(hint)}" for hint in REFUSED)]
    return "\n".join(lines) + "\n"


def _line(*cells: str) -> list[str]:
    return ["| " + " | ".join(cells) + " |"]


def _rule(columns: int) -> list[str]:
    return ["|" + "---|" * columns]


def _code(text: str) -> str:
    return f"`{text}`"


def _path(path: str) -> str:
    return f"**{path}**" if path in ("Rust", "Python") else path.replace("Rust", "**Rust**", 1)


def _agrees(flytekit: str) -> str:
    return flytekit if flytekit == "yes" else f"[better](differences.md#{flytekit})"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
