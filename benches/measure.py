"""One measurement in a process of its own: `python -m benches.measure SIDE CASE DIRECTION FOLDER`.

Prints `{"seconds", "growth", "input", "result"}`: the time of one conversion, by how many bytes the peak of resident
memory grew during it, the bytes of the input, and for a decoded list of plain values the bytes of list and values.
The garbage collector is left as users have it.
"""

from __future__ import annotations

import json
import pickle
import random
import sys
import time
from pathlib import Path

from benches import families, sides


def resident(field: str) -> int:
    """Bytes of resident memory: `VmRSS` now, or `VmHWM`, the peak since the last `forget_peak`."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) * 1024
    raise SystemExit(f"no {field} in /proc/self/status: memory can be measured on Linux only")


def forget_peak() -> None:
    """Let the kernel count the peak anew (proc(5), clear_refs)."""
    Path("/proc/self/clear_refs").write_text("5", "ascii")


def flat_size(value: object) -> int:
    """Bytes of a list and of the different objects in it."""
    if not isinstance(value, list):
        return 0
    return sys.getsizeof(value) + sum(map(sys.getsizeof, {id(item): item for item in value}.values()))


def main(side: str, name: str, direction: str, folder: str) -> None:
    """Measure and print."""
    _, case = families.find(name)
    convert = sides.SIDES[side](case, direction)
    files = Path(folder)
    form = sides.form(side)
    payload: object
    if direction == "decode":
        payload = files.joinpath(form).read_bytes()
    else:
        payload = pickle.loads(files.joinpath("value.pickle").read_bytes())
    few = case.make(random.Random(0), 3)
    # Modules that are loaded on first use are loaded now.
    encoded = sides.SIDES[side](case, "encode")(few)
    if sides.SIDES[side](case, "decode")(encoded) != few:
        raise SystemExit(f"{side} does not read back {name} as it was written")
    convert(few if direction == "encode" else encoded)
    forget_peak()
    before = resident("VmRSS")
    start = time.perf_counter()
    result = convert(payload)
    seconds = time.perf_counter() - start
    growth = max(0, resident("VmHWM") - before)
    measured = {
        "seconds": seconds,
        "growth": growth,
        "input": files.joinpath(form).stat().st_size,
        "result": flat_size(result) if direction == "decode" else 0,
    }
    print(json.dumps(measured))


if __name__ == "__main__":
    main(*sys.argv[1:])
