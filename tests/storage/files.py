"""Folders to compare."""

from __future__ import annotations

from pathlib import Path

#: Names that something on the way could take for something else.
NAMES = [
    "plain",
    "with space",
    "100%",
    "%41",
    "a#b",
    "a?b=c&d",
    "é日本",
    "a+b",
    "a*b[c]{d}",
    "semi;colon",
    "~tilde",
    "a::b",
]


def make(folder: Path, content: dict[str, bytes]) -> Path:
    """A folder with these files."""
    for name, data in content.items():
        folder.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
        folder.joinpath(name).write_bytes(data)
    return folder


def content(folder: Path) -> dict[str, bytes]:
    """What is in a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def leftovers(folder: Path) -> list[str]:
    """All names below a folder."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))
