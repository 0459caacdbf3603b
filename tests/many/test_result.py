"""The bytes of a result."""

from __future__ import annotations

import pytest

from wingbeat.runtime.many.result import Result, one_line, unpack

PHASES = {"decode": 0.25, "execute": 0.5, "encode": 0.0, "write": 1e-6}
RESULTS = [
    Result(0, True, False, "", False, "", "", 0.5, PHASES),
    Result(10**9, False, True, "", False, "", "", 0.5, {"decode": 0.25, "execute": 0.5}),
    Result(7, False, False, "USER", True, "ürgent", "ValueError: žluťoučký", 0.5, {"decode": 0.25}),
    Result(7, False, False, "SYSTEM", False, "SYSTEM", "", 0.5, {}),
    Result(7, False, False, "USER", False, "😀" * 300, one_line("😀" * 1000), 0.5, {}),
]


@pytest.mark.parametrize("result", RESULTS)
def test_a_result_goes_through_a_pipe(result: Result) -> None:
    found = unpack(result.pack())
    assert [getattr(found, name) for name in Result.__slots__] == [getattr(result, name) for name in Result.__slots__]
    assert len(result.pack()) < 4096


def test_a_reason_is_one_line() -> None:
    assert one_line("  a\n b\t\tc ") == "a b c"
    assert one_line("x" * 300) == "x" * 300
    assert one_line("x" * 301) == "x" * 299 + "…"
