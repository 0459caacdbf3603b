"""`wingbeat show FILE`: what is in an inputs.pb, an outputs.pb, a futures.pb or an error.pb."""

from __future__ import annotations

import json
import sys

from wingbeat import storage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

HELP = """\
Usage: {program} [--json] FILE...

  Print files of literals (inputs.pb, outputs.pb), graphs of dynamic tasks (futures.pb) and error documents (error.pb),
  readably.

  FILE is a local path or any URL that fsspec knows. What it holds is told by its name where that begins with `error`,
  is `futures.pb` or ends with `_offloaded_metadata.pb`, else by its content.

Options:
  --json   One JSON document for each file, nothing left out. Times are ISO 8601, durations seconds.
  --help   Show this message and exit.
"""
ITEMS = 20  # of a list or a dict
CHARACTERS = 200  # of a text


def main(arguments: Sequence[str], program: str) -> int:
    """Print each file. The result is the exit status: 1 if one could not be read, 2 when the command line is wrong."""
    files = [argument for argument in arguments if argument == "-" or not argument.startswith("-")]
    options = [argument for argument in arguments if argument not in files]
    if "--help" in options:
        print(HELP.format(program=program), end="")
        return 0
    unknown = [option for option in options if option not in ("--json", "--")]
    if unknown or not files:
        problem = f"No such option '{unknown[0]}'." if unknown else "Missing argument 'FILE...'."
        print(f"Usage: {program} [--json] FILE...\n\nError: {problem}", file=sys.stderr)
        return 2
    status = 0
    for file in files:
        try:
            kind, content = load(file)
        except (storage.StorageError, ValueError) as error:
            print(f"{program}: {file}: {error}", file=sys.stderr)
            status = 1
            continue
        if "--json" in options:
            print(json.dumps(content, ensure_ascii=False, default=str))
        else:
            if len(files) > 1:
                print(f"== {file}")
            print(TEXTS[kind](content))
    return status


def load(file: str) -> tuple[str, Any]:
    """What kind of file it is, one of `TEXTS`, and its content as plain values.

    Raises:
        ValueError: it is none of these.
    """
    from wingbeat.idl import plain

    data = storage.read(file)
    name = file.rpartition("/")[2]
    if name.startswith("error"):
        return "error", plain.error_document(data)
    if name == "futures.pb":
        return "graph", plain.dynamic_job(data)
    if name.endswith("_offloaded_metadata.pb"):
        return "literal", plain.literal(data, unpack)
    try:
        return "literals", plain.literal_map(data, unpack)
    except ValueError:
        return "error", plain.error_document(data)


def unpack(literal: bytes) -> Any:
    """The value of a literal that holds a msgpack document."""
    from wingbeat import _core
    from wingbeat.types.packed_leaves import ANY
    from wingbeat.types.schema import Packed

    return _core.Codec(Packed(ANY, False, "")).decode(literal)


def error_text(error: dict[str, Any]) -> str:
    """The fields, then the message as it is."""
    lines = [
        f"{name + ':':<11}{error[name]}" for name in ("code", "kind", "origin", "timestamp", "worker") if error[name]
    ]
    return "\n".join([*lines, "", error["message"]])


def graph_text(graph: dict[str, Any]) -> str:
    """One line a node: what it runs, and the nodes it waits for."""
    nodes = graph.get("nodes", [])
    lines = [
        f"{len(nodes)} nodes, {len(graph.get('tasks', []))} tasks, at least {graph.get('minSuccesses', 0)} to succeed"
    ]
    for node in nodes:
        kind = next((key for key in node if key.endswith("Node")), "")
        entity = next(
            (one["name"] for one in node.get(kind, {}).values() if isinstance(one, dict) and "name" in one), kind
        )
        after = ", ".join(sorted({*node.get("upstreamNodeIds", []), *sources(node)}))
        lines.append(f"  {node['id']}  {entity}{f'  after {after}' if after else ''}")
    return "\n".join(lines)


def sources(node: dict[str, Any]) -> list[str]:
    """The nodes whose outputs a node takes."""
    bindings = (binding.get("binding", {}).get("promise", {}) for binding in node.get("inputs", []))
    return [promise["nodeId"] for promise in bindings if promise.get("nodeId")]


def values_text(values: Any) -> str:
    """One line a variable."""
    if not isinstance(values, dict):
        return brief(values)
    if not values:
        return "(nothing)"
    width = max(map(len, values))
    return "\n".join(f"{name:<{width}} = {brief(value)}" for name, value in values.items())


def brief(value: Any) -> str:
    """A value as Python writes it, with long ones cut."""
    if isinstance(value, dict):
        return "{" + ", ".join(cut([f"{key!r}: {brief(one)}" for key, one in first(value.items())], len(value))) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(cut([brief(one) for one in first(value)], len(value))) + "]"
    text = repr(value)
    return text if len(text) <= CHARACTERS else f"{text[:CHARACTERS]}… ({len(value)} in all)"


#: Kind of file -> its content as text.
TEXTS = {"error": error_text, "graph": graph_text, "literal": values_text, "literals": values_text}


def first(items: Any) -> list[Any]:
    """The items that are shown."""
    return [item for item, _ in zip(items, range(ITEMS), strict=False)]


def cut(shown: list[str], count: int) -> list[str]:
    """The same, and how many are not shown."""
    return [*shown, f"… {count - ITEMS} more"] if count > ITEMS else shown
