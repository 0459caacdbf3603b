"""What `wingbeat.accelerate` changes in flytekit, and gives back."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.compat.both import Both
from tests.literals import integer
from tests.runtime.process import io_arguments, task_arguments
from wingbeat import InterfaceCodec

NAMES = """
import sys
from flytekit.bin import entrypoint
from flytekit.core.array_node_map_task import ArrayNodeMapTask
from flytekit.core.base_task import PythonTask
from flytekit.core.type_engine import TypeEngine

def names():
    return {(owner, name): value
            for owner in (entrypoint, ArrayNodeMapTask, PythonTask, TypeEngine) for name, value in vars(owner).items()}

before = names()

def unchanged():
    now = names()
    return now.keys() == before.keys() and all(now[name] is value for name, value in before.items())

import wingbeat
"""

VALUES = """
from flyteidl.core import literals_pb2
from flytekit.models import literals as models
from wingbeat.flytekit_compat.acceleration.literals import Literal, LiteralMap

scalar = models.Scalar(primitive=models.Primitive(integer=1))
ordinary = models.Literal(scalar=scalar)
content = ordinary.to_flyte_idl().SerializeToString()

def packed():
    return Literal(content)
"""

Answer = Callable[..., str]


@pytest.fixture
def answer(both: Both, tmp_path: Path) -> Answer:
    """What a script says in an environment with flytekit; on stderr too."""

    def run(script: str, **environment: str) -> str:
        file = tmp_path / "script.py"
        file.write_text(script, "utf-8")
        done = subprocess.run(
            [both.interpreter, file],
            env=both.variables(environment),
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        return done.stdout + done.stderr

    return run


def test_everything_is_given_back(answer: Answer) -> None:
    script = f"""{NAMES}
print(wingbeat.accelerate(), unchanged(), wingbeat.accelerate("strict"), wingbeat.accelerate("compare"))
changed = sorted(name for (owner, name), value in names().items() if before[owner, name] is not value)
print(wingbeat.accelerate("off"), unchanged(), wingbeat.accelerate("off"))
print(*changed)
print(wingbeat.accelerate(), unchanged(), wingbeat.accelerate("off"), unchanged())
"""
    changed = "_literal_map_to_python_input _literal_models _output_to_literal_map async_to_literal"
    assert answer(script).splitlines() == [
        "on False strict compare",
        "off True off",
        f"{changed} literal_map_to_kwargs utils",
        "on False off True",
    ]


def test_what_somebody_else_has_replaced_since_stays_and_goes_on_working(answer: Answer) -> None:
    script = f"""{NAMES}
wingbeat.accelerate()
theirs = TypeEngine.literal_map_to_kwargs
TypeEngine.literal_map_to_kwargs = lambda *args: ["wrapped", theirs(*args)]
wingbeat.accelerate("off")
from flytekit import FlyteContextManager
from flytekit.models.literals import LiteralMap
print(TypeEngine.literal_map_to_kwargs(FlyteContextManager.current_context(), LiteralMap({{}}), {{"a": int}}))
"""
    assert answer(script).splitlines() == ["['wrapped', {}]"]


def test_the_environment_says_how(answer: Answer) -> None:
    script = f"{NAMES}\nprint(wingbeat.accelerate(), unchanged())"
    assert answer(script) == "on False\n"
    assert answer(script, WINGBEAT_ACCELERATE="") == "on False\n"
    assert answer(script, WINGBEAT_ACCELERATE=" Strict") == "strict False\n"
    assert answer(script, WINGBEAT_ACCELERATE="off") == "off True\n"
    wrong = answer(script, WINGBEAT_ACCELERATE="fast")
    assert wrong.startswith("off True\n")
    assert "WINGBEAT_ACCELERATE: expected one of off, on, strict, compare, got 'fast'" in wrong


def test_another_word_is_an_error(answer: Answer) -> None:
    script = (
        f"{NAMES}\ntry:\n    wingbeat.accelerate('fast')\nexcept ValueError as error:\n    print(error, unchanged())"
    )
    assert answer(script) == "accelerate(): expected one of off, on, strict, compare, got 'fast' True\n"


def test_a_version_that_was_not_tested_is_left_alone(answer: Answer) -> None:
    script = (
        f"{NAMES}\nimport flytekit\nflytekit.__version__ = '1.10.7'\nprint(wingbeat.accelerate('strict'), unchanged())"
    )
    said = answer(script)
    assert said.startswith("off True\n")
    assert "flytekit 1.10.7 is not accelerated: wingbeat was tested with 1.16.31" in said


def test_where_flytekit_is_wingbeats_own_there_is_nothing_to_do() -> None:
    script = """
