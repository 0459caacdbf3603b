"""`FlyteFile` and `FlyteDirectory`: what is written, uploaded and read is what flytekit writes, uploads and reads."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.case_module import load
from tests.types.oracle import ask

cases = load(__file__, "file_cases")

TASK, LOCAL = cases.MODES
NAMES = list(cases.values(Path("/")))

#: What flytekit does not do, and wingbeat does: see docs/differences.md.
BETTER = {"object with a path as target", "str, percent", "object of a folder"}


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Both sides' answers. Each side reads what the other has written."""
    root = tmp_path_factory.mktemp("files")
    cases.prepare(root)
    ours = {"types": cases.types(), "written": {mode: cases.written(root, mode) for mode in cases.MODES}}
    theirs = ask("oracle_files.py", json.dumps({"root": str(root), "literals": literals(ours)}))
    for folder in ("raw", "target"):
        shutil.rmtree(root / folder, ignore_errors=True)
    ours["read"] = cases.read(root, literals(theirs))
    return {"ours": ours, "theirs": theirs}


def literals(answers: dict[str, Any]) -> dict[str, str]:
    """The literals that were written in a local execution: their files are those that were given."""
    return {name: answer["hex"] for name, answer in answers["written"][LOCAL].items() if "hex" in answer}


def check(ours: Any, theirs: Any) -> None:
    if not isinstance(theirs, dict):
        assert ours == theirs
    elif "error" in theirs:
        # What code may catch: the class itself, or of a class that only flytekit has the one above.
        known = [cls for cls in theirs["error"] if cls != "InvalidFieldValue"]
        assert known[0] in ours.get("error", ()), ours
        assert "TypeTransformerFailedError" in ours["error"]
    else:
        kept = [{key: one for key, one in side.items() if key not in ("hex", "read")} for side in (ours, theirs)]
        assert kept[0] == kept[1]
        check(ours.get("read"), theirs.get("read"))


@pytest.mark.parametrize("name", cases.TYPES)
def test_the_flyte_type_and_what_is_guessed_from_it(name: str, answers: dict[str, Any]) -> None:
    check(answers["ours"]["types"][name], answers["theirs"]["types"][name])


@pytest.mark.parametrize("mode", cases.MODES)
@pytest.mark.parametrize("name", [name for name in NAMES if name not in BETTER])
def test_what_is_written_and_uploaded(name: str, mode: str, answers: dict[str, Any]) -> None:
    check(answers["ours"]["written"][mode][name], answers["theirs"]["written"][mode][name])


@pytest.mark.parametrize("name", [name for name in NAMES if name not in BETTER])
def test_each_reads_what_the_other_has_written(name: str, answers: dict[str, Any]) -> None:
    ours, theirs = answers["ours"]["read"], answers["theirs"]["read"]
    assert (name in ours) == (name in theirs)
    if name in ours:
        check(ours[name], theirs[name])


@pytest.mark.parametrize("mode", cases.MODES)
def test_a_target_may_be_a_path_object(mode: str, answers: dict[str, Any]) -> None:
    ours, theirs = (answers[side]["written"][mode]["object with a path as target"] for side in ("ours", "theirs"))
    assert theirs["error"][0] == "FlyteUploadDataException"
    assert ours["literal"]["scalar"]["blob"]["uri"] == "ROOT/target/copy.txt"
    assert ours["uploads"] == {"ROOT/target/copy.txt": "a"}


def test_a_percent_sign_in_a_name_stays(answers: dict[str, Any]) -> None:
    ours, theirs = (answers[side]["written"][TASK]["str, percent"] for side in ("ours", "theirs"))
    assert ours["uploads"] == theirs["uploads"] == {"ROOT/raw/*/p%20q.txt": "p"}
    assert theirs["literal"]["scalar"]["blob"]["uri"] == "ROOT/raw/*/p q.txt"
    assert "error" in theirs["read"]
    assert ours["literal"]["scalar"]["blob"]["uri"] == "ROOT/raw/*/p%20q.txt"
    assert ours["read"]["content"] == "p"


def test_a_folder_is_not_uploaded_as_a_file(answers: dict[str, Any]) -> None:
    ours, theirs = (answers[side]["written"][TASK]["object of a folder"] for side in ("ours", "theirs"))
    assert sorted(theirs["uploads"]) == ["ROOT/raw/*/d/e/two.txt", "ROOT/raw/*/d/one.txt"]
    assert "error" in theirs["read"]
    assert "FlyteAssertion" in ours["error"]
    assert "is not a file; declare FlyteDirectory for a folder" in ours["message"]


@pytest.mark.parametrize("cls", [cases.FlyteFile, cases.FlyteDirectory])
def test_all_public_names_are_there(cls: type, answers: dict[str, Any]) -> None:
    public = {name for name in answers["theirs"]["names"][cls.__name__] if not name.startswith("_")}
    assert public <= set(dir(cls))
