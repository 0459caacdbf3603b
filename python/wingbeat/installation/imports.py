"""Which imports make the start of a task slow, measured."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

_LINE = re.compile(r"^import time:\s+(\d+) \|\s+(\d+) \|( +)(\S+)$")
PROGRAM = "from wingbeat.installation.probe import main; main()"


class Row:
    """A top-level package: seconds spent in its modules alone, how many there are, and who imported it first."""

    __slots__ = ("imported_by", "modules", "package", "seconds")

    def __init__(self, package: str, imported_by: str) -> None:
        self.package = package
        self.imported_by = imported_by
        self.modules = 0
        self.seconds = 0.0


class Measured:
    """What importing the modules took.

    `seconds` is the time for all of them, `rows` the packages, the slowest first; `side` is who answered
    `import flytekit`; `errors` is what the modules raised, by module; `files` are the files of all loaded modules;
    `peak` is the memory of the process in bytes.
    """

    __slots__ = ("errors", "files", "modules", "peak", "rows", "seconds", "side")

    def __init__(self, modules: Sequence[str], side: str, answer: dict[str, Any], report: str) -> None:
        self.modules = list(modules)
        self.side = side
        self.errors: dict[str, Any] = answer["errors"]
        self.files: dict[str, str] = answer["files"]
        self.peak: int = answer["peak"]
        trees = [tree for tree in read(report) if tree.module in set(modules) | parents(modules)]
        self.seconds = sum(tree.all for tree in trees) / 1e6
        self.rows = sorted(count(trees), key=lambda row: -row.seconds)


def measure(modules: Sequence[str]) -> Measured:
    """Import the modules in a process of their own, as a task's container does.

    Twice, and the second counts: in the first, files come from the disk. Nothing is compiled for good (`-B`), or the
    measurement would mend what it is to show. What wingbeat does not cover is imported with flytekit instead.

    Raises:
        RuntimeError: the process died of it.
    """
    run(modules, "wingbeat")
    measured = run(modules, "wingbeat")
    if any(error["name"] for error in measured.errors.values()):
        from wingbeat.flytekit_compat import fallback

        if fallback.installed():
            covered = measured.errors
            measured = run(modules, "flytekit")
            measured.errors = {**covered, **measured.errors}
    return measured


def run(modules: Sequence[str], side: str) -> Measured:
    """One measurement."""
    from tempfile import TemporaryFile

    with TemporaryFile() as file:
        number = str(file.fileno())
        command = [sys.executable, "-B", "-X", "importtime", "-c", PROGRAM, number, side, *modules]
        done = subprocess.run(  # noqa: S603 this interpreter, without a shell
            command, pass_fds=[file.fileno()], stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
        file.seek(0)
        answer = file.read()
    report = done.stderr.decode("utf-8", "replace")
    if not answer:
        said = [line for line in report.splitlines() if not line.startswith("import time:")]
        last = "\n".join(said)[-2000:].strip()
        raise RuntimeError(f"importing {', '.join(modules)} ended the process (exit status {done.returncode})\n{last}")
    return Measured(modules, side, json.loads(answer), report)


def parents(modules: Sequence[str]) -> set[str]:
    """The packages that modules are in, which are imported before them."""
    return {module.rsplit(".", count)[0] for module in modules for count in range(1, module.count(".") + 1)}


class Tree:
    """One imported module, with what it imported: microseconds of its own and of all."""

    __slots__ = ("all", "children", "module", "own")

    def __init__(self, module: str, own: int, everything: int, children: list[Tree]) -> None:
        self.module = module
        self.own = own
        self.all = everything
        self.children = children


def read(report: str) -> list[Tree]:
    """The imports that the interpreter has reported: each after those that it caused, which are indented more."""
    open_trees: list[tuple[int, Tree]] = []
    for line in report.splitlines():
        match = _LINE.match(line)
        if match is None:
            continue
        depth = len(match[3])
        children = []
        while open_trees and open_trees[-1][0] > depth:
            children.append(open_trees.pop()[1])
        open_trees.append((depth, Tree(match[4], int(match[1]), int(match[2]), children[::-1])))
    return [tree for _, tree in open_trees]


def count(trees: Sequence[Tree]) -> list[Row]:
    """The packages of the trees."""
    rows: dict[str, Row] = {}

    def visit(tree: Tree, parent: str) -> None:
        package = tree.module.partition(".")[0]
        row = rows.setdefault(package, Row(package, parent))
        row.modules += 1
        row.seconds += tree.own / 1e6
        for child in tree.children:
            visit(child, tree.module)

    for tree in trees:
        visit(tree, "")
    return list(rows.values())


def own_files(measured: Measured) -> list[str]:
    """Files of the user among those that were loaded: not Python's, not installed packages', not wingbeat's."""
    import sysconfig

    import wingbeat

    others = [sysconfig.get_path("stdlib"), os.path.dirname(wingbeat.__file__ or "")]
    return sorted(
        file
        for file in set(measured.files.values())
        if file.endswith(".py")
        and not file.startswith(tuple(f"{folder}{os.sep}" for folder in others))
        and "/site-packages/" not in file
        and "/dist-packages/" not in file
    )