import sys
from wingbeat.flytekit_compat import finder
finder.install()
import wingbeat
print(wingbeat.accelerate(), sorted(name for name in sys.modules if name.startswith("flytekit.")))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "off []\n"


def test_without_flytekit_it_is_said() -> None:
    script = "import sys; sys.modules['flytekit'] = None; import wingbeat; wingbeat.accelerate()"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60)
    assert "ModuleNotFoundError" in done.stderr
    script = "import sys; sys.modules['flytekit'] = None; import wingbeat; print(wingbeat.accelerate('off'))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "off\n"


def test_a_packed_literal_looks_as_any_other(answer: Answer) -> None:
    script = f"""{VALUES}
import copy, pickle
print(packed() == ordinary, ordinary == packed(), hash(packed()) == hash(ordinary), repr(packed()) == repr(ordinary))
print(str(packed()) == str(ordinary), packed()._repr_html_() == ordinary._repr_html_(), packed().value == scalar)
print(packed().scalar == scalar, packed().collection, packed().map, packed().hash, packed().metadata)
print(packed().offloaded_metadata, packed().is_empty, isinstance(packed(), models.Literal))
print(pickle.loads(pickle.dumps(packed())) == ordinary, copy.deepcopy(packed()) == ordinary, hasattr(packed(), "other"))
print(type(Literal.from_flyte_idl(ordinary.to_flyte_idl())) is models.Literal)
"""
    assert answer(script).splitlines() == [
        "True True True True",
        "True True True",
        "True None None None None",
        "None False True",
        "True True False",
        "True",
    ]


def test_what_is_changed_in_a_packed_literal_counts(answer: Answer) -> None:
    script = f"""{VALUES}
one = packed(); one.hash = "h"; print(one.to_flyte_idl().hash, one.to_flyte_idl().scalar.primitive.integer)
one = packed(); one.set_metadata({{"a": "b"}}); print(dict(one.to_flyte_idl().metadata))
one = packed(); one.scalar.primitive._integer = 2; print(one.to_flyte_idl().scalar.primitive.integer)
inputs = LiteralMap(literals_pb2.LiteralMap(literals={{"a": ordinary.to_flyte_idl()}}).SerializeToString())
print(inputs.content is not None, "a" in inputs.to_flyte_idl().literals, inputs.content is not None)
inputs.literals["b"] = ordinary
print(sorted(inputs.to_flyte_idl().literals), inputs.content)
"""
    assert answer(script).splitlines() == ["h 1", "{'a': 'b'}", "2", "True True True", "['a', 'b'] None"]


def test_no_model_object_is_made_of_what_is_accelerated(answer: Answer) -> None:
    script = """
import sys, typing
from flytekit import FlyteContextManager, task
from flytekit.bin import entrypoint
from flytekit.core.context_manager import ExecutionState
from flytekit.models import literals as models
from flyteidl.core import literals_pb2
import wingbeat

@task
def reverse(xs: typing.List[int]) -> typing.List[int]:
    return xs[::-1]

wingbeat.accelerate("strict")
def made(*args, **kwargs):
    raise AssertionError("a model object")
for cls in (models.Literal, models.LiteralMap, models.LiteralCollection, models.Scalar, models.Primitive):
    cls.__init__ = cls.from_flyte_idl = cls.to_flyte_idl = made
models.LiteralMap.__init__ = lambda self, literals: setattr(self, "_literals", literals)  # of the outputs as a whole

context = FlyteContextManager.current_context()
state = context.execution_state.with_params(mode=ExecutionState.Mode.TASK_EXECUTION)
with open(sys.argv[0] + ".pb", "wb") as file:
    file.write(wingbeat.InterfaceCodec({"xs": list[int]}).encode({"xs": list(range(1000))}))
with FlyteContextManager.with_context(context.with_execution_state(state)) as context:
    message = entrypoint.utils.load_proto_from_file(literals_pb2.LiteralMap, file.name)
    inputs = entrypoint._literal_models.LiteralMap.from_flyte_idl(message)
    outputs = reverse.dispatch_execute(context, inputs)
    written = entrypoint._literal_models.LiteralMap(literals=dict(outputs.literals)).to_flyte_idl().SerializeToString()
print(wingbeat.InterfaceCodec({"o0": list[int]}).decode(written)["o0"] == list(range(1000))[::-1])
"""
    assert answer(script).splitlines()[-1] == "True"


