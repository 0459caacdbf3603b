"""What flytekit checks while a module is imported, and what is left to where the module is registered."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.literals import integer
from tests.runtime.conftest import oracle
from tests.runtime.peer import Case, Oracle, literal_map
from tests.runtime.process import Result
from wingbeat import PodTemplate

__all__ = ["oracle"]

SOURCE = Path(__file__).with_name("user_light.txt").read_text("utf-8")


@pytest.fixture
def refused(oracle: Oracle, tmp_path: Path) -> tuple[dict[str, str], dict[str, str]]:
    """What flytekit and wingbeat say to each function, in a task's process; nothing if they accept it."""
    case = Case(
        "lighter", literal_map(a=integer(1)), source=SOURCE, imports={"flytekit": "", "wingbeat": ""}, text="all"
    )
    theirs, ours = oracle.both(tmp_path, case)
    return texts(theirs), texts(ours)


def texts(result: Result) -> dict[str, str]:
    assert result.outputs is not None, result.error
    said = result.outputs.literals["o0"].map.literals
    return {name: literal.scalar.primitive.string_value for name, literal in said.items()}


def test_what_is_registered_is_not_checked_again(refused: tuple[dict[str, str], dict[str, str]]) -> None:
    theirs, ours = refused
    for name in ("no_cron", "workflow_without_types", "values_of_other_types"):
        assert theirs[name], name
        assert not ours[name], name


def test_docstrings_are_not_parsed(refused: tuple[dict[str, str], dict[str, str]]) -> None:
    theirs, ours = refused
    assert (theirs["docs"], ours["docs"]) == ("A short text.", "")


def test_a_failure_handler_with_other_inputs_can_be_told(refused: tuple[dict[str, str], dict[str, str]]) -> None:
    theirs, ours = refused
    assert theirs["handler"] == "FlyteFailureNodeInputMismatchException"
    assert "FlyteFailureNodeInputMismatchException: Mismatched Inputs Detected" in ours["handler"]
    assert "user_code.one" in ours["handler"]


def test_a_pod_is_made_when_it_is_asked_for() -> None:
    template = PodTemplate(labels={"a": "b"})  # there is no Kubernetes client here
    assert template.primary_container_name == "primary"
    with pytest.raises(ImportError):
        _ = template.pod_spec
