"""Write the files that every side reads, and prove that all sides of this venv agree on them.

Run as `python -m benches.prepare CASE VALUES FOLDER`. The files are `value.pickle`, `literal` (a serialized
`flyteidl.core.Literal`) and `msgpack`.
"""

from __future__ import annotations

import pickle
import random
import sys
from pathlib import Path

from benches import families, sides

SEED = 20_261_121


def main(name: str, values: str, folder: str) -> None:
    """Make the files of one case at one size."""
    family, case = families.find(name)
    value = case.make(random.Random(SEED), int(values))
    encoded = {"literal": sides.wingbeat(case, "encode")(value)}
    if "msgspec" in family.sides:
        encoded["msgpack"] = sides.msgspec(case, "encode")(value)
    for side in family.sides:
        if side == "flytekit" or (side == "reference" and int(values) > 50_000):
            continue
        if sides.SIDES[side](case, "decode")(encoded[sides.form(side)]) != value:
            raise SystemExit(f"{side} does not read back {name} as it was written")
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    for form, data in encoded.items():
        target.joinpath(form).write_bytes(data)
    target.joinpath("value.pickle").write_bytes(pickle.dumps(value, protocol=5))


if __name__ == "__main__":
    main(*sys.argv[1:])
