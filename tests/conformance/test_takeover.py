"""Cases that need more of flytekit than wingbeat covers: flytekit takes over, and the outcome is its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conformance.case import Case
from tests.conformance.cases import ALL
from tests.conformance.differences import listed
from tests.conformance.folders import result, said
from tests.conformance.observe import differing
from tests.conformance.servers import Servers


@pytest.mark.parametrize("case", [case for case in ALL if case.uncovered], ids=lambda case: case.id)
def test_flytekit_does_what_it_did(
    servers: Servers, recorded: dict[str, dict[str, Any]], tmp_path: Path, case: Case
) -> None:
    records = recorded[case.module]
    found = differing(records[case.name]["seen"], result(servers, "wingbeat", tmp_path, case, records))
    assert set(found) == listed(case.id), (found, said(tmp_path))
    lines = [line for line in tmp_path.joinpath("stderr.txt").read_text("utf-8").splitlines() if "takes over" in line]
    assert len(lines) == 1, said(tmp_path)
    assert case.uncovered in lines[0]
