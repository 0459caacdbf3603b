"""Which failures a run of many elements survives, and what it ends with."""

from __future__ import annotations

import pytest

from tests.many.results import failed, ignored, well
from wingbeat.runtime.many.outcome import Outcome


def after(total: int, failures: int, ignores: int = 0, **options: float) -> Outcome:
    outcome = Outcome(total, **options)
    for index in range(total):
        outcome.take(
            failed(index) if index < failures else ignored(index) if index < failures + ignores else well(index)
        )
    return outcome


@pytest.mark.parametrize(
    ("total", "failures", "options", "status"),
    [
        (10, 0, {}, 0),
        (10, 1, {}, 1),
        (10, 1, {"min_success_ratio": 0.9}, 0),
        (10, 2, {"min_success_ratio": 0.9}, 1),
        (10, 10, {"min_success_ratio": 0}, 0),
        (10, 1, {"min_success_ratio": 1}, 1),
        (3, 1, {"min_success_ratio": 0.5}, 0),  # 1.5 elements are 2
        (3, 2, {"min_success_ratio": 0.5}, 1),
        (100, 93, {"min_success_ratio": 0.07}, 0),  # 0.07 * 100 is 7.000000000000001
        (10, 3, {"max_failures": 3}, 0),
        (10, 4, {"max_failures": 3}, 1),
        (10, 3, {"max_failures": 5, "min_success_ratio": 0.8}, 1),
        (10, 3, {"max_failures": 2, "min_success_ratio": 0.5}, 1),
        (10, 2, {"max_failures": 2, "min_success_ratio": 0.5}, 0),
    ],
)
def test_failures_are_allowed_as_asked(total: int, failures: int, options: dict[str, float], status: int) -> None:
    outcome = after(total, failures, **options)
    assert (outcome.exit_status, outcome.word) == (status, "failed" if status else "succeeded")


def test_the_rest_is_not_begun_after_one_failure_too_many() -> None:
    outcome = Outcome(10, max_failures=1)
    outcome.take(failed(0))
    assert not outcome.hopeless
    outcome.take(failed(1))
    assert outcome.hopeless
    assert (outcome.done, outcome.exit_status) == (2, 1)


def test_without_a_limit_all_are_run() -> None:
    assert not after(10, 10).hopeless
    assert not after(10, 10, min_success_ratio=0.9).hopeless


def test_an_ignored_element_has_not_failed() -> None:
    outcome = after(4, 0, ignores=2, max_failures=0)
    assert (outcome.succeeded, outcome.failed, outcome.ignored) == (2, 0, 2)
    assert (outcome.exit_status, outcome.hopeless) == (0, False)


def test_what_an_earlier_run_has_left_counts_as_done() -> None:
    outcome = Outcome(3)
    outcome.skipped = 2
    outcome.take(well(2))
    assert (outcome.done, outcome.run, outcome.exit_status) == (3, 1, 0)


def test_elements_that_were_not_run_are_a_failure() -> None:
    outcome = Outcome(3, min_success_ratio=0)
    outcome.take(well(0))
    assert (outcome.word, outcome.exit_status) == ("failed", 1)


def test_a_signal_is_what_ended_the_run_if_it_left_something_undone() -> None:
    outcome = Outcome(2)
    outcome.take(well(0))
    outcome.signal = 15
    assert (outcome.word, outcome.exit_status) == ("terminated", 143)
    outcome.take(well(1))
    assert (outcome.word, outcome.exit_status) == ("succeeded", 0)