def test_a_comparison_says_what_differs_and_keeps_what_flytekit_gives(answer: Answer) -> None:
    script = """
import sys, typing
from flytekit import FlyteContextManager, task
from flytekit.core.context_manager import ExecutionState
import wingbeat
from wingbeat.flytekit_compat.acceleration import compare, exact, inputs, outputs
from wingbeat.flytekit_compat.acceleration.literals import LiteralMap

@task
def same(xs: typing.List[int]) -> typing.List[int]:
    assert xs == [1, 2]
    return xs

wingbeat.accelerate("compare")
inputs.read = lambda content, hint: exact.Outcome([1, 2.0])
outputs.write = lambda value, hint: exact.Outcome(wingbeat.Codec(hint).encode([3]))
context = FlyteContextManager.current_context()
state = context.execution_state.with_params(mode=ExecutionState.Mode.TASK_EXECUTION)
with FlyteContextManager.with_context(context.with_execution_state(state)) as context:
    document = wingbeat.InterfaceCodec({"xs": list[int]}).encode({"xs": [1, 2]})
    found = same.dispatch_execute(context, LiteralMap(document))
print(len(found.literals["o0"].collection.literals), *compare.found, sep="\\n")
"""
    said = answer(script)
    first = "input 'xs' at [1]: flytekit has int, wingbeat float"
    second = "an output of type typing.List[int]: flytekit has a literal of 18 bytes, wingbeat a literal of 10 bytes"
    assert said.startswith(f"2\n{first}\n{second}\n")
    assert f"acceleration differs: {first}\n" in said
    assert f"acceleration differs: {second}\n" in said


def test_what_counts_as_a_difference(answer: Answer) -> None:
    script = """
import dataclasses, math
import flytekit
from wingbeat.flytekit_compat.acceleration import compare

@dataclasses.dataclass
class Point:
    x: object

for theirs, ours in (
    (math.nan, math.nan), ([Point(0.0)], [Point(0.0)]), ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
    (0.0, -0.0), (1, True), ([1], [1, 2]), ({"a": 1}, {"b": 1}), (Point({"a": [1]}), Point({"a": [2]})),
    (Point(1), None),
):
    print(*(compare._between(theirs, ours, "") or ["same"]), sep="; ")
"""
    assert answer(script).splitlines() == [
        "same",
        "same",
        "same",
        "; a float; another",
        "; int; bool",
        "; 1 elements; 2 elements",
        "; 1 keys; 1 keys, of which some are others",
        ".x['a'][0]; a value of int; another",
        "; __main__.Point; NoneType",
    ]


def test_the_timeline_is_flytekits(answer: Answer) -> None:
    script = """
import sys, typing
from flytekit import FlyteContextManager, task
from flytekit.core.context_manager import ExecutionState
import wingbeat
from wingbeat.flytekit_compat.acceleration.literals import LiteralMap

@task
def half(xs: typing.List[int], ys: set) -> typing.List[int]:
    return xs

context = FlyteContextManager.current_context()
state = context.execution_state.with_params(mode=ExecutionState.Mode.TASK_EXECUTION)
document = wingbeat.InterfaceCodec({"xs": list[int]}).encode({"xs": [1, 2]})
with FlyteContextManager.with_context(context.with_execution_state(state)) as context:
    ordinary = LiteralMap.from_flyte_idl(LiteralMap._message.FromString(document))
    for mode, inputs in (("off", ordinary), ("strict", LiteralMap(document))):
        wingbeat.accelerate(mode)
        deck = FlyteContextManager.current_context().user_space_params.timeline_deck
        deck.time_info.clear()
        half._literal_map_to_python_input(inputs, context)
        print(*[one["Name"] for one in deck.time_info])
"""
    plain, accelerated = answer(script).splitlines()[-2:]
    assert plain == accelerated
    assert "Translate literal to python value" in plain


@pytest.mark.parametrize("program", ["wingbeat-execute", "pyflyte-execute"])
def test_a_command_that_flytekit_runs_is_accelerated(program: str, both: Both, tmp_path: Path) -> None:
    source = """
import wingbeat
from flytekit import task
from flytekit.remote import FlyteRemote

wingbeat.accelerate()
EXECUTE = FlyteRemote.execute

@task
def both_kinds(a: int) -> tuple[int, set]:
    return a, {a}
"""
    tmp_path.joinpath("user_code.py").write_text(source, "utf-8")
    tmp_path.joinpath("inputs.pb").write_bytes(InterfaceCodec({"a": int}).encode({"a": 1}))
    command = [both.command(program), *io_arguments(), *task_arguments("user_code", "both_kinds")]
    usual = both.run(tmp_path, command)
    assert usual.outputs is not None, usual.stderr
    assert usual.outputs.literals["o0"] == integer(1)
    strict = both.run(tmp_path, command, {"WINGBEAT_ACCELERATE": "strict"})
    assert strict.error is not None
    assert "an output is not accelerated: flytekit converts set itself" in strict.message
