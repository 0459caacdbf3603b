"""Tasks under flytekit, plain and accelerated: the same module, inputs and command, whose outcome has to be the same.

In the mode `strict` a value that is not accelerated is an error, so that a case that succeeds there is covered.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flyteidl.core import literals_pb2

from tests.compat.both import Both
from tests.literals import (
    binary,
    blob,
    boolean,
    collection,
    datetime,
    floating,
    integer,
    mapping,
    none,
    offloaded,
    string,
    struct,
    union,
)
from tests.runtime import peer, test_against_flytekit, test_map_task
from tests.runtime.peer import IMPORTS, INTERPRETER, Case, Oracle, literal_map
from tests.runtime.process import Result, environment
from wingbeat import Codec, InterfaceCodec

HERE = Path(__file__).parent
TASKS = HERE.joinpath("accelerated_tasks.txt").read_text("utf-8")
XS = collection(*(integer(10 + i) for i in range(5)))
POINT = binary({"x": 1.5, "tags": ["a"], "inner": {"n": 1}})


def case(task: str, env: dict[str, str] | None = None, **literals: literals_pb2.Literal) -> Case:
    return Case(task, literal_map(**literals), env or {}, source=TASKS)


def optional(hint: object, value: object) -> literals_pb2.Literal:
    return literals_pb2.Literal.FromString(Codec(hint).encode(value))


#: Everything is accelerated.
COVERED = {
    "a list": case("ints", xs=XS),
    "an empty list": case("ints", xs=collection()),
    "nested": case("nested", xs=mapping(a=collection(collection(integer(1)), collection()), b=collection())),
    "a dataclass": case("point", p=POINT),
    "dataclasses": case("points", ps=collection(POINT, POINT)),
    "frozen, with slots": case("frozen", p=binary({"n": 1})),
    "made by its own code": case("made", p=binary({"n": 1, "twice": 2})),
    "optional": case("maybe", x=optional(int | None, 3)),
    "optional none": case("maybe", x=optional(int | None, None)),
    "one of two": case("either", x=optional(int | str, "a")),
    "an enum": case("colour", c=string("red")),
    "a literal": case("chosen", c=string("a")),
    "a dict": case("untyped", d=binary({"a": [1, None, {"b": 1.5}]})),
    "a dict with numbers as keys": case("numbered", d=binary({1: "a"})),
    "a model": case("model", m=binary({"a": 1, "b": ["x"]})),
    "several": case("several", a=integer(1), b=string("x"), c=boolean(True), d=floating(0.5)),
    "a default": case("several", a=integer(1)),
    "fewer outputs than declared": case("one_of_two", a=integer(1)),
    "noted": case("noted", xs=XS),
    "an output elsewhere": case("ints", {"_F_L_MIN_SIZE_MB": "0"}, xs=XS),
    "an input elsewhere": replace(case("ints", xs=offloaded("xs.pb")), files={"xs.pb": XS.SerializeToString()}),
    "no outputs": case("nothing", xs=XS),
    "decks": case("decked", xs=XS),
}

#: flytekit converts a part, and it is the part alone that `strict` refuses.
UNCOVERED = {
    "a file": replace(case("file", xs=XS, f=blob("data.txt")), files={"data.txt": b"data"}),
    "a type of the user's": case("own", x=string("3")),
    "a hash": case("hashed", xs=XS),
    "annotated": case("annotated", x=integer(1)),
    "a pickle": case("pickled", x=integer(1)),
    "a union of alike": case("alike", x=integer(1)),
    "a dict in the old format": case("untyped", {"FLYTE_USE_OLD_DC_FORMAT": "true"}, d=binary({"a": 1})),
    "a dataclass with an alias": case("aliased", p=binary({"m": 1})),
    "a dataclass of mashumaro's": case("mixed", p=binary({"n": 1})),
    "a dataclass that contains itself": case("tree", t=binary({"children": [{"children": []}]})),
    "a model with an alias": case("other_model", m=binary({"B": 1})),
    "a replaced transformer": case("replaced", x=integer(1)),
    "a changed transformer": case("changed", x=integer(1)),
    "an int that is a float": case("several", a=floating(3.7)),
    "an int that is a whole float": case("several", a=floating(3.0)),
    "a field of a dataclass": case("several", a=binary(3)),
    "a float from an upstream field": case("several", a=integer(1), d=binary(3)),
    "a moment of text": case("moment", at=string("2020-01-01T00:00:00Z")),
    "in a union": case("several", a=union(integer(1), literals_pb2.Union().type)),
    "bare for a union": case("maybe", x=integer(3)),
    "a dataclass as a struct": case("point", p=struct(x=1, tags=["a"], inner={"n": 1})),
    "keys in another order": case("point", p=binary({"tags": ["a"], "inner": {"n": 1}, "x": 1.5})),
    "an unknown key": case("point", p=binary({"x": 1.5, "tags": [], "inner": {"n": 1}, "z": 1})),
    "a missing key": case("point", p=binary({"x": 1.5})),
    "nil for a text": case("texts", t=binary({"text": None})),
    "the wrong kind": case("ints", xs=collection(integer(1), string("x"))),
    "none for a list": case("ints", xs=none()),
    "with a hash": case("ints", xs=literals_pb2.Literal(collection=XS.collection, hash="h")),
    "a wrong output": case("wrong", xs=collection(integer(1))),
    "a wrong element": case("wrong_element", xs=XS),
    "an output of another class": case("another_class", p=POINT),
    "a subclass": case("subclass", p=POINT),
    "an integer that is too large": case("too_large", xs=XS),
    "elsewhere and not there": case("ints", xs=offloaded("nowhere.pb")),
    "elsewhere inside": replace(
        case("ints", xs=collection(integer(1), offloaded("x.pb"))), files={"x.pb": integer(2).SerializeToString()}
    ),
    "who looks into the inputs": case("curious", xs=XS),
    "who changes the inputs": case("meddling", xs=XS),
}

#: What is no matter of conversions.
ODD = {
    "an input too many": case("ints", xs=XS, ys=XS),
    "another name": case("several", z=integer(1)),
    "none at all": case("ints"),
    "not asked for": case("no_inputs", xs=XS),
    "half a file": replace(case("ints"), inputs=literal_map(xs=XS)[:-3]),
    "a text that is none": replace(case("several"), inputs=literal_map(b=string("xyz")).replace(b"xyz", b"x\xffz")),
    "a moment that is none": case("moment", at=datetime(2**60)),
    "no file": replace(case("ints"), inputs=None),
    "a tuple": case("tupled", xs=XS),
    "a task that fails": case("fails", xs=XS),
    "an output too large": case("ints", {"_F_L_MIN_SIZE_MB": "0", "_F_L_MAX_SIZE_MB": "0"}, xs=XS),
    "dynamic": case("dynamically", xs=XS),
}

#: Commands that other tests give to flytekit, on their own modules; without those where the function itself fails.
EXECUTE = {
    name: one
    for name, one in test_against_flytekit.CASES.items()
    if one.source is peer.TASKS and one.arguments is None and not one.task.startswith("raises")
}
MAP = test_map_task.CASES


class Run:
    """Runs cases on one module under flytekit."""

    def __init__(self, oracle: Oracle, folder: Path) -> None:
        self.oracle = oracle
        self.folder = folder

    def plain(self, case: Case) -> Result:
        return self.oracle.ask(self.folder, case)

    def accelerated(self, case: Case, mode: str = "on") -> Result:
        return self.oracle.ask(self.folder, replace(case, env={**case.env, "WINGBEAT_ACCELERATE": mode}))


@contextmanager
def module(source: str, both: Both, folder: Path) -> Iterator[Oracle]:
    """flytekit and a module of tasks, imported and waiting."""
    folder.joinpath("user_code.py").write_text(IMPORTS["flytekit"] + source, "utf-8")
    command = [INTERPRETER, HERE / "accelerated.py", both.site]
    env = {name: value for name, value in environment().items() if not name.startswith(("PYTHON", "COV"))}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env, cwd=folder
    ) as process:
        yield Oracle(process)
        assert process.stdin is not None
        process.stdin.close()


@pytest.fixture(scope="session")
def modules(both: Both, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Oracle]]:
    """The modules, by their sources."""
    with ExitStack() as stack:
        sources = (TASKS, peer.TASKS, test_map_task.SOURCE)
        folders = [tmp_path_factory.mktemp("module") for _ in sources]
        yield {
            source: stack.enter_context(module(source, both, folder))
            for source, folder in zip(sources, folders, strict=True)
        }


@pytest.fixture
def run(modules: dict[str, Oracle], tmp_path: Path) -> Callable[[Case], Run]:
    return lambda case: Run(modules[case.source], tmp_path)


def literals(result: Result) -> dict[str, bytes] | None:
    """The outputs, where they are stored elsewhere without the part of the location that is drawn by lot."""
    if result.outputs is None:
        return None
    found = {name: one.SerializeToString(deterministic=True) for name, one in result.outputs.literals.items()}
    return {name: re.sub(rb"[0-9a-f]{32}", b"*", content) for name, content in found.items()}


def same(found: Result, expected: Result) -> None:
    assert (found.status, found.files) == (expected.status, expected.files), found.stderr
    assert literals(found) == literals(expected)
    assert set(found.payloads) == set(expected.payloads)
    assert (found.error is None) == (expected.error is None)
    if found.error is not None and expected.error is not None:
        for part in ("code", "kind", "origin", "worker"):
            assert getattr(found.error, part) == getattr(expected.error, part), part
        assert found.message == expected.message


Runner = Callable[[Case], Run]


@pytest.mark.parametrize("name", COVERED)
def test_what_is_covered_needs_no_transformer_of_flytekits(name: str, run: Runner) -> None:
    case = COVERED[name]
    expected = run(case).plain(case)
    assert expected.outputs is not None, expected.message
    same(run(case).accelerated(case, "strict"), expected)
    compared = run(case).accelerated(case, "compare")
    same(compared, expected)
    assert "acceleration differs" not in compared.stderr


@pytest.mark.parametrize("name", UNCOVERED)
def test_what_is_not_covered_is_left_to_flytekit(name: str, run: Runner) -> None:
    case = UNCOVERED[name]
    expected = run(case).plain(case)
    same(run(case).accelerated(case), expected)
    refused = run(case).accelerated(case, "strict")
    assert refused.error is not None
    assert "is not accelerated: " in refused.message


@pytest.mark.parametrize("name", ODD)
def test_the_task_is_still_flytekits(name: str, run: Runner) -> None:
    case = ODD[name]
    same(run(case).accelerated(case), run(case).plain(case))


@pytest.mark.parametrize("name", EXECUTE)
def test_any_task_ends_as_it_does_without(name: str, run: Runner) -> None:
    case = EXECUTE[name]
    same(run(case).accelerated(case), run(case).plain(case))


@pytest.mark.parametrize("name", MAP)
def test_any_element_ends_as_it_does_without(name: str, run: Runner) -> None:
    case = MAP[name]
    same(run(case).accelerated(case), run(case).plain(case))


@pytest.mark.parametrize(
    "name", ["an element", "the first", "async", "a list for each", "bound", "bound list", "an offset"]
)
def test_an_element_needs_no_transformer_of_flytekits(name: str, run: Runner) -> None:
    case = MAP[name]
    expected = run(case).plain(case)
    assert expected.outputs is not None
    same(run(case).accelerated(case, "strict"), expected)
    same(run(case).accelerated(case, "compare"), expected)


def test_an_element_is_found_in_a_list_that_is_stored_elsewhere(run: Runner) -> None:
    case = replace(
        MAP["bound list"],
        inputs=literal_map(a=offloaded("xs.pb"), of=offloaded("of.pb")),
        files={"xs.pb": XS.SerializeToString(), "of.pb": XS.SerializeToString()},
    )
    expected = run(case).plain(case)
    assert expected.outputs is not None
    same(run(case).accelerated(case, "strict"), expected)


def test_the_last_element_of_what_flytekit_counts_from_the_end(run: Runner) -> None:
    case = replace(MAP["an element"], env={**MAP["an element"].env, "FLYTE_K8S_ARRAY_INDEX": "-1"})
    expected = run(case).plain(case)
    assert expected.outputs is not None
    same(run(case).accelerated(case), expected)


def test_what_is_damaged_beside_the_element_is_not_looked_at(run: Runner) -> None:
    damaged = literal_map(a=collection(integer(1), string("xyz"))).replace(b"xyz", b"x\xffz")
    case = replace(MAP["the first"], inputs=damaged)
    plain, accelerated = run(case).plain(case), run(case).accelerated(case)
    assert plain.error is not None
    assert "String field had bad UTF-8" in plain.message
    assert accelerated.outputs is not None
    assert accelerated.outputs.literals["o0"] == integer(2)


def test_a_literal_that_is_left_to_flytekit_after_all_is_read_twice(run: Runner) -> None:
    """The code that a dataclass has of its own runs for wingbeat, and again for flytekit."""
    spelled, otherwise = binary({"a": 1, "b": 2}), binary({"b": 2, "a": 1})
    made = {}
    for name, literal in (("spelled", spelled), ("otherwise", otherwise)):
        one = case("counted", c=literal)
        same(run(one).accelerated(one), run(one).plain(one))
        made[name] = [found.stdout.count("made") for found in (run(one).plain(one), run(one).accelerated(one))]
    assert made == {"spelled": [1, 1], "otherwise": [1, 2]}


def test_the_keys_of_a_dict_are_in_the_order_of_the_literal(run: Runner) -> None:
    names = [f"key {number}" for number in range(20)]
    document = InterfaceCodec({"d": dict[str, int]}).encode({"d": dict.fromkeys(names, 1)})
    one = replace(case("keys"), inputs=document)
    orders = []
    for found in (run(one).accelerated(one, "strict"), run(one).plain(one)):
        assert found.outputs is not None
        orders.append(Codec(list[str]).decode(found.outputs.literals["o0"].SerializeToString()))
    assert orders[0] == names
    assert sorted(orders[1]) == sorted(names)


def test_the_users_object_is_left_alone(run: Runner) -> None:
    one = case("looking")
    same(run(one).accelerated(one, "strict"), run(one).plain(one))
    assert "another list" in run(one).plain(one).stdout
    assert "the same list" in run(one).accelerated(one).stdout


def test_a_traceback_shows_who_has_passed_it_on(run: Runner) -> None:
    one = UNCOVERED["a wrong element"]
    plain, accelerated = run(one).plain(one), run(one).accelerated(one)
    assert plain.trace[-1] == accelerated.trace[-1]
    assert not any("acceleration" in line for line in plain.trace)
    assert any("flytekit_compat/acceleration/outputs.py" in line for line in accelerated.trace)
