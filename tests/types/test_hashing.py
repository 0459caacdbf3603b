"""Hashes of literals (type-system spec 6)."""

from __future__ import annotations

import datetime
import math
from typing import Annotated, Any, Dict, List, Optional

import pytest
from flyteidl.core import literals_pb2

from wingbeat import Codec, HashMethod, TypeEngine, TypeTransformerFailedError
from wingbeat.idl import Literal, LiteralCollection, LiteralMap
from wingbeat.types.hashing import compute_hash_string, local_cache_key


@pytest.mark.parametrize(
    ("hint", "value", "expected"),
    [
        (int, 1, "aJB6fp0kDrfAZt22e/IFnT8IJIlobjxcweiZA8I7/dA="),
        (float, 1.5, "Am1Wl1lSiWsN3UpEZsaHZ7wVjUwkcZwMZvAhAxMETlo="),
        (float, math.nan, "KqrS+zZTW+biwUDuqO7CsrmBV7XPIOCifzVVYh+ggE0="),
        (float, 1e22, "PUUYDy/f/iYknGbvdEGNv2YnFAUYhsxD31ASzwTsyXU="),
        (str, "a", "NPkoIus59xjcx9J16Vqt7H4QOyx2FBzuWYTyVaquKA4="),
        (None, None, "2WSEX8JtcLhpmSUjkuJ0HpaAJb7wdmVCUWIEI+br+7o="),
        (datetime.timedelta, datetime.timedelta(seconds=1.5), "GKHBY30JRsPs9VbWZTaEdXoQUVZkqft8MYLNVDaJeBI="),
        (List[int], [1], "qN7iA0GnbLzFGcHB7y09lbxgx+9cTIViSlyL9/kCSC0="),
        (Dict[str, int], {"b": 1, "a": 2}, "caGLSOJByP3wW44lHCIm/XK7u/t+Vk5JoVfFV1quizA="),
        (dict, {"a": 1}, "3T7xY3vIsC6+B3vhoC4h4YpW6TPe+O3O+bhKpwaYjBs="),
        (Optional[int], 1, "aEj5wGAKh/RbcDeuCqqQewwmxxa7lssA8m97JO1Rr4s="),
    ],
)
def test_vectors(hint: Any, value: Any, expected: str) -> None:
    data = Codec(hint).encode(value)
    assert compute_hash_string(data) == expected
    assert compute_hash_string(Literal.from_bytes(data)) == expected
    assert compute_hash_string(literals_pb2.Literal.FromString(data)) == expected


def test_an_empty_literal() -> None:
    assert compute_hash_string(b"") == "RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o="


def literal(value: int, own_hash: str | None = None) -> Literal:
    found = Literal.from_bytes(Codec(int).encode(value))
    found.hash = own_hash
    return found


def test_the_local_cache_key_of_the_spec() -> None:
    one = literal(1, "abc")
    inputs = {"a": one, "b": Literal(collection=LiteralCollection([one]))}
    assert local_cache_key("t", "v", inputs) == "t-v-b8538bf1a275af578d0cb5c16b661cfd"
    same = {"a": literal(2, "abc"), "b": Literal(collection=LiteralCollection([literal(3, "abc")]))}
    assert local_cache_key("t", "v", same) == local_cache_key("t", "v", inputs)
    assert local_cache_key("t", "v", {**inputs, "c": literal(1)}, ["c"]) == local_cache_key("t", "v", inputs)
    mapped = {"a": Literal(map=LiteralMap({"k": literal(1, "h")}))}
    assert local_cache_key("t", "v", mapped) == local_cache_key(
        "t", "v", {"a": Literal(map=LiteralMap({"k": literal(2, "h")}))}
    )
    assert local_cache_key("t", "v", mapped) != local_cache_key(
        "t", "v", {"a": Literal(map=LiteralMap({"k": literal(1)}))}
    )
    # More than 255 bytes are pickled in another way.
    long = {"a": Literal.from_bytes(Codec(str).encode("x" * 300))}
    assert local_cache_key("t", "v", long) == "t-v-d1c172020dea5a016d77556c0d3c39f4"


def test_a_hash_that_is_no_text_is_refused() -> None:
    hint = Annotated[int, HashMethod(lambda value: value)]
    with pytest.raises(TypeTransformerFailedError, match="int"):
        Codec(hint).encode(1)


class Thing:
    pass


def test_the_engine_hashes_what_a_transformer_wrote() -> None:
    from tests.types.test_engine import Celsius, CelsiusTransformer

    hint = Annotated[Celsius, CelsiusTransformer(), HashMethod(lambda value: f"h{value.degrees}")]
    assert TypeEngine.to_literal(None, Celsius(1.0), hint).hash == "h1.0"
    assert Literal.from_bytes(Codec(hint).encode(Celsius(1.0))).hash == "h1.0"
    assert TypeEngine.to_literal(None, 1, Annotated[int, HashMethod(str)]).hash == "1"
    assert TypeEngine.to_literal(None, 1, Annotated[int, "x"]).hash is None
