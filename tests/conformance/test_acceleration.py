"""Every case through flytekit's commands, wingbeat's codec converting as well: no difference, nor from the record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conformance.case import Case
from tests.conformance.cases import ALL
from tests.conformance.folders import result, said
from tests.conformance.observe import differing
from tests.conformance.servers import Servers


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.id)
def test_nothing_differs(servers: Servers, recorded: dict[str, dict[str, Any]], tmp_path: Path, case: Case) -> None:
    records = recorded[case.module]
    seen = result(servers, "accelerated", tmp_path, case, records)
    assert "acceleration differs" not in tmp_path.joinpath("stderr.txt").read_text("utf-8")
    assert differing(records[case.name]["seen"], seen) == {}, said(tmp_path)
