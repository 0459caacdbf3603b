"""Write the committed seeds of the fuzz targets: one small, valid input for each type and form.

python tests/fuzz/make_seeds.py
"""

from __future__ import annotations

import datetime
import pathlib
import typing

from wingbeat import Codec

SEEDS = pathlib.Path(__file__).parent / "seeds"

#: The position of each type in `fuzz_targets/codec.rs`, and a value of it.
VALUES: list[tuple[int, typing.Any, typing.Any]] = [
    (0, int, -5),
    (1, float, 1.5),
    (2, str, "text"),
    (3, bool, True),
    (4, type(None), None),
    (5, datetime.datetime, datetime.datetime(2020, 1, 2, 3, 4, 5, 678901)),
    (6, datetime.date, datetime.date(2020, 1, 2)),
    (7, datetime.timedelta, datetime.timedelta(seconds=-1.5)),
    (8, str, "red"),
    (9, str, "a"),
    (10, list[int], [1, 300, -1]),
    (11, list[float], [0.5]),
    (12, list[str], ["a", "é"]),
    (13, list[bool], [True, False]),
    (14, list[list[int]], [[1], []]),
    (15, dict[str, int], {"a": 1, "b": 2}),
    (16, dict[str, list[str]], {"a": ["b"]}),
    (17, dict, {"a": [1, 2.5, None, True, {"b": "c"}]}),
    (18, dict[int, str], {1: "a"}),
    (19, typing.Optional[int], 3),
    (20, typing.Union[int, str, list[int]], [1]),
    (21, list[typing.Optional[str]], ["a", None]),
    (22, dict, {"a": 1, "b": "y"}),
    (23, dict, {"leaf": {"a": 1}, "more": [{"leaf": {"a": 2}}], "level": 1, "either": [1.0]}),
    (23, dict, {"leaf": {"a": 1}, "pairs": {1: [True, b"x"]}, "anything": {"b": None}}),
]


def main() -> None:
    for target in ("reader", "codec"):
        (SEEDS / target).mkdir(parents=True, exist_ok=True)
    for number, (position, hint, value) in enumerate(VALUES):
        literal = Codec(hint).encode(value)
        (SEEDS / "reader" / f"{number:02}").write_bytes(literal)
        (SEEDS / "codec" / f"{number:02}").write_bytes(bytes([position]) + literal)


if __name__ == "__main__":
    main()
