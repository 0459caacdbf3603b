"""Every type takes the path that `tests/types_table.py` says: none slips from Rust to Python unnoticed.

`pytest -s tests/test_paths.py` prints the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests import literals as l
from tests import types_facts as facts
from tests.make_types_doc import PAGE, page
from tests.peers import client as peer
from tests.peers.shared_types import canonical, evaluate, field
from tests.types.test_values import without_places
from tests.types_table import FIELDS, REFUSED, TYPES, FieldRow, Row
from wingbeat import Codec
from wingbeat.errors import RestrictedTypeError, TypeTransformerFailedError
from wingbeat.runtime.file_access import FileAccess
from wingbeat.types import context as contexts
from wingbeat.types.describe import describe
from wingbeat.types.packed import describe_packed


@pytest.fixture(autouse=True)
def in_a_task(tmp_path: Path) -> Iterator[None]:
    context = SimpleNamespace(file_access=FileAccess(tmp_path / "sandbox", str(tmp_path / "raw")))
    contexts.provide(lambda: context)
    yield
    contexts.provide(None)


def by_hint(row: Row | FieldRow) -> str:
    return row.hint


def test_the_table_is_printed() -> None:
    for row in [*TYPES, *FIELDS]:
        where = "" if isinstance(row, Row) else "field "
        print(f"{where + row.hint:50} {row.path}")


@pytest.mark.parametrize("row", TYPES, ids=by_hint)
def test_the_path_of_a_type(row: Row) -> None:
    assert facts.path(describe(evaluate(row.hint))) == row.path


@pytest.mark.parametrize("row", FIELDS, ids=by_hint)
def test_the_path_of_a_field(row: FieldRow) -> None:
    assert facts.path(describe_packed(evaluate(row.hint))) == row.path
    holder = describe(field(evaluate(row.hint)))
    assert facts.path(holder) == row.path, "and so inside a dataclass"


@pytest.mark.parametrize("row", TYPES, ids=by_hint)
def test_the_literal_of_a_type(row: Row) -> None:
    own = l.Literal.FromString(Codec(evaluate(row.hint)).encode(evaluate(row.value)))
    assert facts.declared(row.hint) == row.literal_type
    assert facts.kind(own) == row.written
    assert facts.read(row.hint, own) == row.read


@pytest.mark.parametrize("row", FIELDS, ids=by_hint)
def test_the_form_of_a_field(row: FieldRow) -> None:
    cls = field(evaluate(row.hint))
    data = Codec(cls).encode(cls(evaluate(row.value)))
    assert facts.form(l.Literal.FromString(data).scalar.binary.value) == row.written


@pytest.mark.parametrize("row", TYPES, ids=by_hint)
def test_what_flytekit_makes_of_a_type(flytekit: peer.Flytekit, row: Row) -> None:
    assert agrees(flytekit, row.hint, row.value) == (row.flytekit == "yes")


@pytest.mark.parametrize("row", FIELDS, ids=by_hint)
def test_what_flytekit_makes_of_a_field(flytekit: peer.Flytekit, row: FieldRow) -> None:
    hint = f"field({row.hint})"
    assert agrees(flytekit, hint, f"{hint}({row.value})") == (row.flytekit == "yes")


def agrees(flytekit: peer.Flytekit, hint: str, source: str) -> bool:
    """Whether the literals are equal, and either side reads the other's to an equal value. Ours is read in any case."""
    codec: Codec[Any] = Codec(evaluate(hint))
    value = canonical(evaluate(source))
    ours = codec.encode(evaluate(source))
    # What was written as it was given, an integer for a float say, is read as declared.
    back = canonical(codec.decode(ours))
    assert canonical(codec.decode(codec.encode(codec.decode(ours)))) == back, value
    try:
        theirs = flytekit.encode(hint, source)
        literals = [without_places(l.Literal.FromString(data)) for data in (ours, theirs)]
        return literals[0] == literals[1] and flytekit.decode(hint, ours) == canonical(codec.decode(theirs)) == back
    except peer.FlytekitError:
        return False


@pytest.mark.parametrize("hint", REFUSED)
def test_what_is_refused(flytekit: peer.Flytekit, hint: str) -> None:
    with pytest.raises((TypeTransformerFailedError, RestrictedTypeError)):
        Codec(evaluate(hint))
    with pytest.raises(peer.FlytekitError):
        flytekit.encode(hint, "None")


def test_the_page_is_what_the_table_says() -> None:
    assert PAGE.read_text("utf-8") == page(), "run `make types-doc`"


def test_links_lead_to_sections() -> None:
    text = PAGE.with_name("differences.md").read_text("utf-8")
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert {row.flytekit for row in [*TYPES, *FIELDS]} - {"yes"} <= anchors
    assert "reading-literals" in anchors
