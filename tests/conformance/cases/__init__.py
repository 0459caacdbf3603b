"""Which tasks of each module are run with what: one file for each."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from tests.conformance.case import Case

#: Module -> case -> what is run.
CASES: dict[str, dict[str, Case]] = {
    path.stem: import_module(f"tests.conformance.cases.{path.stem}").CASES
    for path in sorted(Path(__file__).parent.glob("[a-z]*.py"))
}
ALL = [case for cases in CASES.values() for case in cases.values()]
