"""`wingbeat doctor`: what it finds in environments that have something wrong, and in one that has not."""

from __future__ import annotations

import compileall
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.cli.environments import Done, Environment, make, put_commands
from wingbeat.flytekit_compat.acceleration.versions import TESTED
from wingbeat.installation import bytecode, imports, stores, threads, versions

SHOP = """\
import json
from flytekit import task

from prices import table


@task
def total(a: int) -> int:
    return a
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Nothing is wrong with it."""
    made = make(tmp_path_factory.mktemp("environments") / "one")
    put_commands(made)
    assert made.wingbeat("enable").status == 0
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two modules of a user, compiled."""
    tmp_path.joinpath("shop.py").write_text(SHOP, "utf-8")
    tmp_path.joinpath("prices.py").write_text("import decimal\n\ntable = {}\n", "utf-8")
    compileall.compile_dir(tmp_path, quiet=1)
    return tmp_path


def doctor(
    environment: Environment, folder: Path, *arguments: str, env: Mapping[str, str] | None = None
) -> tuple[int, dict[str, list[dict[str, Any]]], Any]:
    """The exit status, the findings that are not `ok` by check, and the rest."""
    variables = {"OMP_NUM_THREADS": "1", **(env or {})}
    done = environment.run("wingbeat", "doctor", "--json", *arguments, folder=folder, env=variables)
    assert done.err == ""
    found: dict[str, list[dict[str, Any]]] = {}
    for finding in done.document["findings"]:
        assert set(finding) == {"check", "level", "what", "mend"}
        assert finding["mend"] or finding["level"] == "ok"
        if finding["level"] != "ok":
            found.setdefault(finding["check"], []).append(finding)
    return done.status, found, done.document


def test_nothing_is_wrong(environment: Environment, folder: Path) -> None:
    status, found, document = doctor(environment, folder, "shop")
    assert found.keys() <= {"flytekit", "bytecode"}, "which the machine may lack"
    assert status == ("bytecode" in found)
    assert document["versions"]["python"] == ".".join(map(str, sys.version_info[:3]))
    assert document["interpreter"] == str(environment.bin / "python")
    done = environment.run("wingbeat", "doctor", folder=folder, env={"OMP_NUM_THREADS": "1"})
    assert "\nok       wingbeat answers flytekit's commands in " in done.out


def test_not_enabled(environment: Environment, folder: Path) -> None:
    environment.wingbeat("disable")
    status, found, _ = doctor(environment, folder)
    environment.wingbeat("enable")
    assert status == 1
    assert found["commands"][0]["mend"] == "wingbeat enable"


def test_imports_are_measured(environment: Environment, folder: Path) -> None:
    folder.joinpath("prices.py").write_text("import decimal, time\n\ntime.sleep(0.2)\ntable = {}\n", "utf-8")
    _, _, document = doctor(environment, folder, "shop")
    measured = document["imports"]
    assert (measured["modules"], measured["with"]) == (["shop"], "wingbeat")
    rows = {row["package"]: row for row in measured["packages"]}
    assert measured["packages"][0] is rows["prices"]
    assert measured["seconds"] > rows["prices"]["seconds"] >= 0.2
    assert (rows["shop"]["imported_by"], rows["prices"]["imported_by"]) == (None, "shop")
    assert (rows["prices"]["modules"], rows["decimal"]["imported_by"]) == (1, "prices")
    assert measured["peak"] > 1_000_000
    out = environment.run("wingbeat", "doctor", "shop", folder=folder).out
    assert "\nImporting shop: " in out
    assert "\n  prices " in out


def test_measuring_writes_nothing(environment: Environment, folder: Path) -> None:
    for path in folder.rglob("*.pyc"):
        path.unlink()
    _, found, _ = doctor(environment, folder, "shop")
    assert not list(folder.rglob("*.pyc"))
    (finding,) = [one for one in found["bytecode"] if "modules of yours" in one["what"]]
    assert "modules of yours (prices.py, shop.py) have no bytecode: each new container compiles them" in finding["what"]
    assert finding["mend"].startswith(f"{environment.bin / 'python'} -m compileall -q {folder}")


def test_bytecode_that_python_does_not_take(folder: Path) -> None:
    path = folder / "shop.py"
    assert bytecode.is_compiled(str(path))
    os.utime(path, (1, 1))
    assert not bytecode.is_compiled(str(path))
    compileall.compile_file(path, quiet=1, force=True)
    assert bytecode.is_compiled(str(path))
    path.write_text(SHOP + "\n", "utf-8")
    os.utime(path, (1, 1))
    assert not bytecode.is_compiled(str(path))


def test_packages_without_bytecode(environment: Environment, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packages = folder / "site-packages"
    packages.mkdir()
    for number in range(10):
        packages.joinpath(f"m{number}.py").write_text("", "utf-8")
    packages.joinpath("no-module.py").write_text("", "utf-8")
    _, found, _ = doctor(environment, folder, env={"PYTHONPATH": str(packages), "PYTHONDONTWRITEBYTECODE": "1"})
    *_, lack, forbidden = found["bytecode"]
    assert lack["what"].startswith(f"10 of 10 modules below {packages} have no bytecode")
    assert (lack["level"], forbidden["level"]) == ("problem", "note")
    assert forbidden["what"].startswith("PYTHONDONTWRITEBYTECODE is set")
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert "this user may not write it" in bytecode.lack("all", [str(packages)]).what


@pytest.mark.parametrize(
    ("variable", "value"),
    [("WINGBEAT_FLYTEKIT", "flytekit"), ("WINGBEAT_ACCELERATE", "off"), ("WINGBEAT_ACCELERATE", "compare")],
)
def test_settings_that_make_tasks_slow(variable: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, value)
    (finding,) = [finding for finding in versions.find() if finding.check == "settings"]
    assert (finding.level, finding.mend) == ("problem", f"unset {variable}")


@pytest.mark.parametrize(
    ("installed", "level", "mend"),
    [
        (TESTED[-1], "ok", ""),
        ("1.10.0", "note", f"pip install flytekit=={TESTED[-1]}"),
        (None, "note", "pip install flytekit, if `wingbeat check` says that it is needed"),
    ],
)
def test_versions_of_flytekit(installed: str | None, level: str, mend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "version", lambda package: installed)
    for variable in versions.SETTINGS:
        monkeypatch.delenv(variable, raising=False)
    (finding,) = versions.find()
    assert (finding.level, finding.mend) == (level, mend)


def test_a_module_that_is_not_covered(environment: Environment, folder: Path) -> None:
    folder.joinpath("shop.py").write_text("from flytekitplugins.spark import Spark\n", "utf-8")
    status, found, _ = doctor(environment, folder, "shop")
    assert status == 1
    (finding,) = found["imports"]
    assert finding["what"].startswith("shop: flytekitplugins.spark is not covered by wingbeat")
    assert finding["what"].endswith(f"({folder / 'shop.py'}:1); flytekit takes over for all of its tasks")
    assert finding["mend"] == "wingbeat check shop"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("import no_such_thing", "ModuleNotFoundError: No module named 'no_such_thing'"),
        ("raise SystemExit(3)", "SystemExit: 3"),
    ],
)
def test_a_module_that_cannot_be_imported(source: str, said: str, environment: Environment, folder: Path) -> None:
    folder.joinpath("shop.py").write_text(f"print('hello')\n{source}\n", "utf-8")
    status, found, _ = doctor(environment, folder, "shop")
    assert (status, found["imports"][0]["what"]) == (1, f"shop cannot be imported: {said}")


def test_a_module_that_ends_the_process(environment: Environment, folder: Path) -> None:
    folder.joinpath("shop.py").write_text("import os, sys\nprint('the end', file=sys.stderr)\nos._exit(5)\n", "utf-8")
    status, found, document = doctor(environment, folder, "shop")
    assert (status, document["imports"]) == (1, None)
    assert found["imports"][0]["what"] == "importing shop ended the process (exit status 5)\nthe end"


@pytest.mark.parametrize(
    ("files", "processors"),
    [
        ({"cpu.max": "150000 100000\n"}, 1.5),
        ({"cpu.max": "max 100000\n"}, None),
        ({"cpu/cpu.cfs_quota_us": "200000\n", "cpu/cpu.cfs_period_us": "100000\n"}, 2.0),
        ({"cpu/cpu.cfs_quota_us": "-1\n", "cpu/cpu.cfs_period_us": "100000\n"}, None),
        ({}, None),
    ],
)
def test_the_limit_of_a_container(files: dict[str, str], processors: float | None, tmp_path: Path) -> None:
    for name, text in files.items():
        tmp_path.joinpath(name).parent.mkdir(exist_ok=True)
        tmp_path.joinpath(name).write_text(text, "utf-8")
    assert threads.quota(str(tmp_path)) == processors


@pytest.mark.parametrize(
    ("limit", "value", "level", "mend"),
    [
        (2.0, None, "problem", "export OMP_NUM_THREADS=2"),
        (0.5, None, "problem", "export OMP_NUM_THREADS=1"),
        (2.0, "16", "problem", "export OMP_NUM_THREADS=2"),
        (2.0, "2", "ok", ""),
        (None, "16", "ok", ""),
        (None, None, "note", "export OMP_NUM_THREADS=N, with the processors that the task requests"),
    ],
)
def test_threads(
    limit: float | None, value: str | None, level: str, mend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threads, "quota", lambda: limit)
    monkeypatch.setattr(os, "cpu_count", lambda: 64)
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    if value is not None:
        monkeypatch.setenv("OMP_NUM_THREADS", value)
    (finding,) = threads.find()
    assert (finding.level, finding.mend) == (level, mend)


@pytest.mark.parametrize(
    ("installed", "level", "mend"),
    [
        ({"obstore", "s3fs"}, "ok", ""),
        ({"obstore"}, "ok", "pip install 'wingbeat[s3]'"),
        ({"s3fs"}, "problem", "pip install 'wingbeat[s3]'"),
        (set(), "problem", "pip install 'wingbeat[s3]'"),
    ],
)
@pytest.mark.parametrize("sign", ["a variable", "a source", "a location"])
def test_stores(
    installed: set[str], level: str, mend: str, sign: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in os.environ if name.startswith(("FLYTE_", "AWS_", "GOOGLE_", "AZURE_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(stores, "find_spec", lambda name: name if name in installed else None)
    source = tmp_path / "shop.py"
    source.write_text("X = 's3://bucket/key'\n", "utf-8")
    if sign == "a variable":
        monkeypatch.setenv("FLYTE_AWS_ENDPOINT", "http://minio:9000")
    files = [str(source)] if sign == "a source" else []
    (finding,) = stores.find(files, ["s3://bucket"] if sign == "a location" else [])
    assert (finding.level, finding.mend) == (level, mend)
    said = {"a variable": "the variable FLYTE_AWS_ENDPOINT", "a source": str(source), "a location": "s3://bucket needs"}
    assert said[sign] in finding.what


def test_a_store_of_another_kind(environment: Environment, folder: Path) -> None:
    _, found, _ = doctor(environment, folder, "--uri", "oss://bucket/key")
    assert found["stores"][0]["mend"] == "pip install ossfs"


def test_the_tree_of_imports() -> None:
    report = """\
import time: self [us] | cumulative | imported package
import time:       100 |        100 | site
import time:        10 |         10 |     a.b
something that a module has printed
import time:        20 |         30 |   a
import time:         5 |          5 |   c
import time:         1 |         36 | shop
"""
    first, shop = imports.read(report)
    assert (first.module, shop.module, shop.all) == ("site", "shop", 36)
    rows = [(row.package, row.modules, round(row.seconds * 1e6), row.imported_by) for row in imports.count([shop])]
    assert rows == [("shop", 1, 1, ""), ("a", 2, 30, "shop"), ("c", 1, 5, "shop")]


def test_help_and_usage(environment: Environment, folder: Path) -> None:
    done: Done = environment.wingbeat("doctor", "--help")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("Usage: wingbeat doctor [OPTIONS] [MODULE]...\n")
    assert max(map(len, done.out.splitlines())) <= 120
    assert environment.wingbeat("doctor", "--no-such").status == 2
