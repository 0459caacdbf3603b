import pandas as pd
import pandera.pandas as pa
from pandera.typing import DataFrame, Series

import flytekitplugins.pandera  # noqa: F401
from flytekit import task


class People(pa.DataFrameModel):
    name: Series[str]
    age: Series[int] = pa.Field(ge=0)


@task
def people(n: int) -> DataFrame[People]:
    return pd.DataFrame({"name": ["a"] * n, "age": [n] * n})


@task
def no_people(n: int) -> DataFrame[People]:
    return pd.DataFrame({"name": ["a"] * n, "age": [-n] * n})


@task
def oldest(frame: DataFrame[People]) -> int:
    return int(frame.age.max())
