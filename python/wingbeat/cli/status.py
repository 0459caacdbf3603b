"""`wingbeat status`: who answers flytekit's commands."""

from __future__ import annotations

from wingbeat.cli.arguments import Answered, Syntax

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from wingbeat.installation.report import Report

FLAGS = ("--json",)
OPTIONS = ("--folder",)
HELP = """\
Usage: {program} [OPTIONS]

  Say whether wingbeat answers flytekit's commands in this environment, and if not, why: `wingbeat enable` was not run,
  flytekit was installed again since, or another folder comes first on PATH.

Options:
  --folder PATH  The folder of the commands.  [default: where wingbeat's own are]
  --json         The same as one JSON document.
  --help         Show this message and exit.

Exit status: 0 when wingbeat answers all of them, 1 when not, 2 when the command line is wrong.
"""
SYNTAX = Syntax(HELP, flags=FLAGS, options=OPTIONS)
WORDS = {
    "enabled": "is enabled",
    "undone": "is not enabled any more",
    "partly": "is enabled for some commands only",
    "outdated": "is enabled, by another version or for another interpreter",
    "disabled": "is not enabled",
}


def main(arguments: Sequence[str], program: str) -> int:
    """Look and say. The result is the exit status."""
    try:
        line = SYNTAX.read(arguments, program)
    except Answered as answered:
        return answered.status
    from wingbeat.installation.folder import scripts_folder
    from wingbeat.installation.report import Report

    report = Report(line.values.get("--folder") or scripts_folder())
    if "--json" in line.flags:
        import json

        print(json.dumps(document(report)))
    else:
        print(text(report))
    return 0 if report.enabled else 1


def document(report: Report) -> dict[str, Any]:
    """The report as plain values."""
    from wingbeat import __version__

    return {
        "enabled": report.enabled,
        "state": report.state,
        "folder": report.folder,
        "wingbeat": __version__,
        "flytekit": report.flytekit,
        "commands": [
            {
                "name": script.name,
                "path": script.path,
                "state": script.state,
                "kept": script.kept if script.has_kept else None,
            }
            for script in report.scripts
        ],
        "problems": [problem.document() for problem in report.problems],
    }


def text(report: Report) -> str:
    """The report for people."""
    from wingbeat import __version__
    from wingbeat.installation.report import STATES

    lines = [
        f"wingbeat {__version__} {WORDS[report.state]} in {report.folder}",
        f"flytekit {report.flytekit}" if report.flytekit else "flytekit is not installed",
        "",
    ]
    for script in report.scripts:
        kept = f"; {script.name}.flytekit is kept" if script.has_kept else ""
        lines.append(f"  {script.name:<22}{STATES[script.state]}{kept}")
    for problem in report.problems:
        lines += ["", f"{problem.what}.", f"  Do: {problem.mend}"]
    return "\n".join(lines)
