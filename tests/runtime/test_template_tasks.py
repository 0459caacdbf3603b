"""Tasks that are made of their registration: the same through both commands (runtime contract 5.10)."""

from __future__ import annotations

from pathlib import Path

import pytest
from flyteidl.core import literals_pb2, tasks_pb2, types_pb2

from tests.literals import collection, integer, mapping, primitive
from tests.runtime.peer import Case, Oracle, literal_map
from tests.runtime.resolver_cases import ONE, TEMPLATE, case, same, wingbeat


def template(say: str, **outputs: types_pb2.LiteralType) -> bytes:
    message = tasks_pb2.TaskTemplate(type="kind", task_type_version=3, config={"k": "v"})
    message.id.project, message.id.name = "p", "the.task"
    message.custom.update({"say": say, "number": 1})
    message.metadata.retries.retries = 2
    message.metadata.timeout.FromSeconds(5)
    message.metadata.generates_deck.value = True
    message.container.image = "image"
    message.container.args.extend(["a", "b"])
    message.container.env.add(key="A", value="b")
    message.container.resources.requests.add(name=1, value="2")
    message.interface.inputs.variables["a"].type.simple = 1
    for name, kind in outputs.items():
        message.interface.outputs.variables[name].type.CopyFrom(kind)
    return message.SerializeToString()


INTEGER, FLOAT, STRING, STRUCT = (types_pb2.LiteralType(simple=number) for number in (1, 2, 3, 9))
TEMPLATES = {
    "a number": template("2 * a", o0=INTEGER),
    "a number of another type than declared": template("2 * a", o0=FLOAT),
    "text": template("str(a)", o0=STRING),
    "a dict": template("{'a': a}", o0=STRUCT),
    "a dataclass": template("Point(a)", o0=STRUCT),
    "none": template("None", o0=types_pb2.LiteralType(simple=0)),
    "it raises": template("raise", o0=INTEGER),
    "too many": template("(a, 'x', 3)", o0=INTEGER, o1=STRING),
    "a tuple": template("(a, a)", o0=INTEGER),
}


def template_case(content: bytes, *more: str, inputs: bytes = ONE) -> Case:
    executor = more or ("user_code.Executor",)
    return case(TEMPLATE, "folder/task.pb", *executor, inputs=inputs, files={"folder/task.pb": content})


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_task_of_a_template(name: str, oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, template_case(TEMPLATES[name]))
    same(ours, theirs, "all" if name == "it raises" else "")
    if theirs.error is None:
        assert ours.stdout == theirs.stdout


FAILING_TEMPLATES = {
    "a wrong input": template_case(TEMPLATES["a number"], inputs=literal_map(a=primitive(string_value="x"))),
    "an unknown input": template_case(TEMPLATES["a number"], inputs=literal_map(b=integer(1))),
    "no executor": template_case(TEMPLATES["a number"], "user_code.NoSuch"),
    "a module that is not there": template_case(TEMPLATES["a number"], "no_such_module.Executor"),
    "not an executor": template_case(TEMPLATES["a number"], "user_code.not_an_executor"),
    "not a template": template_case(b"\x0a\xff"),
}


@pytest.mark.parametrize("name", FAILING_TEMPLATES)
def test_a_task_of_a_template_that_fails(name: str, oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, FAILING_TEMPLATES[name])
    assert theirs.error is not None
    same(ours, theirs, "")


@pytest.mark.parametrize(
    ("say", "declared", "expected"),
    [
        ("[a, 2]", types_pb2.LiteralType(collection_type=INTEGER), collection(integer(21), integer(2))),
        ("{'x': a}", types_pb2.LiteralType(map_value_type=INTEGER), mapping(x=integer(21))),
    ],
    ids=["list", "dict"],
)
def test_what_a_template_declares_of_elements_is_known(
    say: str,
    declared: types_pb2.LiteralType,
    expected: literals_pb2.Literal,
    oracle: Oracle,
    tmp_path: Path,
) -> None:
    """flytekit does not know what to make of a list or dict whose elements no annotation tells it."""
    theirs, ours = oracle.both(tmp_path, template_case(template(say, o0=declared)))
    assert theirs.error is not None
    assert ours.outputs is not None, ours.stderr
    assert ours.outputs.literals["o0"] == expected


def test_several_outputs_of_a_template_are_in_the_order_of_their_names(tmp_path: Path) -> None:
    """The template has none; flytekit's differs from process to process."""
    declared = {f"o{number}": INTEGER for number in range(12)}
    ours = wingbeat(tmp_path, template_case(template("range(a, a + 12)", **declared)))
    assert ours.outputs is not None, ours.stderr
    assert ours.outputs == literals_pb2.LiteralMap(literals={f"o{n}": integer(21 + n) for n in range(12)})


def test_a_template_that_is_ignored(oracle: Oracle, tmp_path: Path) -> None:
    """In flytekit it is an error."""
    theirs, ours = oracle.both(tmp_path, template_case(template("ignore", o0=INTEGER)))
    assert theirs.error is not None
    assert (ours.status, ours.files) == (0, set())
