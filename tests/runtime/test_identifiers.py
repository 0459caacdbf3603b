"""The names of the execution and of the task pass for flytekit's messages."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from typing import Any

import pytest

from wingbeat.idl import Model, identifier
from wingbeat.runtime.identifiers import Identifier, WorkflowExecutionIdentifier

PAIRS = [
    (WorkflowExecutionIdentifier("p", "d", "n"), identifier.WorkflowExecutionIdentifier("p", "d", "n")),
    (Identifier("p", "d", "n", "v"), identifier.Identifier(1, "p", "d", "n", "v")),
]


@pytest.mark.parametrize(("own", "model"), PAIRS)
def test_they_pass_for_messages(own: Any, model: Any) -> None:
    assert isinstance(own, type(model))
    assert isinstance(own, Model)
    assert own == model
    assert model == own
    assert hash(own) == hash(model)
    assert (str(own), repr(own)) == (str(model), repr(model))
    assert own.to_flyte_idl() == model.to_flyte_idl()
    assert own.serialize_to_string() == model.serialize_to_string()


@pytest.mark.parametrize(("own", "model"), PAIRS)
@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda thing: pickle.loads(pickle.dumps(thing))])
def test_copies_are_equal(own: Any, model: Any, copied: Any) -> None:
    assert copied(own) == own == model
    assert type(copied(own)) is type(own)


def test_they_differ_by_content() -> None:
    assert PAIRS[0][0] != WorkflowExecutionIdentifier("p", "d", "other")
    assert PAIRS[0][0] != identifier.WorkflowExecutionIdentifier("p", "d", "other")
    assert PAIRS[0][0] != PAIRS[1][0]
    assert PAIRS[0][0] != "n"
    assert not hasattr(PAIRS[0][0], "version")


def test_as_flytekit_shows_them() -> None:
    assert str(PAIRS[1][0]) == repr(PAIRS[1][0]) == "TASK:p:d:n:v"
    text = "Flyte Serialized object (WorkflowExecutionIdentifier):\n  project: p\n  domain: d\n  name: n"
    assert str(PAIRS[0][0]) == text


def test_messages_are_loaded_for_what_needs_them() -> None:
    code = """
import sys
from wingbeat.runtime.identifiers import Identifier
one = Identifier("p", "d", "n", "v")
isinstance(one, str), one.name, one == Identifier("p", "d", "n", "v")
print("wingbeat.idl" in sys.modules)
str(one)
print("wingbeat.idl" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
