"""What a user is told, row by row of the type-system specification's table of errors (section 7).

flytekit's class and the heart of its message stand in the tables beside the parts that wingbeat's message must have, so
that a change of either is seen. No message shows a whole literal.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Annotated, Any, Dict, List

import pytest

from tests import literals as l
from tests import messages_of_files as of_files
from tests.messages_of_tasks import TASKS, TaskRow
from tests.messages_of_values import ROWS
from tests.peers import client as peer
from tests.peers.shared_types import evaluate
from tests.runtime.conftest import oracle  # noqa: F401 - a fixture
from tests.runtime.peer import IMPORTS, Case, Oracle, literal_map
from tests.types.files import Files, context
from wingbeat import AsyncTypeTransformer, FlyteAnnotation, InterfaceCodec, TypeEngine, TypeTransformerFailedError
from wingbeat.errors import RestrictedTypeError
from wingbeat.exceptions import FlyteUploadDataException
from wingbeat.idl import Literal, LiteralType, SimpleType
from wingbeat.runtime.outputs import OutputCodec
from wingbeat.types import context as contexts
from wingbeat.types import registry

#: More characters than any of these needs.
LIMIT = 1000

#: The built-in classes that callers of flytekit catch, and of which wingbeat's errors of conversion are too.
CAUGHT = {"TypeError": TypeError, "ValueError": ValueError, "AssertionError": AssertionError}


@pytest.fixture(autouse=True)
def in_a_task(tmp_path: Path) -> Iterator[None]:
    files = Files(tmp_path)
    contexts.provide(lambda: context(files))
    yield
    contexts.provide(None)


@pytest.mark.parametrize("name", ROWS)
def test_a_message(flytekit: peer.Flytekit, name: str) -> None:
    row = ROWS[name]
    with pytest.raises(peer.FlytekitError) as theirs:
        ask(flytekit, row.hint, row.given)
    assert str(theirs.value).startswith(row.theirs)
    with pytest.raises((ValueError, RestrictedTypeError)) as ours:
        convert(row.hint, row.given)
    told(str(ours.value), row.ours)
    assert isinstance(ours.value, CAUGHT.get(row.theirs.partition(":")[0], Exception))


def told(text: str, parts: tuple[str, ...]) -> None:
    assert [part for part in parts if part not in text] == [], text
    assert len(text) < LIMIT
    assert "literals {" not in text


def ask(flytekit: peer.Flytekit, hint: str, given: str | l.Literal) -> bytes | str:
    if isinstance(given, str):
        return flytekit.encode(hint, given)
    return flytekit.decode(hint, given.SerializeToString())


def convert(hint: str, given: str | l.Literal) -> None:
    codec = InterfaceCodec({"x": evaluate(hint)})
    if isinstance(given, str):
        codec.encode({"x": evaluate(given)})
    else:
        codec.decode(l.LiteralMap(literals={"x": given}).SerializeToString())


@pytest.mark.parametrize("name", TASKS)
def test_a_message_of_a_task(oracle: Oracle, tmp_path: Path, name: str) -> None:  # noqa: F811
    """Who is to blame and whether it is tried again stay as the engine knows them."""
    compare(oracle, tmp_path, TASKS[name])


@pytest.mark.parametrize("name", of_files.ROWS)
def test_a_message_about_a_file(oracle: Oracle, tmp_path: Path, name: str) -> None:  # noqa: F811
    compare(oracle, tmp_path, of_files.ROWS[name], of_files.IMPORTS)


def compare(oracle: Oracle, folder: Path, row: TaskRow, imports: dict[str, str] = IMPORTS) -> None:  # noqa: F811
    case = Case(row.task, literal_map(**row.inputs), source=row.source, imports=imports)
    theirs, ours = oracle.both(folder, case)
    assert theirs.error is not None, theirs.stderr
    assert ours.error is not None, ours.stderr
    assert row.theirs in theirs.message
    told(ours.message, row.ours)
    verdicts = [(result.status, result.error.code, result.error.kind, result.error.origin) for result in (theirs, ours)]
    assert verdicts[0] == verdicts[1]


def test_an_annotation_that_is_flytes() -> None:
    with pytest.raises(
        AssertionError, match=r"^int: FlyteAnnotation cannot contain `cache-key-metadata`.*another key$"
    ):
        TypeEngine.to_literal_type(Annotated[int, FlyteAnnotation({"cache-key-metadata": 1})])


def test_a_transformer_registered_twice() -> None:
    message = r"^Transformer int for type <class 'int'> is already registered\. Cannot override with int$"
    with pytest.raises(ValueError, match=message):
        TypeEngine.register(TypeEngine.get_transformer(int))


def test_a_value_of_a_literal_map() -> None:
    with pytest.raises(TypeTransformerFailedError, match="expected int, got str 'a'"):
        TypeEngine.dict_to_literal_map(None, {"a": "a"}, {"a": int})


class Parcel:
    """What cannot be uploaded."""


class Carrier(AsyncTypeTransformer[Any]):
    def __init__(self) -> None:
        super().__init__("Parcel", Parcel)

    def get_literal_type(self, t: Any) -> LiteralType:
        return LiteralType(simple=SimpleType.NONE)

    async def async_to_literal(self, ctx: Any, python_val: Any, python_type: Any, expected: LiteralType) -> Literal:
        raise FlyteUploadDataException("no bucket")


@pytest.mark.parametrize(
    ("hint", "value", "place"),
    [
        (List[Parcel], [Parcel()], "outputs.o0[0]"),
        (Dict[str, List[Parcel]], {"k": [Parcel()]}, 'outputs.o0["k"][0]'),
        (Parcel, Parcel(), "outputs.o0"),
    ],
)
def test_the_place_of_a_failed_upload_is_told_once(hint: Any, value: Any, place: str) -> None:
    TypeEngine.register(Carrier())
    outputs = SimpleNamespace(outputs={"o0": hint}, output_tuple_name=None)
    codec = OutputCodec(SimpleNamespace(name="t", python_interface=outputs))
    try:
        with pytest.raises(FlyteUploadDataException) as caught:
            codec.encode(value)
    finally:
        registry.remove(Parcel)
    assert f"Error Message: {place}: no bucket." in str(caught.value)
