"""Tables in decks look as in flytekit's."""

from __future__ import annotations

from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from tests.types.oracle import ask
from wingbeat import StructuredDataset, StructuredDatasetTransformerEngine, TypeEngine
from wingbeat.types.renderers import ArrowRenderer, PolarsDataFrameRenderer, TopFrameRenderer

LONG = {"n": list(range(30)), "text": [f"<{n}>" for n in range(30)]}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("pandas", pd.DataFrame(LONG)),
        ("arrow", pa.table(LONG)),
        ("dataset", StructuredDataset(dataframe=pd.DataFrame(LONG))),
        ("stored", StructuredDataset(uri="s3://bucket/table")),
    ],
)
def test_html_is_flytekits(name: str, value: Any) -> None:
    assert TypeEngine.to_html(None, value, type(value)) == ask("../frames/oracle_html.py")[name]


def test_html_of_polars_has_the_statistics() -> None:
    for frame in (pl.DataFrame({"n": [1, 2, 4]}), pl.LazyFrame({"n": [1, 2, 4]})):
        html = TypeEngine.to_html(None, frame, type(frame))
        assert html.startswith("<div>")
        assert "null_count" in html
        assert "2.333333" in html


def test_a_renderer_of_the_users() -> None:
    class Rows:
        def to_html(self, df: Any) -> str:
            return f"{len(df)} rows"

    class Frame(pd.DataFrame):
        pass

    frame = Frame({"a": [1, 2]})
    with pytest.raises(NotImplementedError, match="Could not find a renderer for .*Frame.*register_renderer"):
        TypeEngine.to_html(None, frame, pd.DataFrame)
    StructuredDatasetTransformerEngine.register_renderer(Frame, Rows())
    assert TypeEngine.to_html(None, frame, pd.DataFrame) == "2 rows"
    del StructuredDatasetTransformerEngine.Renderers[Frame]


@pytest.mark.parametrize("renderer", [TopFrameRenderer(), ArrowRenderer(), PolarsDataFrameRenderer()])
def test_a_table_of_another_library(renderer: Any) -> None:
    with pytest.raises(AssertionError, match="got builtins.int"):
        renderer.to_html(5)


def test_how_much_of_a_frame_is_shown() -> None:
    assert TopFrameRenderer(max_rows=2).to_html(pd.DataFrame(LONG)).count("<tr") < 6
