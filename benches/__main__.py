"""`make bench`: measure everything, print the README's tables."""

from __future__ import annotations

import argparse
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from benches import codec, commands, dropin, elements, families, runs, samples, startup, stores, table
from benches.goal import MISSED


def main() -> None:
    """Command line: see `--help`."""
    parser = argparse.ArgumentParser(prog="python -m benches", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="runs of each side (default 5)")
    parser.add_argument("--quick", action="store_true", help="3 runs, a tenth of the values: a look, no figures")
    parser.add_argument(
        "--only",
        default="",
        help="measure one family, start, values, types, runs, dropin, elements or stores, or the cases whose name "
        "contains this",
    )
    parser.add_argument("--write-readme", action="store_true", help="put the tables into README.md")
    options = parser.parse_args()
    if options.write_readme and (options.quick or options.only):
        parser.error("--write-readme needs the whole measurement")
    require()
    rounds, scale = (3, 10) if options.quick else (options.rounds, 1)
    tables = []
    with tempfile.TemporaryDirectory(prefix="wingbeat-bench-") as name:
        folder = Path(name)
        rows = []
        if options.only in ("", "start"):
            rows += table.start_rows(startup.measure(folder, rounds, report))
        for family in families.FAMILIES:
            cases = [case for case in family.cases() if options.only in (family.name, "") or options.only in case.name]
            results = codec.measure(folder, family, cases, rounds, scale, report)
            rows += [table.ROW[family.name](result) for result in results]
            if rows:
                tables.append("\n".join([table.HEADER[family.name], *rows]))
            rows = []
        if options.only in ("", "runs"):
            tables.append("\n".join([commands.HEADER, *runs.measure(folder, rounds, report)]))
        if options.only in ("", "dropin"):
            tables.append("\n".join([dropin.HEADER, *dropin.measure(folder, rounds, scale, report)]))
        if options.only in ("", "elements"):
            # Before what fills the page cache with gigabytes; what it leaves are millions of files.
            with tempfile.TemporaryDirectory(dir=folder) as below:
                tables += elements.measure(Path(below), rounds, scale, report)
        if options.only in ("", "stores"):
            tables.append("\n".join([commands.HEADER, *stores.measure(folder, rounds, report)]))
    if not tables:
        parser.error(f"nothing is called {options.only!r}")
    text = "\n\n".join([*tables, table.footnote(rounds)])
    print(text)
    report(f"goals: {text.count(': pass')} reached, {text.count(MISSED)} missed")
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
