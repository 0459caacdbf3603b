"""What a run of many elements promises as a whole."""

from __future__ import annotations

from pathlib import Path

from tests.literals import collection, integer
from tests.many.command import prepare, run_many, run_one
from tests.runtime.peer import literal_map

SOURCE = """
from wingbeat import Deck, task

with open("imports.txt", "a") as file:
    file.write("once")


@task
def doubles(a: int) -> int:
    return 2 * a


@task(enable_deck=True)
def shows(a: int) -> int:
    Deck("mine", f"<p>element {a}</p>")
    return a


@task
def prints(a: int) -> int:
    while a == 1:
        print("again and again")
    return a
"""
INPUTS = literal_map(a=collection(*(integer(number) for number in range(4))))


def test_the_module_is_imported_once(tmp_path: Path) -> None:
    prepare(tmp_path, SOURCE, INPUTS)
    done = run_many(tmp_path, "doubles", ":", "--jobs", "2")
    assert done.status == 0, done.stderr
    assert tmp_path.joinpath("imports.txt").read_text() == "once"


def test_elements_have_no_decks_as_those_of_a_process_each(tmp_path: Path) -> None:
    """Whatever the mapped task asks for (runtime contract 6)."""
    many, one = tmp_path / "many", tmp_path / "one"
    for folder in (many, one):
        prepare(folder, SOURCE, INPUTS)
    done = run_many(many, "shows", ":")
    assert done.status == 0, done.stderr
    for index in range(4):
        assert run_one(one, "shows", index).status == 0
        for folder in (many, one):
            assert [path.name for path in (folder / f"out/{index}").iterdir()] == ["outputs.pb"]


def test_an_element_that_prints_for_ever_costs_itself(tmp_path: Path) -> None:
    prepare(tmp_path, SOURCE, INPUTS)
    done = run_many(tmp_path, "prints", ":", "--element-timeout", "0.3")
    assert done.status == 1
    assert "longer than --element-timeout allows" in done.stderr
    for index in range(4):
        names = [path.name for path in (tmp_path / f"out/{index}").iterdir()]
        assert names == ["error.pb" if index == 1 else "outputs.pb"]
