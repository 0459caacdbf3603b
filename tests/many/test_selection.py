"""Which elements `--elements` names."""

from __future__ import annotations

from pathlib import Path

import pytest

from wingbeat.runtime.many.selection import Selection, SelectionError, parse
from wingbeat.storage import StorageError

COUNT = 20

NAMED = {
    "0:5": [0, 1, 2, 3, 4],
    "7": [7],
    "3,7,9:12": [3, 7, 9, 10, 11],
    ":": list(range(COUNT)),
    ":3": [0, 1, 2],
    "17:": [17, 18, 19],
    "5,5,4:6,5": [4, 5],
    "9,3,7": [3, 7, 9],
    "10:12,0:2,1:11": list(range(12)),
    "0:2,2:4": [0, 1, 2, 3],
    " 3 , 7 ": [3, 7],
    "19": [19],
    "003": [3],
}


@pytest.mark.parametrize("text", NAMED)
def test_elements_are_named_in_any_order_and_each_is_run_once(text: str) -> None:
    selection = parse(text, COUNT)
    assert list(selection) == NAMED[text]
    assert len(selection) == len(NAMED[text])
    assert [index for index in range(-1, COUNT + 1) if index in selection] == NAMED[text]
    assert [selection[position] for position in range(len(selection))] == NAMED[text]
    assert selection[-1] == NAMED[text][-1]
    assert parse(str(selection), COUNT) == selection
    assert hash(parse(str(selection), COUNT)) == hash(selection)


REFUSED = {
    "": "--elements '': '' is no element; expected an index from 0, or a range of them such as 0:100",
    "x": "'x' is no element",
    "1,,2": "'' is no element",
    "-1": "'-1' is no element",
    "0:-1": "'0:-1' is no element",
    "1.5": "'1.5' is no element",
    "1:2:3": "'1:2:3' is no element",
    "1 2": "'1 2' is no element",
    "٣": "is no element",
    "1_0": "is no element",
    "9" * 30: "is no element",
    "5:5": "the range '5:5' is empty: it begins at 5 and ends before 5",
    "5:3": "the range '5:3' is empty: it begins at 5 and ends before 3",
    "3,5:3": "the range '5:3' is empty",
    "20": "--elements '20': there is no element 20; there are 20, from 0 to 19",
    "0:21": "there is no element 20; there are 20, from 0 to 19",
    "30:": "the range '30:' is empty: it begins at 30 and ends before 20",
    "@": "Check that the path exists",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_selection_is_refused(text: str) -> None:
    with pytest.raises((SelectionError, StorageError)) as failed:
        parse(text, COUNT)
    assert REFUSED[text] in str(failed.value)


def test_of_an_empty_list_there_is_none() -> None:
    for text, words in {":": "names no element", "0": "there is no element 0; there are none"}.items():
        with pytest.raises(SelectionError, match=words):
            parse(text, 0)


def test_a_file_names_elements(tmp_path: Path) -> None:
    file = tmp_path / "elements.txt"
    file.write_text("3\n7, 9:12\n\n  5 6\t15\r\n", "utf-8")
    assert list(parse(f"@{file}", COUNT)) == [3, 5, 6, 7, 9, 10, 11, 15]
    assert parse(f"@file://{file}", COUNT) == parse(f"@{file}", COUNT)
    file.write_text("3\n40\n", "utf-8")
    with pytest.raises(SelectionError, match=f"^{file}: there is no element 40; there are 20, from 0 to 19$"):
        parse(f"@{file}", COUNT)
    file.write_text(" \n", "utf-8")
    with pytest.raises(SelectionError, match=f"^{file} names no element$"):
        parse(f"@{file}", COUNT)


def test_what_is_done_can_be_left_out() -> None:
    selection = parse("2:6,9,12:15", COUNT)
    assert list(selection.without(range(COUNT))) == []
    assert list(selection.without([])) == list(selection)
    assert list(selection.without([0, 2, 3, 5, 9, 10, 13, 19])) == [4, 12, 14]
    assert list(selection.without(iter([14]))) == [2, 3, 4, 5, 9, 12, 13]


def test_memory_is_that_of_ranges() -> None:
    selection = Selection([(0, 10**15), (10**16, 10**16 + 1)])
    assert len(selection) == 10**15 + 1
    assert 10**15 - 1 in selection
    assert 10**15 not in selection
    assert selection[-1] == 10**16
    assert list(selection.without(range(3)).ranges()) == [(3, 10**15), (10**16, 10**16 + 1)]
    assert repr(Selection((step, step + 1) for step in range(0, 200, 2))).endswith("…')")
