"""What a run of many elements leaves to read: the document, and all failures if there are many."""

from __future__ import annotations

import json
import random
import tracemalloc
from pathlib import Path

import pytest

from tests.many.results import failed, ignored, well
from wingbeat import storage
from wingbeat.runtime.many.distribution import Distribution
from wingbeat.runtime.many.failures import KEPT
from wingbeat.runtime.many.outcome import Outcome
from wingbeat.runtime.many.result import Result
from wingbeat.runtime.many.summary import Summary


def summarize(results: list[Result], total: int, folder: Path, **facts: object) -> dict[str, object]:
    outcome = Outcome(total, 0.5)
    summary = Summary(outcome, **facts)
    for result in results:
        outcome.take(result)
        summary.take(result)
    summary.write(str(folder))
    return json.loads(folder.joinpath("summary.json").read_text("utf-8"))


def test_the_document_says_what_became_of_each_kind(tmp_path: Path) -> None:
    results = [well(0), failed(5, "ValueError: 5"), ignored(1), failed(3, "killed", "SYSTEM", True), well(2), well(4)]
    found = summarize(results, 8, tmp_path, task="shop.close_day", jobs=2)
    assert found["counts"] == {"total": 8, "succeeded": 3, "failed": 2, "ignored": 1, "skipped": 0, "not_run": 2}
    assert (found["outcome"], found["exit_status"], found["failures_allowed"]) == ("failed", 1, 4)
    assert (found["task"], found["jobs"], found["all_failures"]) == ("shop.close_day", 2, None)
    common = {"seconds": 0.002}
    assert found["failures"] == [
        {"index": 3, "kind": "SYSTEM", "recoverable": True, "code": "SYSTEM", "reason": "killed", **common},
        {
            "index": 5,
            "kind": "USER",
            "recoverable": False,
            "code": "USER:RuntimeError",
            "reason": "ValueError: 5",
            **common,
        },
    ]
    assert not tmp_path.joinpath("failures.jsonl").exists()


def test_where_the_time_went(tmp_path: Path) -> None:
    results = [well(index, 0.001 * (index + 1), decode=0.001, execute=0.001 * (index + 1)) for index in range(100)]
    found = summarize(results, 100, tmp_path)
    assert set(found["phases"]) == {"decode", "execute"}
    assert found["phases"]["decode"] == pytest.approx(
        dict.fromkeys(("mean", "p50", "p90", "p99", "max"), 0.001), rel=0.02
    )
    expected = {"mean": 0.0505, "p50": 0.05, "p90": 0.09, "p99": 0.099, "max": 0.1}
    assert found["phases"]["execute"] == pytest.approx(expected, rel=0.02)
    assert found["element_seconds"] == found["phases"]["execute"]
    assert found["elements_per_second"] > 0
    assert found["peak_memory"]["process"] > 2**20


def test_a_great_many_failures_have_a_file_of_their_own(tmp_path: Path) -> None:
    count = KEPT + 500
    found = summarize([failed(index, f"ValueError: {index}") for index in reversed(range(count))], count, tmp_path)
    assert found["all_failures"] == "failures.jsonl"
    assert [failure["index"] for failure in found["failures"]] == list(range(500, count))
    lines = [json.loads(line) for line in tmp_path.joinpath("failures.jsonl").read_text("utf-8").splitlines()]
    assert [line["index"] for line in lines] == list(reversed(range(count)))
    assert lines[-1] == {
        "index": 0,
        "kind": "USER",
        "recoverable": False,
        "code": "USER:RuntimeError",
        "reason": "ValueError: 0",
        "seconds": 0.002,
    }


def test_failures_do_not_fill_the_memory() -> None:
    outcome = Outcome(0)
    summary = Summary(outcome)
    reason = "x" * 300
    for index in range(KEPT + 10):
        summary.take(failed(index, reason))
    tracemalloc.start()
    for index in range(20_000):
        summary.take(failed(index, reason))
    grown, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    summary.failures.close()
    assert grown < 1_000_000  # the results are 20 times that


def test_a_disk_without_room_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    occupied = tmp_path / "file"
    occupied.write_text("no folder", "utf-8")
    monkeypatch.setenv("FLYTE_SDK_LOCAL_SANDBOX", str(occupied))
    with pytest.raises(storage.StorageError, match="failures.jsonl"):
        summarize([failed(index) for index in range(KEPT + 1)], KEPT + 1, tmp_path)


def test_percentiles_are_right_to_a_hundredth() -> None:
    values = [random.Random(3).lognormvariate(-7, 2)] + [random.Random(n).lognormvariate(-7, 2) for n in range(4999)]
    known = Distribution()
    for value in values:
        known.add(value)
    values.sort()
    for share in (0.01, 0.5, 0.9, 0.99, 1):
        assert known.percentile(share) == pytest.approx(values[int(share * len(values)) - 1], rel=0.011)
    assert known.greatest == values[-1]
    assert known.total == pytest.approx(sum(values))


def test_no_durations_at_all() -> None:
    assert Distribution().as_json() == {"mean": 0.0, "p50": 0.0, "p90": 0.0, "p99": 0.0, "max": 0.0}


def test_a_duration_of_nothing_is_one() -> None:
    known = Distribution()
    known.add(0.0)
    known.add(1e-12)
    assert (known.count, known.percentile(0.5)) == (2, 1e-12)
