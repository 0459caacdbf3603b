"""`wingbeat doctor`: what slows or breaks this image, and what mends it."""

from __future__ import annotations

import sys

from wingbeat.cli.arguments import Answered, Syntax

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from wingbeat.installation.finding import Finding
    from wingbeat.installation.imports import Measured

FLAGS = ("--json",)
OPTIONS = ("--uri",)
HELP = """\
Usage: {program} [OPTIONS] [MODULE]...

  Say what slows or breaks the tasks of this image, each with the command that mends it: commands that are not
  wingbeat's, modules without bytecode, slow imports, threads that fight for processors, drivers that are missing. Run
  it in the image, as the user and with the variables that tasks have.

  MODULE is a module with tasks. It is imported as a task's container does, twice, and the time of each import is
  listed. Nothing is written.

Options:
  --uri TEXT  A location that tasks read or write (s3://bucket), to look for its drivers.
  --json      The same as one JSON document.
  --help      Show this message and exit.

Exit status: 0 when nothing is wrong, 1 when something is, 2 when the command line is wrong.
"""
SYNTAX = Syntax(HELP, flags=FLAGS, options=OPTIONS, operand="[MODULE]...")
PACKAGES = ("flytekit", "flyteidl", "protobuf", "fsspec", "obstore")
ROWS = 12


def main(arguments: Sequence[str], program: str) -> int:
    """Look and say. The result is the exit status."""
    try:
        line = SYNTAX.read(arguments, program)
    except Answered as answered:
        return answered.status
    from wingbeat.installation.imports import measure

    measured: Measured | None = None
    findings = []
    if line.names:
        try:
            measured = measure(line.names)
        except RuntimeError as error:
            from wingbeat.installation.finding import Finding

            findings.append(Finding("imports", "problem", str(error), f"python -c 'import {line.names[0]}'"))
    uri = line.values.get("--uri")
    findings += diagnose(measured, [uri] if uri else [])
    if "--json" in line.flags:
        import json

        print(json.dumps(document(findings, measured)))
    else:
        print(text(findings, measured))
    return 1 if any(finding.level == "problem" for finding in findings) else 0


def diagnose(measured: Measured | None, uris: list[str]) -> list[Finding]:
    """All findings, in the order in which they are shown."""
    from wingbeat.installation import bytecode, stores, threads, versions
    from wingbeat.installation.finding import Finding
    from wingbeat.installation.folder import scripts_folder
    from wingbeat.installation.imports import own_files
    from wingbeat.installation.report import Report

    report = Report(scripts_folder())
    findings = [*report.problems]
    if not findings:
        findings.append(Finding("commands", "ok", f"wingbeat answers flytekit's commands in {report.folder}"))
    findings += versions.find()
    files = [] if measured is None else own_files(measured)
    findings += [] if measured is None else versions.find_failures(measured)
    findings += bytecode.find()
    findings += bytecode.find_loaded(files)
    findings += threads.find()
    findings += stores.find(files, uris)
    return findings


def named_versions() -> dict[str, str | None]:
    """The versions that matter."""
    from wingbeat import __version__
    from wingbeat.installation.folder import version

    python = ".".join(map(str, sys.version_info[:3]))
    return {"wingbeat": __version__, "python": python, **{name: version(name) for name in PACKAGES}}


def document(findings: list[Finding], measured: Measured | None) -> dict[str, Any]:
    """The diagnosis as plain values. Times are seconds, memory bytes."""
    imports = None
    if measured is not None:
        imports = {
            "modules": measured.modules,
            "with": measured.side,
            "seconds": measured.seconds,
            "peak": measured.peak,
            "packages": [
                {
                    "package": row.package,
                    "seconds": row.seconds,
                    "modules": row.modules,
                    "imported_by": row.imported_by or None,
                }
                for row in measured.rows
            ],
        }
    return {
        "interpreter": sys.executable,
        "versions": named_versions(),
        "findings": [finding.document() for finding in findings],
        "imports": imports,
    }


def text(findings: list[Finding], measured: Measured | None) -> str:
    """The diagnosis for people."""
    versions = [f"{name} {version or 'not installed'}" for name, version in named_versions().items()]
    lines = [sys.executable, ", ".join(versions), ""]
    for finding in findings:
        lines.append(f"{finding.level:<9}{finding.what}")
        if finding.mend:
            lines.append(f"{'':<9}Do: {finding.mend}")
    if measured is not None:
        lines += ["", *table(measured)]
    return "\n".join(lines)


def table(measured: Measured) -> list[str]:
    """The slowest imports."""
    title = f"Importing {', '.join(measured.modules)}: {measured.seconds * 1000:.1f} ms, {measured.peak / 1e6:.0f} MB"
    if measured.side == "flytekit":
        title += " (with flytekit, which takes over)"
    shown = measured.rows[:ROWS]
    width = max([len("package"), *(len(row.package) for row in shown)])
    lines = [title, "", f"  {'package':<{width}}  {'time':>10}  {'modules':>7}  imported by"]
    for row in shown:
        line = f"  {row.package:<{width}}  {row.seconds * 1000:>7.1f} ms  {row.modules:>7}  {row.imported_by}"
        lines.append(line.rstrip())
    rest = measured.rows[ROWS:]
    if rest:
        seconds, modules = sum(row.seconds for row in rest), sum(row.modules for row in rest)
        lines.append(f"  {f'{len(rest)} more':<{width}}  {seconds * 1000:>7.1f} ms  {modules:>7}")
    return lines
