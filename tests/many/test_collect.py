"""The outputs of all elements as one literal map: right in any order, from several processes, whole or not at all."""

from __future__ import annotations

import os
import pickle
import random
from pathlib import Path

import pytest
from flyteidl.core import literals_pb2

from tests.literals import collection, integer, string
from wingbeat import InterfaceCodec
from wingbeat.runtime.many.collect import CollectError, Collector

NONE = literals_pb2.Literal(scalar=literals_pb2.Scalar(none_type=literals_pb2.Void()))


def document(**literals: literals_pb2.Literal) -> bytes:
    return literals_pb2.LiteralMap(literals=literals).SerializeToString()


def collected(collector: Collector, elements: object) -> literals_pb2.LiteralMap:
    return literals_pb2.LiteralMap.FromString(b"".join(collector.chunks(elements)))


def test_elements_end_in_any_order(tmp_path: Path) -> None:
    collector = Collector(["o0"], str(tmp_path))
    order = list(range(10_000))
    random.Random(5).shuffle(order)
    for index in order:
        collector.add(index, document(o0=integer(7 * index)))
        collector.wanted.add(index)
    data = b"".join(collector.chunks(range(10_000)))
    assert InterfaceCodec({"o0": list[int]}).decode(data) == {"o0": [7 * index for index in range(10_000)]}


def test_what_failed_is_none_as_the_engine_has_it(tmp_path: Path) -> None:
    collector = Collector(["o0"], str(tmp_path))
    for index in (0, 2, 3):
        collector.add(index, document(o0=integer(index)))
    for index in (0, 3):  # 2 was written, and lost on its way
        collector.wanted.add(index)
    found = collected(collector, range(5))
    assert found.literals["o0"] == collection(integer(0), NONE, NONE, integer(3), NONE)


def test_a_part_of_the_elements_in_the_order_they_are_asked_for(tmp_path: Path) -> None:
    collector = Collector(["o0"], str(tmp_path))
    for index in (1_000_000, 5, 70_000):
        collector.add(index, document(o0=integer(index)))
        collector.wanted.add(index)
    found = collected(collector, [70_000, 5, 6, 1_000_000])
    assert found.literals["o0"] == collection(integer(70_000), integer(5), NONE, integer(1_000_000))


def test_every_output_is_a_list(tmp_path: Path) -> None:
    collector = Collector(["a", "b"], str(tmp_path))
    collector.add(0, document(a=integer(1), b=string("x" * 300)))
    collector.add(1, document(b=collection(), a=integer(2)))
    for index in range(2):
        collector.wanted.add(index)
    found = collected(collector, range(2))
    assert dict(found.literals) == {
        "a": collection(integer(1), integer(2)),
        "b": collection(string("x" * 300), collection()),
    }


def test_no_outputs_are_an_empty_map(tmp_path: Path) -> None:
    collector = Collector([], str(tmp_path))
    collector.add(0, document())
    collector.wanted.add(0)
    assert collected(collector, range(1)) == literals_pb2.LiteralMap()


def test_no_element_at_all(tmp_path: Path) -> None:
    assert collected(Collector(["o0"], str(tmp_path)), range(0)).literals["o0"] == collection()


def test_an_empty_literal_is_not_none(tmp_path: Path) -> None:
    collector = Collector(["o0"], str(tmp_path))
    collector.add(0, document(o0=literals_pb2.Literal()))
    collector.wanted.add(0)
    assert list(collected(collector, range(1)).literals["o0"].collection.literals) == [literals_pb2.Literal()]


def test_processes_share_a_collector(tmp_path: Path) -> None:
    """More of them than spools may be open, and one that was ended in the middle of a value."""
    collector = Collector(["o0"], str(tmp_path))
    for index in range(70):
        child = os.fork()
        if not child:
            pickle.loads(pickle.dumps(collector)).add(index, document(o0=integer(index)))
            os._exit(0)
        os.waitpid(child, 0)
        collector.wanted.add(index)
    collector.add(70, document(o0=integer(70)))
    [folder] = tmp_path.iterdir()
    with folder.joinpath(f"spool-{os.getpid()}").open("ab") as spool:
        spool.write(b"\x0a\x10half")
    again = pickle.loads(pickle.dumps(collector))
    again.add(71, document(o0=integer(71)))
    for index in (70, 71):
        collector.wanted.add(index)
    assert collected(collector, range(72)).literals["o0"] == collection(*map(integer, range(72)))


def test_a_value_that_could_not_be_kept_is_no_none(tmp_path: Path) -> None:
    collector = Collector(["o0"], str(tmp_path))
    collector.add(0, document(o0=integer(0)))
    for index in range(2):
        collector.wanted.add(index)
    with pytest.raises(CollectError, match=r"output 'o0' of element 1 could not be kept .*--resume collects them"):
        collected(collector, range(2))


def test_a_full_disk_costs_only_what_it_has_not_taken(tmp_path: Path) -> None:
    import resource

    collector = Collector(["o0"], str(tmp_path))
    child = os.fork()
    if not child:
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        collector.add(0, document(o0=string("x" * 100)))
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200, before[1]))
        try:
            collector.add(1, document(o0=string("y" * 1000)))
        except OSError:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
            collector.add(2, document(o0=string("z")))
            os._exit(0)
        os._exit(1)
    assert os.waitpid(child, 0)[1] == 0
    for index in (0, 2):
        collector.wanted.add(index)
    assert collected(collector, range(3)).literals["o0"] == collection(string("x" * 100), NONE, string("z"))


def test_more_than_a_message_can_hold_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wingbeat.runtime.many.collect._LARGEST", 1000)
    collector = Collector(["o0"], str(tmp_path))
    collector.add(0, document(o0=string("x" * 1000)))
    collector.wanted.add(0)
    with pytest.raises(CollectError, match="output 'o0' take 10.. bytes, and a protobuf message has at most 1000"):
        collected(collector, range(1))


def test_nothing_stays_behind(tmp_path: Path) -> None:
    collector = Collector(["o0"], str(tmp_path))
    collector.add(0, document(o0=integer(0)))
    collector.close()
    assert list(tmp_path.iterdir()) == []
