"""Types and values that nobody thought of, written by flytekit and by wingbeat: the literals are equal."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import Phase, given, settings

from tests import literals as l
from tests import source
from tests.conftest import RUST
from tests.peers import client as peer
from tests.peers.shared_types import canonical, evaluate
from tests.types_and_values import typed_values

COUNT = 150


def drawn() -> list[tuple[Any, Any]]:
    """The same sample every time."""
    pairs: list[tuple[Any, Any]] = []

    @settings(max_examples=COUNT, derandomize=True, database=None, phases=[Phase.generate], deadline=None)
    @given(typed_values())
    def draw(pair: tuple[Any, Any]) -> None:
        pairs.append(pair)

    draw()
    return pairs


@pytest.fixture(scope="module")
def sample(flytekit: peer.Flytekit) -> list[tuple[str, str, bytes, bytes | str]]:
    """Hint, value, wingbeat's literal, flytekit's literal or what it says is wrong."""
    found = []
    for hint, value in drawn():
        texts = source.of_hint(hint), source.of_value(value)
        try:
            theirs: bytes | str = flytekit.encode(*texts)
        except peer.FlytekitError as error:
            theirs = str(error)
        found.append((*texts, RUST.encode(evaluate(texts[0]), evaluate(texts[1])), theirs))
    return found


def test_literals_are_equal(sample):
    for hint, value, ours, theirs in sample:
        if isinstance(theirs, bytes) and l.Literal.FromString(ours) != l.Literal.FromString(theirs):
            # The order of a set is each process's own.
            codec = RUST.Codec(evaluate(hint))
            assert "Set[" in hint, (hint, value)
            assert canonical(codec.decode(ours)) == canonical(codec.decode(theirs)), (hint, value)


def test_each_reads_the_others(flytekit, sample):
    for hint, value, ours, theirs in sample:
        codec = RUST.Codec(evaluate(hint))
        if isinstance(theirs, bytes):
            read = canonical(codec.decode(theirs))
            assert read == canonical(codec.decode(ours)), (hint, value)
            assert flytekit.decode(hint, ours) == read, (hint, value)


def test_flytekit_writes_nearly_all(sample):
    refused = [(hint, value, theirs) for hint, value, _, theirs in sample if isinstance(theirs, str)]
    assert len(refused) <= COUNT // 10, refused
    assert len(sample) >= COUNT * 9 // 10
