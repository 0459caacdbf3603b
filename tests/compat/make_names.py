"""Writes `wingbeat.flytekit_compat.names.surface` from surface.json; `make record-surface` runs it."""

from __future__ import annotations

import ast
import importlib
import json
from pathlib import Path
from typing import Any

from tests.compat.flytekit_surface import members
from wingbeat.flytekit_compat import names as table
from wingbeat.flytekit_compat.names import part_of
from wingbeat.flytekit_compat.names.reasons import left

SURFACE = Path(__file__).with_name("surface.json")
FOLDER = Path(__file__).parents[2] / "python/wingbeat/flytekit_compat/names/surface"
HEAD = '"""{}\n\nWritten by `make record-surface`, not by hand.\n"""\n\nfrom __future__ import annotations\n\n'


def surface() -> dict[str, Any]:
    """What flytekit's interpreter has printed."""
    recorded: dict[str, Any] = json.loads(SURFACE.read_text("utf-8"))
    return recorded


def sources() -> dict[str, str]:
    """The modules' text, by file name."""
    recorded = surface()
    modules = {module: entry["names"] for module, entry in recorded["modules"].items()}
    files = {"__init__.py": package(recorded["flytekit"], modules.pop("flytekit")), "modules.py": index(recorded)}
    parts: dict[str, dict[str, dict[str, str]]] = {}
    for module, rows in modules.items():
        parts.setdefault(part_of(module), {})[module] = {
            name: target for name, target in rows.items() if of_flytekit(target) or not left(module)
        }
    return files | {f"{part}.py": names(rows) for part, rows in parts.items()} | {"members.py": lacking(recorded)}


def of_flytekit(target: str) -> bool:
    """Whether a name is flytekit's own. Modules that are left to flytekit need no others."""
    return target in ("object", "exception") or target.startswith(("=", "flytekit."))


def package(version: str, rows: dict[str, str]) -> str:
    """Which flytekit has been recorded, and its own names, which every start needs."""
    text = """Which names a flytekit has: its own here, those of its modules in the modules beside this one.

A name is `"flytekit.home:Name"` or `"library:Name"`: imported from there; `"flytekit.module"` or `"library"`: a module;
`(value,)`: a constant; `Exception`: an exception made there; empty: anything else made there."""
    lines = [f"VERSION = {quoted(version)}", "", "NAMES: dict[str, str | tuple[object] | type] = {"]
    lines += [f"    {quoted(name)}: {written(target)}," for name, target in rows.items()]
    return HEAD.format(text) + "\n".join([*lines, "}", ""])


def index(recorded: dict[str, Any]) -> str:
    """All modules."""
    lines = ["#: Module of flytekit -> whether it is a package.", "MODULES = {"]
    lines += [f"    {quoted(name)}: {entry['package']}," for name, entry in recorded["modules"].items()]
    return HEAD.format("Which modules a flytekit has.") + "\n".join([*lines, "}", ""])


def names(modules: dict[str, dict[str, str]]) -> str:
    """The names of a part's modules, as `names.recorded` returns them."""
    lines = ["NAMES: dict[str, dict[str, str | tuple[object] | type]] = {"]
    for module, rows in modules.items():
        if not rows:
            continue
        lines.append(f"    {quoted(module)}: {{")
        lines += [f"        {quoted(name)}: {written(target)}," for name, target in rows.items()]
        lines.append("    },")
    return HEAD.format("What the names of flytekit's modules are there.") + "\n".join([*lines, "}", ""])


def lacking(recorded: dict[str, Any]) -> str:
    """What wingbeat's classes lack of flytekit's."""
    lines = ["#: Class of wingbeat -> whose place it takes, and which of its attributes are not there.", "LACKING = {"]
    for module, name, row in rows():
        home, _, other = row.partition(":")
        theirs = recorded["modules"][module].get("classes", {}).get(name)
        cls = None if theirs is None or row[0] == "!" else getattr(importlib.import_module(home), other or name)
        if isinstance(cls, type) and cls.__module__.startswith("wingbeat."):
            ours = members(cls, "wingbeat")
            absent = [one for one in theirs.split() if one not in ours]
            if absent:
                key = quoted(f"{cls.__module__}.{cls.__qualname__}")
                lines += [
                    f"    {key}: (",
                    f"        {quoted(f'{module}.{name}')},",
                    f"        {quoted(' '.join(absent))},",
                ]
                lines += ["    ),"]
    return HEAD.format("Attributes of flytekit's classes that wingbeat's do not have.") + "\n".join([*lines, "}", ""])


def rows() -> list[tuple[str, str, str]]:
    """All rows of the table: module, name, home."""
    parts = [importlib.import_module(f"{table.__name__}.{part}").MODULES for part in sorted({*table.PARTS, "others"})]
    found = [(module, name, row) for part in parts for module, names in part.items() for name, row in names.items()]
    return found + [("flytekit", name, row) for name, row in table.FLYTEKIT.items()]


def written(target: str) -> str:
    if target in ("object", "exception"):
        return '""' if target == "object" else "Exception"
    if target.startswith("="):
        value = ast.literal_eval(target[1:])
        return f"({quoted(value) if isinstance(value, str) else repr(value)},)"
    return quoted(target)


def quoted(text: str) -> str:
    """As ruff writes it."""
    return f"'{text}'" if '"' in text and "'" not in text else json.dumps(text, ensure_ascii=False)


def main() -> None:
    for file, text in sources().items():
        FOLDER.joinpath(file).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
