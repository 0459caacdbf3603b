from flytekit import *
from flytekit.types.file import *
from flytekit.extend import *


@task(requests=Resources(cpu="1"))
def everything(a: int, file: FlyteFile) -> StructuredDataset:
    import pandas

    with open(file) as opened:
        return StructuredDataset(dataframe=pandas.DataFrame({"text": [opened.read()] * a}))


@workflow
def around(a: int, file: FlyteFile) -> StructuredDataset:
    return everything(a=a, file=file)


@task
def other_names(a: int) -> str:
    return f"{TypeEngine.get_transformer(int).name} {current_context().execution_id.name} {CSVFile.extension()}"
