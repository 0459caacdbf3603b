"""Tasks of unchanged flytekit modules that hold workflows and all the rest, by flytekit's entrypoint and by ours."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from flyteidl.core import artifact_id_pb2

from tests.compat.both import Both
from tests.compat.conftest import both
from tests.literals import integer
from tests.runtime.conftest import oracle
from tests.runtime.peer import Case, Oracle, literal_map
from tests.runtime.process import Result, io_arguments, start
from wingbeat.authoring.image_spec import ImageSpec

__all__ = ["both", "oracle"]

SOURCE = Path(__file__).with_name("user_pipeline.txt").read_text("utf-8")
IMAGE = ImageSpec(name="train", packages=["scikit-learn"], registry="ghcr.io/team").id


def case(name: str, **env: str) -> Case:
    return Case(name, literal_map(a=integer(4)), env, source=SOURCE, imports={"flytekit": "", "wingbeat": ""})


def agree(ours: Result, theirs: Result) -> None:
    assert (ours.status, ours.files) == (theirs.status, theirs.files), ours.stderr
    assert ours.outputs == theirs.outputs
    assert (ours.error is None) == (theirs.error is None), ours.stderr
    if ours.error is not None and theirs.error is not None:
        assert (ours.error.code, ours.error.kind, ours.error.origin) == (
            theirs.error.code,
            theirs.error.kind,
            theirs.error.origin,
        )
        assert ours.message == theirs.message
    assert "the body was run" not in ours.stdout


@pytest.mark.parametrize("name", ["add_one", "tell", "maps", "maps_in_part", "made"])
def test_tasks_that_run(name: str, oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, case(name))
    assert theirs.error is None, theirs.error
    agree(ours, theirs)


@pytest.mark.parametrize("image", ["", IMAGE, "another"])
def test_a_module_that_asks_which_image_it_runs_in(image: str, oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, case("images", **({"_F_IMG_ID": image} if image else {})))
    assert theirs.error is None, theirs.error
    agree(ours, theirs)


FAILING = (
    *("chooses", "makes_node", "calls_task_there", "calls_workflow_there", "calls_plan_there"),
    *("calls_plan_by_position", "approves_nothing", "maps_too_few"),
)


@pytest.mark.parametrize("name", FAILING)
def test_tasks_that_fail(name: str, oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, case(name))
    assert theirs.error is not None
    agree(ours, theirs)


def test_artifacts_are_noted_on_outputs(oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, case("trains"))
    found = notes(ours)
    assert found == notes(theirs)
    assert found["o0"][0] == {"card of o0": "its card"}
    assert found["o0"][1].partitions.value["kind"].static_value == "forest"
    assert found["o1"] == found["o3"] == ({}, artifact_id_pb2.ArtifactID())


def notes(result: Result) -> dict[str, tuple[dict[str, str], artifact_id_pb2.ArtifactID]]:
    """What is noted on each output, the partitions as the message that they are: its bytes have no order."""
    assert result.outputs is not None, result.error
    found = {}
    for name, literal in result.outputs.literals.items():
        metadata = dict(literal.metadata)
        partitions = artifact_id_pb2.ArtifactID.FromString(base64.b64decode(metadata.pop("_uap", "")))
        found[name] = metadata, partitions
    return found


@pytest.mark.parametrize("name", ["calls_workflow", "calls_plan", "calls_by_hand"])
def test_a_workflow_that_is_called_is_not_covered(name: str, tmp_path: Path) -> None:
    tmp_path.joinpath("user_code.py").write_text(SOURCE, "utf-8")
    tmp_path.joinpath("inputs.pb").write_bytes(literal_map(a=integer(4)))
    ours = start(tmp_path, case(name).command(), {"WINGBEAT_FLYTEKIT": "wingbeat"})
    assert ours.error is not None
    assert "flytekit.core.workflow.WorkflowBase.__call__" in ours.error.message
    assert "user_code.py" in ours.error.message


@pytest.mark.parametrize("name", ["calls_workflow", "calls_plan"])
def test_flytekit_runs_a_workflow_that_is_called(name: str, both: Both, tmp_path: Path) -> None:
    tmp_path.joinpath("user_code.py").write_text(SOURCE, "utf-8")
    tmp_path.joinpath("inputs.pb").write_bytes(literal_map(a=integer(4)))
    theirs = both.flytekit(tmp_path, case(name).command())
    ours = both.wingbeat(tmp_path, case(name).command())
    assert theirs.outputs is not None
    assert ours.outputs == theirs.outputs


def test_a_task_that_a_workflow_is_to_find(oracle: Oracle, tmp_path: Path) -> None:
    arguments = [*io_arguments(), "--resolver", "user_code.outer", "--", "0"]
    asked = case("outer")
    asked.arguments = arguments
    theirs, ours = oracle.both(tmp_path, asked)
    assert ours.error is not None
    assert theirs.error is not None
    assert (ours.error.code, ours.error.kind, ours.error.origin) == (
        theirs.error.code,
        theirs.error.kind,
        theirs.error.origin,
    )
    assert "IndexError: list index out of range" in theirs.error.message
    assert "IndexError: list index out of range: the workflow user_code.outer knows no task 0" in ours.error.message
