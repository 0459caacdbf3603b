"""What the documents say is so: examples run, commands exist, links lead somewhere, differences have tests."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
CODE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
TARGETS = set(re.findall(r"^([a-z-]+):.* ## ", ROOT.joinpath("Makefile").read_text("utf-8"), re.MULTILINE))
DIFFERENCES = [
    line
    for line in ROOT.joinpath("docs/differences.md").read_text("utf-8").splitlines()
    if line.startswith("|") and not line.startswith(("| flytekit |", "|---"))
]


def page_id(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("page", [page for page in PAGES if CODE.search(page.read_text("utf-8"))], ids=page_id)
def test_examples_run(page: Path, tmp_path: Path) -> None:
    """All blocks of a page are one program, as a reader would type them."""
    program = tmp_path / "example.py"
    program.write_text("\n".join(CODE.findall(page.read_text("utf-8"))), "utf-8")
    done = subprocess.run([sys.executable, program.name], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_commands_exist(page: Path) -> None:
    text = page.read_text("utf-8")
    commands = re.findall(r"`make ([^`]*)`", text) + re.findall(r"^(?:    |\$ )make ([^#\n]*)", text, re.MULTILINE)
    for command in commands:
        words = re.sub(r'"[^"]*"', "", command).split()
        for word in words:
            assert "=" in word or word == "…" or word in TARGETS, f"make {command}: there is no {word}"


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_links_lead_to_files(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text("utf-8")):
        assert "://" in target or page.parent.joinpath(target).exists(), f"{page_id(page)} links to {target}"


def test_every_target_of_the_makefile_is_a_command_of_its_help() -> None:
    makefile = ROOT.joinpath("Makefile").read_text("utf-8")
    assert set(re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)) <= {*TARGETS, "build-dev build-release peers"}


@pytest.mark.parametrize("row", DIFFERENCES, ids=lambda row: row.split("|")[1].strip()[:60])
def test_a_difference_names_its_tests(row: str) -> None:
    cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]]
    assert [bool(cell) for cell in cells] == [True] * 4, "flytekit | wingbeat | why | test"
    names = re.findall(r"`(tests/[^`]+)`", cells[3])
    assert names, "no test is named"
    for name in names:
        path, _, test = name.partition("::")
        source = ROOT / path
        assert source.exists(), f"there is no {path}"
        functions = {
            node.name for node in ast.walk(ast.parse(source.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)
        }
        assert not test or test in functions, f"there is no {test} in {path}"


def test_the_readme_is_short_and_has_a_place_for_the_figures() -> None:
    text = ROOT.joinpath("README.md").read_text("utf-8")
    assert text.count("<!-- bench -->") == text.count("<!-- /bench -->") == 1
    before, _, rest = text.partition("<!-- bench -->")
    assert len((before + rest.partition("<!-- /bench -->")[2]).splitlines()) <= 120
