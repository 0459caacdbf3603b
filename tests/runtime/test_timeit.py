"""`timeit`: what user code measures goes into the timeline (runtime contract 10.3)."""

from __future__ import annotations

import asyncio

import pytest

from wingbeat import current_context, timeit
from wingbeat.runtime.context import ExecutionParameters


@pytest.fixture
def entries(monkeypatch: pytest.MonkeyPatch) -> list[dict]:
    parameters = ExecutionParameters()
    monkeypatch.setattr("wingbeat.runtime.context._current", parameters)
    return current_context().timeline_deck.time_info


def test_what_is_measured_has_flytekits_fields(entries: list[dict]) -> None:
    with timeit("a"):
        pass
    (entry,) = entries
    assert list(entry) == ["Name", "Start", "Finish", "WallTime", "ProcessTime"]
    assert entry["Start"] <= entry["Finish"]
    assert entry["Start"].utcoffset().total_seconds() == 0


def test_a_function_is_measured_each_time(entries: list[dict]) -> None:
    @timeit("f")
    def factorial(n: int) -> int:
        """Doc."""
        return n * factorial(n - 1) if n else 1

    assert (factorial(3), factorial.__name__, factorial.__doc__) == (6, "factorial", "Doc.")
    assert [entry["Name"] for entry in entries] == ["f"] * 4
    walls = [entry["WallTime"] for entry in entries]
    assert walls == sorted(walls)


def test_a_coroutine_is_measured_to_its_end(entries: list[dict]) -> None:
    @timeit("c")
    async def waits() -> int:
        await asyncio.sleep(0.02)
        return 1

    assert asyncio.run(waits()) == 1
    assert entries[0]["WallTime"] >= 0.02


def test_an_exception_passes(entries: list[dict]) -> None:
    with pytest.raises(KeyError), timeit("k"):
        raise KeyError
    assert [entry["Name"] for entry in entries] == ["k"]
