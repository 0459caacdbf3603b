"""Which handler writes and reads: flytekit's rules, and what handlers of users get."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.case_module import load
from tests.types.oracle import ask
from wingbeat import (
    Codec,
    StructuredDataset,
    StructuredDatasetDecoder,
    StructuredDatasetEncoder,
    StructuredDatasetMetadata,
    StructuredDatasetTransformerEngine,
    StructuredDatasetType,
    TypeEngine,
)
from wingbeat.idl import StructuredDataset as Stored
from wingbeat.types import registry
from wingbeat.types.structured_dataset import DuplicateHandlerError, handler_table

cases = load(__file__, "handler_cases")


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """The tables of handlers as they were."""
    StructuredDatasetTransformerEngine.get_encoder(pd.DataFrame, "file", "parquet")
    tables = (handler_table.ENCODERS, handler_table.DECODERS)
    kept = [{cls: {key: dict(slot) for key, slot in slots.items()} for cls, slots in table.items()} for table in tables]
    others = (handler_table.DEFAULT_FORMATS, handler_table.DEFAULT_PROTOCOLS, registry.transformers)
    copies = [dict(one) for one in others]
    own = set(handler_table._own_defaults)
    yield
    for table, copy in zip((*tables, *others), (*kept, *copies), strict=True):
        table.clear()
        table.update(copy)
    handler_table._own_defaults.clear()
    handler_table._own_defaults.update(own)


@cache
def theirs() -> Any:
    return ask("../frames/oracle_handlers.py")


@pytest.mark.parametrize("name", cases.REGISTRATIONS)
def test_found_as_flytekit_does(name: str) -> None:
    engine, base = StructuredDatasetTransformerEngine, StructuredDatasetEncoder
    assert cases.found(name, engine, base, cases.REGISTRATIONS[name]) == theirs()[name]


class Table:
    def __init__(self, text: str) -> None:
        self.text = text


class Writer(StructuredDatasetEncoder[Table]):
    def __init__(self, protocol: str | None = None, form: str | None = "text") -> None:
        super().__init__(Table, protocol, form)
        self.seen: list[Any] = []

    def encode(
        self, ctx: Any, structured_dataset: StructuredDataset, structured_dataset_type: StructuredDatasetType
    ) -> Stored:
        self.seen.append((structured_dataset, structured_dataset_type))
        return Stored(uri=ctx.file_access.put_raw_data(structured_dataset.dataframe.text.encode()))


class Reader(StructuredDatasetDecoder[Table]):
    def __init__(self, protocol: str | None = None, form: str | None = "text") -> None:
        super().__init__(Table, protocol, form)

    def decode(self, ctx: Any, flyte_value: Stored, current_task_metadata: StructuredDatasetMetadata) -> Any:
        return Table(Path(flyte_value.uri).read_text("utf-8"))


class Lines(Reader):
    def decode(self, ctx: Any, flyte_value: Stored, current_task_metadata: StructuredDatasetMetadata) -> Any:
        for line in Path(flyte_value.uri).read_text("utf-8").split("\n"):
            yield Table(line)


def test_a_class_with_handlers_is_a_type(folder: Path) -> None:
    writer = Writer()
    StructuredDatasetTransformerEngine.register(writer, default_format_for_type=True)
    StructuredDatasetTransformerEngine.register(Reader())
    codec = Codec(list[Table])
    literal = codec.encode([Table("a"), Table("b")])
    assert [one.text for one in codec.decode(literal)] == ["a", "b"]
    # What the handler leaves out is filled in.
    dataset = Codec(list[StructuredDataset]).decode(literal)[0]
    assert dataset.file_format == "text"
    assert dataset.literal.metadata.structured_dataset_type.columns == []
    assert dataset.open(Table).all().text == "a"
    given, kind = writer.seen[0]
    assert type(given) is StructuredDataset
    assert given.dataframe.text == "a"
    assert given.uri is None
    assert kind.format == "text"
    assert not TypeEngine.get_transformer(Table).fetches(Table)


def test_a_decoder_may_give_parts(folder: Path) -> None:
    StructuredDatasetTransformerEngine.register(Writer())
    StructuredDatasetTransformerEngine.register(Lines())
    codec = Codec(StructuredDataset)
    dataset = codec.decode(codec.encode(StructuredDataset(dataframe=Table("a\nb")))).open(Table)
    assert [one.text for one in dataset.iter()] == ["a", "b"]
    with pytest.raises(ValueError, match="returned iterator .* but whole value requested"):
        dataset.all()


def test_a_decoder_without_parts_says_so(folder: Path) -> None:
    StructuredDatasetTransformerEngine.register(Writer())
    StructuredDatasetTransformerEngine.register(Reader())
    codec = Codec(StructuredDataset)
    dataset = codec.decode(codec.encode(StructuredDataset(dataframe=Table("a")))).open(Table)
    with pytest.raises(ValueError, match="didn't return iterator"):
        dataset.iter()


def test_a_users_handler_takes_the_place_of_one_that_came_along(folder: Path) -> None:
    class Upper(StructuredDatasetDecoder[pd.DataFrame]):
        def decode(self, ctx: Any, flyte_value: Stored, current_task_metadata: StructuredDatasetMetadata) -> Any:
            return pd.read_parquet(flyte_value.uri).rename(columns=str.upper)

    codec = Codec(pd.DataFrame)
    literal = codec.encode(pd.DataFrame({"a": [1]}))
    assert TypeEngine.get_transformer(pd.DataFrame).fetches(pd.DataFrame)
    StructuredDatasetTransformerEngine.register(Upper(pd.DataFrame, None, "parquet"))
    assert list(Codec(pd.DataFrame).decode(literal).columns) == ["A"]
    assert not TypeEngine.get_transformer(pd.DataFrame).fetches(pd.DataFrame)


def test_two_handlers_for_the_same_protocol() -> None:
    StructuredDatasetTransformerEngine.register(Writer("s3://"))
    with pytest.raises(DuplicateHandlerError, match="Already registered a handler for .*'s3', 'text'.*override=True"):
        StructuredDatasetTransformerEngine.register(Writer("s3"))
    second = Writer("s3")
    StructuredDatasetTransformerEngine.register(second, override=True)
    assert StructuredDatasetTransformerEngine.get_encoder(Table, "s3", "text") is second


def test_refused_registrations() -> None:
    with pytest.raises(ValueError, match="should never have default specified"):
        StructuredDatasetTransformerEngine.register(Writer(), default_for_type=True)
    with pytest.raises(TypeError, match="We don't support this type of handler"):
        StructuredDatasetTransformerEngine.register(5)  # type: ignore[arg-type]


def test_the_default_storage_of_a_class_is_asked_first(folder: Path) -> None:
    writer = Writer("table")
    StructuredDatasetTransformerEngine.register(writer, default_for_type=True)
    Codec(Table).encode(Table("a"))
    assert len(writer.seen) == 1
