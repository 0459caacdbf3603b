"""`make bench`: measure everything, print the README's table."""

from __future__ import annotations

import argparse
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from benches import codec, data, samples, startup, table


def main() -> None:
    """Command line: see `--help`."""
    parser = argparse.ArgumentParser(prog="python -m benches", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="runs of each side (default 5)")
    parser.add_argument("--quick", action="store_true", help="3 runs, a tenth of the values: a look, no figures")
    parser.add_argument("--only", default="", help="measure only the cases whose name contains this; `start` is one")
    parser.add_argument("--write-readme", action="store_true", help="put the table into README.md")
    options = parser.parse_args()
    if options.write_readme and (options.quick or options.only):
        parser.error("--write-readme needs the whole measurement")
    require()
    rounds, scale = (3, 10) if options.quick else (options.rounds, 1)
    rows = [table.HEADER]
    with tempfile.TemporaryDirectory(prefix="wingbeat-bench-") as folder:
        if options.only in "start":
            rows += table.start_rows(startup.measure(Path(folder), rounds, report))
        cases = [case for case in data.CASES if options.only in case.name]
        rows += map(table.codec_row, codec.measure(Path(folder), cases, rounds, scale, report))
    text = "\n".join([*rows, "", table.footnote(rounds)])
    print(text)
    if options.write_readme:
        table.write_readme(samples.ROOT / "README.md", text)


def require() -> None:
    """Every side must be there: a table with holes would be no comparison."""
    wanted = {
        "make build-release": find_spec("wingbeat._core")
        and Path(sys.executable).with_name("wingbeat-execute").exists(),
        "make peers": samples.PEER.joinpath("pyflyte-execute").exists(),
        "make bench": find_spec("msgspec"),
    }
    missing = [target for target, present in wanted.items() if not present]
    if missing:
        raise SystemExit(f"not everything that is compared is there; run: {', '.join(missing)}")


def report(line: str) -> None:
    """Progress, apart from the table."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
