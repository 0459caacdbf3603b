"""The same names by every way of importing them."""

import flytekit
import flytekit as fl
import flytekit.core.context_manager
import flytekit.types.file
from flytekit import types
from flytekit.core import context_manager, type_engine
from flytekit.core.type_engine import TypeEngine
from flytekit.types import directory, structured
from flytekit.types.file import file as file_module


@flytekit.task
def by_module(a: int) -> flytekit.types.file.FlyteFile:
    path = f"{flytekit.current_context().working_directory}/a.txt"
    with open(path, "w") as opened:
        opened.write(str(a))
    return flytekit.FlyteFile(path)


@fl.task(requests=fl.Resources(cpu="1"), enable_deck=False)
def by_alias(a: int) -> int:
    return a


@fl.workflow
def around(a: int) -> int:
    return by_alias(a=a)


@flytekit.task
def one_and_the_same(a: int) -> str:
    import flytekit.extend

    pairs = [
        flytekit.FlyteFile is flytekit.types.file.FlyteFile is file_module.FlyteFile,
        flytekit.FlyteDirectory is directory.FlyteDirectory,
        flytekit.StructuredDataset is structured.StructuredDataset,
        flytekit.FlyteContextManager is context_manager.FlyteContextManager,
        TypeEngine is type_engine.TypeEngine is flytekit.extend.TypeEngine,
        types is flytekit.types,
    ]
    return str(pairs)
