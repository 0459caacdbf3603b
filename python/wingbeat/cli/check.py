"""`wingbeat check MODULE…`: which tasks run on wingbeat, and which need flytekit for what."""

from __future__ import annotations

from wingbeat.cli.arguments import Answered, Syntax

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

FLAGS = ("--json", "--recursive")
OPTIONS = ()
HELP = """\
Usage: {program} [OPTIONS] MODULE...

  Say of each task of a module whether it runs on wingbeat, or flytekit takes over, because of which name in which line;
  and which of its types are converted in Rust and which by Python.

  MODULE is a name, as in Flyte's `task-module`, or the path of a file from here. Each is imported in a process of its
  own, as a task's container does; no task is run. Names that a task's function uses are read off its source, and off
  the functions and classes of yours that it names. What is reached in other ways, only a run shows: run your tests with
  WINGBEAT_FLYTEKIT=wingbeat to be sure.

Options:
  --recursive  Also check the modules below packages.
  --json       One JSON document for all modules.
  --help       Show this message and exit.

Exit status: 0 when all tasks run on wingbeat; 1 when flytekit takes over for one or a module cannot be imported; 2 when
the command line is wrong.
"""
SYNTAX = Syntax(HELP, flags=FLAGS, options=OPTIONS, operand="MODULE...")
BY = {"rust": "Rust", "python": "Python: ", "both": "Rust and Python: ", None: "not converted"}
VERDICTS = {
    "wingbeat": "runs on wingbeat",
    "flytekit": "falls back to flytekit",
    "fails": "fails",
}


def main(arguments: Sequence[str], program: str) -> int:
    """Check and say. The result is the exit status."""
    try:
        line = SYNTAX.read(arguments, program)
    except Answered as answered:
        return answered.status
    from wingbeat.checking.report import worst
    from wingbeat.checking.run import check_all

    found = []
    for module in check_all(line.names, recursive="--recursive" in line.flags):
        found.append(module)
        if "--json" not in line.flags:
            print("\n".join(lines(module)), flush=True)
    verdict = worst([module["verdict"] for module in found])
    if "--json" in line.flags:
        import json

        print(json.dumps({"verdict": verdict, "modules": found}))
    else:
        print(summary(found))
    return 0 if verdict == "wingbeat" else 1


def lines(module: dict[str, Any]) -> list[str]:
    """The report on a module for people."""
    if not module["tasks"]:
        what = "no tasks" if module["verdict"] == "wingbeat" else VERDICTS[module["verdict"]]
        return [f"{module['module']}: {what}", *because(module, "  "), ""]
    told = [f"{module['module']}:"]
    for task in module["tasks"]:
        told += [f"  {task['name']}: {VERDICTS[task['verdict']]}{sometimes(task)}", *because(task, "    ")]
        shown = [*task["inputs"], *({**one, "name": f"→ {one['name']}"} for one in task["outputs"])]
        width = max((len(f"{one['name']}: {one['type']}") for one in shown), default=0)
        for one in shown:
            left = f"{one['name']}: {one['type']}"
            told.append(f"    {left:<{min(width, 60)}}  {BY[one['by']]}{', '.join(one['python'])}")
    return [*told, ""]


def sometimes(task: dict[str, Any]) -> str:
    """What to add where flytekit takes over in some runs only."""
    reached = all(reason["when"] == "reached" for reason in task["reasons"])
    return " when it gets there" if task["reasons"] and reached and not task["error"] else ""


def because(found: dict[str, Any], indent: str) -> list[str]:
    """The reasons of a verdict."""
    told = []
    for reason in found["reasons"]:
        place = f" at {reason['file']}:{reason['line']}" if reason["file"] else ""
        why = f": {reason['reason']}" if reason["reason"] else ""
        told.append(f"{indent}because of {reason['name']}{place}{why}")
    told += [f"{indent}{text}" for text in (found["obstacle"], found["error"]) if text]
    return told


def summary(modules: list[dict[str, Any]]) -> str:
    """One line on all of them."""
    tasks = [task for module in modules for task in module["tasks"]]
    counts = [sum(task["verdict"] == verdict for task in tasks) for verdict in VERDICTS]
    words = [f"{count} {word}" for count, word in zip(counts, ("on wingbeat", "on flytekit", "failing"), strict=True)]
    whole = sum(not module["tasks"] and module["verdict"] != "wingbeat" for module in modules)
    also = f"; {whole} {'module' if whole == 1 else 'modules'} as a whole not on wingbeat" if whole else ""
    return f"{len(tasks)} {'task' if len(tasks) == 1 else 'tasks'}: {', '.join(words)}{also}"
