"""Every message class of flytekit's that wingbeat has, against flytekit's own: bytes, parameters, defaults."""

from __future__ import annotations

import importlib
import json
from typing import Any

import pytest

from tests.types.idl_messages import messages
from tests.types.oracle import ask
from wingbeat.idl import model

#: Module of `wingbeat.idl` -> flytekit's modules that have its classes.
HOMES = {
    "bindings": ["literals", "types"],
    "common": ["common"],
    "condition": ["core.condition"],
    "execution": ["core.execution", "core.errors"],
    "identifier": ["core.identifier"],
    "interface": ["interface"],
    "jobs": ["dynamic_job", "presto", "qubole"],
    "literals": ["literals"],
    "schedule": ["schedule"],
    "security": ["security"],
    "tasks": ["task", "literals"],
    "types": ["types", "core.types", "annotation"],
    "workflow": ["core.workflow"],
}

#: What flytekit's classes lose of a message, or cannot write again. Class -> why.
MENDED = {
    "ArrayNode": "modes and bound inputs are not read; what is absent is read as 0",
    "DynamicJobSpec": "no outputs are read as None, which cannot be written",
    "K8sPod": "the name of the primary container is not read",
    "Scalar": "an error stays a message, which cannot be written",
    "TaskNodeOverrides": "the template of the pod stays a message, which cannot be written",
    "WorkflowNode": "a node without a reference gets an empty one",
}
#: What holds one of those.
HOLDERS = {
    *("BindingData", "BindingDataCollection", "BindingDataMap", "Binding", "Operand", "Literal", "LiteralCollection"),
    *("LiteralMap", "Union", "Parameter", "ParameterMap", "ComparisonExpression", "ConjunctionExpression"),
    *("BooleanExpression", "IfBlock", "IfElseBlock", "BranchNode", "Node", "TaskNode", "WorkflowTemplate"),
    *("TaskTemplate", "CompiledTask", "TaskClosure", "Task"),
}


def classes() -> dict[str, Any]:
    """flytekit's module and name -> class of wingbeat's, for all that has a message."""
    found = {}
    for own, homes in HOMES.items():
        module = importlib.import_module(f"wingbeat.idl.{own}")
        for cls in vars(module).values():
            if isinstance(cls, type) and issubclass(cls, model.Model) and cls.__module__ == module.__name__:
                found.update({f"flytekit.models.{home}:{cls.__qualname__}": cls for home in homes if cls._fields})
    return found


def surface() -> dict[str, Any]:
    """As far as flytekit has them there."""
    return {name: classes()[name] for name in ask("oracle_idl_names.py", json.dumps(sorted(classes())))}


def questions() -> dict[str, Any]:
    """What the oracle is asked."""
    asked = {}
    for name, cls in surface().items():
        message = model._plan(cls)[0]
        data = [one.SerializeToString(deterministic=True).hex() for one in messages(message)]
        asked[name] = (f"flyteidl.{cls._package}.{cls._module}", cls._path, data)
    return asked


@pytest.fixture(scope="module")
def theirs() -> Any:
    return ask("oracle_idl_messages.py", json.dumps(questions()))


def again(cls: Any, data: str) -> str | None:
    """A message after reading and writing."""
    written = cls.from_flyte_idl(model._plan(cls)[0].FromString(bytes.fromhex(data))).to_flyte_idl()
    return None if written is None else written.SerializeToString(deterministic=True).hex()


def test_every_class_has_a_home() -> None:
    assert {cls.__name__ for cls in classes().values()} == {cls.__name__ for cls in surface().values()}


def test_messages_are_read_and_written_as_by_flytekit(theirs: Any) -> None:
    different = {}
    for name, (_, _, data) in questions().items():
        cls = surface()[name]
        ours = [again(cls, one) for one in data]
        if ours != theirs[name]["messages"]:
            different[cls.__name__] = (ours, theirs[name]["messages"])
    assert not set(different) - set(MENDED) - HOLDERS, different
    assert set(MENDED) <= set(different)


def test_what_is_mended_loses_nothing() -> None:
    for name, (_, _, data) in questions().items():
        if surface()[name].__name__ in MENDED:
            once = [again(surface()[name], one) for one in data]
            assert [one and again(surface()[name], one) for one in once] == once


def test_parameters_and_defaults_are_flytekits(theirs: Any) -> None:
    for name, cls in surface().items():
        wanted = theirs[name]["parameters"]
        assert [spec.name for spec in cls._fields] == [one for one, _ in wanted], name
        for spec, (parameter, default) in zip(cls._fields, wanted, strict=True):
            # flytekit's default of a timestamp is a message, which is written in any case.
            if default != "-" and (name, parameter) != ("flytekit.models.core.errors:ContainerError", "timestamp"):
                assert repr(spec.default) == default, (name, parameter)
