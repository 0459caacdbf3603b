"""The golden bytes of the type-system spec, 1.2 and 1.3: what flytekit writes, to the byte."""

from __future__ import annotations

import datetime
from typing import Dict, List, Optional

import pytest

from tests.literals import Literal

UTC = datetime.timezone.utc

GOLDEN = [
    (int, 0, "0a040a020800"),
    (int, -1, "0a0d0a0b08ffffffffffffffffff01"),
    (float, 1.5, "0a0b0a0911000000000000f83f"),
    (str, "", "0a040a021a00"),
    (bool, False, "0a040a022000"),
    (type(None), None, "0a022a00"),
    (datetime.datetime, datetime.datetime(1970, 1, 1, tzinfo=UTC), "0a040a022a00"),
    (
        datetime.datetime,
        datetime.datetime(2020, 1, 2, 3, 4, 5, 678901, tzinfo=UTC),
        "0a100a0e2a0c08a5bbb5f0051088eadcc302",
    ),
    (datetime.timedelta, datetime.timedelta(seconds=-1.5), "0a1a0a18321608ffffffffffffffffff011080b6ca91feffffffff01"),
    (List[int], [], "1200"),
    (List[int], [1], "12080a060a040a020801"),
    (Dict[str, int], {}, "1a00"),
    (Dict[str, int], {"a": 1}, "1a0d0a0b0a016112060a040a020801"),
    (dict, {}, "0a0e1a0c0a018012076d73677061636b"),
    (dict, {"a": 1}, "0a111a0f0a0481a1610112076d73677061636b"),
    (Optional[int], 1, "0a154a130a060a040a020801120908015a050a03696e74"),
    (Optional[int], None, "0a144a120a040a022a00120a08005a060a046e6f6e65"),
]


@pytest.mark.parametrize(("hint", "value", "golden"), GOLDEN, ids=lambda part: str(part)[:40])
def test_written_and_read(codecs, hint, value, golden):
    data = codecs.encode(hint, value)
    assert data.hex() == golden
    decoded = codecs.decode(hint, data)
    assert decoded == value
    assert type(decoded) is type(value)


def test_literal_map(codecs):
    data = codecs.InterfaceCodec({"o0": int}).encode({"o0": 1})
    assert data.hex() == "0a0c0a026f3012060a040a020801"


def test_hash_and_metadata_are_ignored_when_reading(codecs):
    data = bytes.fromhex("0a040a0208012201682a060a016b120176")
    assert Literal.FromString(data).hash == "h"
    assert codecs.decode(int, data) == 1
