"""Write the files that every side reads, and prove that all sides of this venv agree on them.

Run as `python -m benches.prepare CASE VALUES FOLDER`. The files are `value.pickle`, `literal` (a serialized
`flyteidl.core.Literal`) and `msgpack`.
"""

from __future__ import annotations

import pickle
import random
import sys
from pathlib import Path

from benches import data, sides

SEED = 20_261_121


def main(name: str, values: str, folder: str) -> None:
    """Make the files of one case at one size."""
    case = data.case(name)
    value = case.make(random.Random(SEED), int(values))
    literal = sides.wingbeat(case, "encode")(value)
    packed = sides.msgspec(case, "encode")(value)
    for side, encoded in (("wingbeat", literal), ("reference", literal), ("msgspec", packed)):
        if side == "reference" and int(values) > 50_000:
            continue
        if sides.SIDES[side](case, "decode")(encoded) != value:
            raise SystemExit(f"{side} does not read back {name} as it was written")
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    target.joinpath("literal").write_bytes(literal)
    target.joinpath("msgpack").write_bytes(packed)
    target.joinpath("value.pickle").write_bytes(pickle.dumps(value, protocol=5))


if __name__ == "__main__":
    main(*sys.argv[1:])
