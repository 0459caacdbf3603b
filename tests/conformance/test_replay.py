"""Every case through wingbeat's commands, on what flytekit was given when it was recorded (`make record`)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conformance.case import Case
from tests.conformance.cases import ALL, CASES
from tests.conformance.differences import DIFFERENCES, every_case, listed
from tests.conformance.folders import result, said
from tests.conformance.observe import differing
from tests.conformance.servers import Servers

HERE = Path(__file__).parent


@pytest.mark.parametrize("case", [case for case in ALL if not case.uncovered], ids=lambda case: case.id)
def test_wingbeat_does_what_flytekit_did(
    servers: Servers, recorded: dict[str, dict[str, Any]], tmp_path: Path, case: Case
) -> None:
    records = recorded[case.module]
    found = differing(records[case.name]["seen"], result(servers, "wingbeat", tmp_path, case, records))
    assert set(found) == listed(case.id), (found, said(tmp_path))


def test_the_cases_that_are_recorded_are_those_that_are_run(recorded: dict[str, dict[str, Any]]) -> None:
    assert {module: list(records) for module, records in recorded.items()} == {
        module: list(cases) for module, cases in CASES.items()
    }


def test_every_difference_is_explained() -> None:
    explained = HERE.parent.parent.joinpath("docs", "differences.md").read_text("utf-8").split("\n")
    firsts = [line.removeprefix("| ").partition(" | ")[0] for line in explained]
    assert [row for row in DIFFERENCES if not any(first.startswith(row) for first in firsts)] == []
    assert set(every_case()) <= {case.id for case in ALL}
    assert len(every_case()) == len(set(every_case()))
