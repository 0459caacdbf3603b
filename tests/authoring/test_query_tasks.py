"""Queries, and tasks in containers of somebody else's: called in a task, and run from their registration."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from flyteidl.core import tasks_pb2

from tests.authoring.test_task_classes import SAME, agree
from tests.literals import integer
from tests.runtime.conftest import oracle
from tests.runtime.peer import Case, Oracle, literal_map
from tests.runtime.process import io_arguments
from tests.runtime.resolver_cases import TEMPLATE

__all__ = ["oracle"]

SOURCE = Path(__file__).with_name("user_queries.txt").read_text("utf-8")


@pytest.mark.parametrize("name", ["ages", "multiplied", "about_queries"])
def test_called_in_a_task(name: str, oracle: Oracle, tmp_path: Path) -> None:
    one = Case(name, literal_map(a=integer(2)), source=SOURCE, imports=SAME)
    theirs, ours = oracle.both(tmp_path, one)
    assert theirs.error is None, theirs.error
    for side in (theirs, ours):
        side.stdout = "\n".join(line for line in side.stdout.split("\n") if not line.startswith("Connecting to db"))
        side.payloads = {}
    agree(ours, theirs)


def test_a_query_runs_from_its_registration(oracle: Oracle, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "data.db") as connection:
        connection.execute("create table people (name text, age integer)")
        connection.executemany("insert into people values (?, ?)", [("a", 1), ("b", 2)])
    template = tasks_pb2.TaskTemplate(type="sqlite")
    template.id.name = "people.query"
    template.custom.update(
        {"query_template": "select * from people where age > {{ .inputs.a }}", "uri": str(tmp_path / "data.db")}
    )
    template.custom.update({"compressed": False})
    template.interface.inputs.variables["a"].type.simple = 1
    template.interface.outputs.variables["results"].type.structured_dataset_type.format = "parquet"
    arguments = [
        *io_arguments(),
        "--resolver",
        TEMPLATE,
        "--",
        "task.pb",
        "flytekit.extras.sqlite3.task.SQLite3TaskExecutor",
    ]
    one = Case(
        "",
        literal_map(a=integer(1)),
        source="",
        imports=SAME,
        arguments=arguments,
        files={"task.pb": template.SerializeToString()},
    )
    theirs, ours = oracle.both(tmp_path, one)
    for side in (theirs, ours):
        assert side.outputs is not None, side.stderr
        found = side.outputs.literals["results"].scalar.structured_dataset
        assert found.metadata.structured_dataset_type.format == "parquet"
        assert [content[:4] for content in side.payloads.values()] == [b"PAR1"]
    assert "Interpolated query select * from people where age > 1" in ours.stdout
