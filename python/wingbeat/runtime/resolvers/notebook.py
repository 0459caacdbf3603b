"""Tasks of a notebook, packed into a file that comes as the code bundle."""

from __future__ import annotations

import gzip
import sys

from wingbeat.authoring.naming import PICKLE_FILE, extract_task_module
from wingbeat.authoring.tracking import TrackedInstance
from wingbeat.runtime.resolvers.mixin import TaskResolverMixin
from wingbeat.types import left_to_flytekit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

_ADVICE = (
    "Please try using the same Python version to create the pickle file or use another container image with a matching "
    "version."
)


class PickledEntityMetadata:
    """Where the tasks were packed: by which Python, such as `3.12.0`."""

    def __init__(self, python_version: str) -> None:
        self.python_version = python_version


class PickledEntity:
    """The content of the file: tasks, by the names they have in the notebook."""

    def __init__(self, metadata: PickledEntityMetadata, entities: dict[str, Any]) -> None:
        self.metadata = metadata
        self.entities = entities


class Unpickler(left_to_flytekit.Unpickler):
    """Reads the file, of whichever library it is; tasks that flytekit has packed are left to it."""

    def find_class(self, module: str, name: str) -> Any:
        """flytekit's names for the two classes above are theirs."""
        if module == "flytekit.core.python_auto_container":
            for cls in (PickledEntity, PickledEntityMetadata):
                if name == cls.__name__:
                    return cls
        return super().find_class(module, name)


class DefaultNotebookTaskResolver(TrackedInstance, TaskResolverMixin):
    """Finds a task in `pkl.gz` of the working directory: `entity-name <name>`; the word is not looked at."""

    def name(self) -> str:
        """What to call it."""
        return "DefaultNotebookTaskResolver"

    def load_task(self, loader_args: Sequence[str]) -> Any:
        """The task of that name.

        Raises:
            ValueError: there is no name, or no task of that name.
            RuntimeError: another Python has packed the tasks, or the file holds something else.
            Exception: whatever unpickling raises.
        """
        if len(loader_args) < 2:
            raise ValueError(f"the resolver arguments are {' '.join(loader_args)!r}, expected `entity-name NAME`")
        packed = read()
        here = sys.version_info
        there = packed.metadata.python_version
        if there.split(".")[:2] != [str(here.major), str(here.minor)]:
            raise RuntimeError(
                "The Python version used to create the pickle file is different from the current Python version. "
                f"Current Python version: {here.major}.{here.minor}. "
                f"Python version used to create the pickle file: {there}. {_ADVICE}"
            )
        name = loader_args[1]
        if name not in packed.entities:
            raise ValueError(f"Entity {name} not found in the pickled object: it holds {', '.join(packed.entities)}")
        return packed.entities[name]

    def loader_args(self, settings: Any, task: Any) -> list[str]:
        """The task's name."""
        return ["entity-name", extract_task_module(task)[0]]


def read() -> PickledEntity:
    """The content of the file."""
    try:
        with gzip.open(PICKLE_FILE) as file:
            packed = Unpickler(file).load()
    except TypeError as error:  # code objects of another Python have other parts
        here = sys.version_info
        raise RuntimeError(
            "The Python version is different from the version used to create the pickle file. "
            f"Current Python version: {here.major}.{here.minor}. {_ADVICE}"
        ) from error
    if not isinstance(packed, PickledEntity):
        raise RuntimeError(  # noqa: TRY004 flytekit's class
            f"The loaded data is not of the correct type. Expected PickledEntity, found {type(packed)}. "
            f"Please ensure that the pickle file is not corrupted: {PICKLE_FILE}"
        )
    return packed


default_notebook_task_resolver = DefaultNotebookTaskResolver()
