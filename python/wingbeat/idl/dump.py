"""A message as indented text, in the form that flytekit prints."""

from __future__ import annotations

from textwrap import shorten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def dump(message: Any, indent: int) -> str:
    """One line a set field, nested messages indented by two more; a value is cut at 80 characters."""
    margin = " " * indent
    lines = []
    for descriptor, value in message.ListFields():
        if hasattr(value, "ListFields"):
            if value.ListFields():  # an empty message shows nothing
                lines.append(f"{margin}{descriptor.name}:\n{dump(value, indent + 2)}")
            continue
        text = shorten(str(value).strip(), width=80)
        if text:
            lines.append(f"{margin}{descriptor.name}: {text}\n")
    return "".join(lines)
