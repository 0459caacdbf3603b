"""What user code notes on its outputs: the same tasks through both commands (runtime contract 5.5)."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from flyteidl.core import artifact_id_pb2, literals_pb2

from tests.literals import integer
from tests.runtime.peer import Case, Oracle, literal_map
from tests.runtime.process import Result

IMPORTS = {
    "flytekit": """
from flytekit import task
from flytekit.core.context_manager import FlyteContextManager, OutputMetadata
""",
    "wingbeat": """
from wingbeat import FlyteContextManager, task  # not of the same length: a .pyc of the other must not fit
from wingbeat.runtime.output_metadata import OutputMetadata
""",
}
SOURCE = """
from datetime import datetime, timezone
from typing import Dict, List, Tuple


class Card:
    def __init__(self, key, text):
        self.key, self.text = key, text

    def serialize_to_string(self, ctx, variable_name):
        assert ctx.file_access is not None
        return self.key, f"{variable_name}: {self.text}"


class Artifact:  # as far as a note asks
    time_partition_granularity = 3


class Broken:
    def serialize_to_string(self, ctx, variable_name):
        raise ValueError("no text")


def note(value, *cards, time=None, **partitions):
    FlyteContextManager.current_context().output_metadata_tracker.add(
        value, OutputMetadata(Artifact(), partitions or None, time, list(cards) or None)
    )
    return value


@task
def cards(a: int) -> List[int]:
    return note([a], Card("one", "é"), Card("two", ""))


@task
def partitions(a: int) -> List[int]:
    return note([a], region="dubai", when=str(a))


@task
def time(a: int) -> List[int]:
    return note([a], time=datetime(2024, 1, 2, 3, 4, 5, 678901))


@task
def aware(a: int) -> List[int]:
    return note([a], time=datetime(2024, 1, 2, tzinfo=timezone.utc))


@task
def all_of_it(a: int) -> List[int]:
    return note([a], Card("one", "x"), region="r", time=datetime(2024, 1, 2))


@task
def second_of_two(a: int) -> Tuple[List[int], Dict[str, int]]:
    return [a], note({"a": a}, Card("one", "x"))


@task
def nothing_to_note(a: int) -> List[int]:
    return note([a])


@task
def of_something_else(a: int) -> List[int]:
    kept = note([a], Card("one", "x"))
    return [a, len(kept)]


@task
def alike(a: int) -> Tuple[int, int]:
    return note(1, Card("one", "x")), 1


@task
def broken(a: int) -> List[int]:
    return note([a], Broken())
"""
TASKS = [
    *("cards", "partitions", "time", "aware", "all_of_it", "second_of_two", "nothing_to_note", "of_something_else"),
    *("alike", "broken"),
]


def case(task: str) -> Case:
    return Case(task, literal_map(a=integer(1)), source=SOURCE, imports=IMPORTS)


def readable(result: Result) -> literals_pb2.LiteralMap | None:
    """The outputs; of partitions, the message, whose bytes are in no certain order."""
    for literal in result.outputs.literals.values() if result.outputs is not None else ():
        if "_uap" in literal.metadata:
            message = artifact_id_pb2.ArtifactID.FromString(base64.b64decode(literal.metadata["_uap"]))
            literal.metadata["_uap"] = repr(message.SerializeToString(deterministic=True))
    return result.outputs


def notes(result: Result) -> dict[str, dict[str, str]]:
    assert result.outputs is not None, result.stderr
    return {name: dict(literal.metadata) for name, literal in result.outputs.literals.items()}


@pytest.mark.parametrize("task", TASKS)
def test_the_outcome_is_the_same(task: str, oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, case(task))
    assert (ours.status, ours.files) == (theirs.status, theirs.files), ours.stderr
    assert readable(ours) == readable(theirs)
    if theirs.error is not None and ours.error is not None:
        for part in ("code", "kind", "origin"):
            assert getattr(ours.error, part) == getattr(theirs.error, part), part
        assert ours.message == theirs.message


def test_a_note_is_written_on_its_output(oracle: Oracle, tmp_path: Path) -> None:
    _, ours = oracle.both(tmp_path, case("second_of_two"))
    assert notes(ours) == {"o0": {}, "o1": {"one": "o1: x"}}


def test_equal_small_numbers_are_one_object_with_one_note(oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, case("alike"))
    assert notes(ours) == notes(theirs) == {"o0": {"one": "o0: x"}, "o1": {"one": "o1: x"}}


def test_a_note_stays_visible_when_the_literal_is_stored_elsewhere(oracle: Oracle, tmp_path: Path) -> None:
    one = case("cards")
    one.env = {"_F_L_MIN_SIZE_MB": "0"}
    theirs, ours = oracle.both(tmp_path, one)
    assert notes(theirs) == {"o0": {}}
    assert notes(ours) == {"o0": {"one": "o0: é", "two": "o0: "}}
