"""What user code learns (runtime contract 3.1 and 7.1)."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.runtime.process import Result, run
from wingbeat.runtime import environment
from wingbeat.runtime.identifiers import Identifier, WorkflowExecutionIdentifier

SOURCE = """
import json, os, threading, time
from wingbeat import current_context, task

loaded_at = current_context()


@task
def fields() -> str:
    context = current_context()
    seen = []
    thread = threading.Thread(target=lambda: seen.append(current_context() is context))
    thread.start()
    thread.join()
    folder = context.working_directory
    open(os.path.join(folder, "file"), "w").close()
    return json.dumps({
        "execution_id": [context.execution_id.project, context.execution_id.domain, context.execution_id.name],
        "task_id": [context.task_id.project, context.task_id.domain, context.task_id.name, context.task_id.version],
        "resource_type": context.task_id.resource_type,
        "age": time.time() - context.execution_date.timestamp(),
        "offset": context.execution_date.utcoffset().total_seconds(),
        "working_directory": folder,
        "same_folder": folder == context.working_directory,
        "raw_output_prefix": context.raw_output_prefix,
        "output_metadata_prefix": context.output_metadata_prefix,
        "attempt": context.attempt,
        "thread": seen,
        "at_import": loaded_at is context,
    })


@task
async def in_coroutine() -> str:
    return current_context().execution_id.name


@task
def missing(what: str) -> str:
    return str(getattr(current_context(), what))

"""
ENGINE = {
    "FLYTE_INTERNAL_EXECUTION_ID": "name",
    "FLYTE_INTERNAL_EXECUTION_PROJECT": "project",
    "FLYTE_INTERNAL_EXECUTION_DOMAIN": "domain",
    "FLYTE_INTERNAL_TASK_PROJECT": "task project",
    "FLYTE_INTERNAL_TASK_DOMAIN": "task domain",
    "FLYTE_INTERNAL_TASK_NAME": "task name",
    "FLYTE_INTERNAL_TASK_VERSION": "v1",
    "FLYTE_ATTEMPT_NUMBER": "2",
}


def text(result: Result) -> str:
    assert result.outputs is not None, result.stderr
    return result.outputs.literals["o0"].scalar.primitive.string_value


def test_every_field(tmp_path: Path) -> None:
    fields = json.loads(text(run(tmp_path, SOURCE, "fields", env=ENGINE)))
    assert fields.pop("age") < 30
    folder = fields.pop("working_directory")
    assert os.path.isabs(folder)
    assert not os.path.exists(folder), "removed at the end"
    assert fields == {
        "execution_id": ["project", "domain", "name"],
        "task_id": ["task project", "task domain", "task name", "v1"],
        "resource_type": 1,
        "offset": 0,
        "same_folder": True,
        "raw_output_prefix": "raw",
        "output_metadata_prefix": "out",
        "attempt": 2,
        "thread": [True],
        "at_import": True,
    }


def test_nothing_said_is_empty(tmp_path: Path) -> None:
    fields = json.loads(text(run(tmp_path, SOURCE, "fields", env={"FLYTE_SDK_LOCAL_SANDBOX": str(tmp_path / "box")})))
    assert fields["execution_id"] == ["", "", ""]
    assert fields["task_id"] == ["", "", "", ""]
    assert fields["attempt"] == 0
    assert fields["working_directory"].startswith(str(tmp_path / "box"))


def test_coroutines_see_it(tmp_path: Path) -> None:
    assert text(run(tmp_path, SOURCE, "in_coroutine", env=ENGINE)) == "name"


def test_outside_of_an_execution() -> None:
    from wingbeat import current_context

    context = current_context()
    assert context.execution_id == WorkflowExecutionIdentifier("local", "local", "local")
    assert context.task_id == Identifier("local", "local", "local", "local")
    assert context is current_context()
    assert not context.has_attr("spark_session")
    with pytest.raises(AssertionError, match="SPARK_SESSION not available"):
        _ = context.spark_session
    with pytest.raises(NotImplementedError):
        _ = context.checkpoint


@pytest.mark.parametrize(
    ("variables", "value"),
    [
        ({}, ""),
        ({"_F_PRJ": "short"}, "short"),
        ({"FLYTE_INTERNAL_EXECUTION_PROJECT": "long", "_F_PRJ": "short"}, "long"),
        ({"FLYTE_INTERNAL_EXECUTION_PROJECT": "", "_F_PRJ": "short"}, ""),
    ],
)
def test_the_first_name_that_is_present_counts(
    variables: dict[str, str], value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in environment.EXECUTION["project"]:
        monkeypatch.delenv(name, raising=False)
    for name, given in variables.items():
        monkeypatch.setenv(name, given)
    assert environment.first_of(environment.EXECUTION["project"]) == value
