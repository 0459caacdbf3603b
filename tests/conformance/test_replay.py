"""Every case through wingbeat's commands, on what flytekit was given when it was recorded (`make record`)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.case import Case
from tests.conformance.cases import CASES
from tests.conformance.differences import DIFFERENCES, listed
from tests.conformance.folders import result
from tests.conformance.observe import differing
from tests.conformance.servers import Servers

HERE = Path(__file__).parent
ALL = [case for cases in CASES.values() for case in cases.values()]


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    started = Servers()
    yield started
    started.close()


@pytest.fixture(scope="module")
def recorded() -> dict[str, dict[str, Any]]:
    return {module: json.loads(HERE.joinpath("recorded", f"{module}.json").read_text("utf-8")) for module in CASES}


@pytest.mark.parametrize("case", [case for case in ALL if not case.uncovered], ids=lambda case: case.id)
def test_wingbeat_does_what_flytekit_did(
    servers: Servers, recorded: dict[str, dict[str, Any]], tmp_path: Path, case: Case
) -> None:
    records = recorded[case.module]
    found = differing(records[case.name]["seen"], result(servers, "wingbeat", tmp_path, case, records))
    stderr = tmp_path.joinpath("stderr.txt").read_text("utf-8")
    assert set(found) == listed(case.id), f"{found}\n{stderr[-3000:]}"


def test_the_cases_that_are_recorded_are_those_that_are_run(recorded: dict[str, dict[str, Any]]) -> None:
    assert {module: list(records) for module, records in recorded.items()} == {
        module: list(cases) for module, cases in CASES.items()
    }


def test_every_difference_is_explained() -> None:
    explained = HERE.parent.parent.joinpath("docs", "differences.md").read_text("utf-8").split("\n")
    firsts = [line.removeprefix("| ").partition(" | ")[0] for line in explained]
    assert [row for row in DIFFERENCES if not any(first.startswith(row) for first in firsts)] == []
    known = {case.id for case in ALL}
    assert [case for cases in DIFFERENCES.values() for case in cases if case not in known] == []
