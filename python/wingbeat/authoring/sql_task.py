"""`SQLTask`: a task that is a query, base of the tasks of data bases (authoring spec 1.3)."""

from __future__ import annotations

import re

from wingbeat.authoring.base_task import PythonTask, T
from wingbeat.authoring.interface import Interface

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class SQLTask(PythonTask[T]):
    """A query. `{{ .inputs.x }}` in it stands for an input; white space is collapsed.

    Args:
        name: The name under which it is registered.
        query_template: The query.
        task_config: What the kind of tasks is told.
        task_type: What the engine calls tasks of this kind.
        inputs, outputs: Name -> type.
        metadata: How Flyte treats it.
        kwargs: For `PythonTask`.
    """

    _INPUT_REGEX = re.compile(r"({{\s*.inputs.(\w+)\s*}})", re.IGNORECASE)

    def __init__(
        self,
        name: str,
        query_template: str,
        task_config: T | None = None,
        task_type: str = "sql_task",
        inputs: Mapping[str, Any] | None = None,
        metadata: Any = None,
        outputs: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            task_type=task_type,
            name=name,
            interface=Interface(inputs, outputs),
            metadata=metadata,
            task_config=task_config,
            **kwargs,
        )
        self._query_template = " ".join(query_template.split())

    @property
    def query_template(self) -> str:
        """The query, with its places for inputs."""
        return self._query_template

    def execute(self, **kwargs: Any) -> Any:
        """Refuses: the engine runs the query. Subclasses may do it.

        Raises:
            NotImplementedError: always.
        """
        raise NotImplementedError("Cannot run a SQL Task natively, please mock.")

    def get_query(self, **kwargs: Any) -> str:
        """The query with the inputs in it."""
        return self.interpolate_query(self.query_template, **kwargs)

    @classmethod
    def interpolate_query(cls, query_template: str, **kwargs: Any) -> str:
        """A query with inputs in their places, as text.

        Raises:
            ValueError: there is no input for a place, or no place for an input.
        """
        query = query_template
        found = set()
        for place in cls._INPUT_REGEX.finditer(query_template):
            expression, name = place.groups()
            if name not in kwargs:
                raise ValueError(f"Variable {name} in Query (part of {expression}) not found in inputs {kwargs.keys()}")
            found.add(name)
            query = query.replace(expression, str(kwargs[name]))
        if len(found) < len(kwargs):
            raise ValueError(f"Extra Inputs have no matches in query template - missing {set(kwargs) - found}")
        return query
