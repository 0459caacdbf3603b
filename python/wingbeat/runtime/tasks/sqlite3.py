"""`SQLite3Task`: a query of a SQLite data base, which gives a table (authoring spec 1.3)."""

from __future__ import annotations

import os
import shutil
import tempfile

from wingbeat.authoring.record import Record
from wingbeat.authoring.sql_task import SQLTask
from wingbeat.runtime.flyte_context import FlyteContext
from wingbeat.runtime.resolvers.template_task import ShimTaskExecutor
from wingbeat.runtime.tasks.customized_container import PythonCustomizedContainerTask

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from wingbeat.idl.tasks import TaskTemplate


class SQLite3Config(Record):
    """The file of a data base, and whether it is packed into an archive."""

    uri: str
    compressed: bool

    def __init__(self, uri: str, compressed: bool = False) -> None:
        self.uri = uri
        self.compressed = compressed


class SQLite3Task(PythonCustomizedContainerTask["Any"], SQLTask["Any"]):
    """Runs a query and returns the table `results`.

    Args:
        name: The name under which it is registered.
        query_template: The query. `{{ .inputs.x }}` in it stands for an input.
        inputs: Name -> type.
        task_config: The data base.
        output_schema_type: The type of the table, by default `FlyteSchema`.
        container_image: The image; by default one of flytekit's.
        kwargs: For `PythonCustomizedContainerTask`.

    Raises:
        ValueError: no data base is named.
    """

    _SQLITE_TASK_TYPE = "sqlite"

    def __init__(
        self,
        name: str,
        query_template: str,
        inputs: Mapping[str, Any] | None = None,
        task_config: SQLite3Config | None = None,
        output_schema_type: Any = None,
        container_image: Any = None,
        **kwargs: Any,
    ) -> None:
        if task_config is None or task_config.uri is None:
            raise ValueError("SQLite DB uri is required.")
        if output_schema_type is None:
            from wingbeat.types.flyte_schema.schema import FlyteSchema

            output_schema_type = FlyteSchema
        super().__init__(
            name=name,
            task_config=task_config,
            container_image=container_image,
            executor_type=SQLite3TaskExecutor,
            task_type=self._SQLITE_TASK_TYPE,
            query_template=query_template,
            inputs=inputs,
            outputs={"results": output_schema_type},
            **kwargs,
        )

    @property
    def container_image(self) -> Any:
        """The image."""
        if not self._container_image:
            from wingbeat.runtime.images import DefaultImages

            self._container_image = DefaultImages.default_image()
        return self._container_image

    @property
    def output_columns(self) -> list[str] | None:
        """The columns of the table; None if they are not declared."""
        return self.python_interface.outputs["results"].column_names() or None

    def get_custom(self, settings: Any) -> dict[str, Any]:
        """The query and the data base."""
        config: Any = self.task_config
        return {"query_template": self.query_template, "uri": config.uri, "compressed": config.compressed}


class SQLite3TaskExecutor(ShimTaskExecutor["Any"]):
    """Runs the query of a `SQLite3Task`. Needs pandas."""

    def execute_from_model(self, tt: TaskTemplate, **kwargs: Any) -> Any:
        """The table, as a data frame of pandas."""
        import sqlite3
        from contextlib import closing
        from importlib import import_module

        pandas: Any = import_module("pandas")
        custom = tt.custom
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, os.path.basename(custom["uri"]))
            FlyteContext.current_context().file_access.get_data(custom["uri"], path)
            if custom["compressed"]:
                path = unarchive_file(path, folder)
            print(f"Connecting to db {path}")  # noqa: T201 flytekit's
            query = SQLite3Task.interpolate_query(custom["query_template"], **kwargs)
            print(f"Interpolated query {query}")  # noqa: T201 flytekit's
            with closing(sqlite3.connect(path)) as connection:
                return pandas.read_sql_query(query, connection)


def unarchive_file(local_path: str, to_dir: str) -> str:
    """The path of the one file in an archive, unpacked below a folder.

    Raises:
        RuntimeError: there is not exactly one.
    """
    folder = os.path.join(to_dir, "_arch")
    shutil.unpack_archive(local_path, folder)
    files = os.listdir(folder)
    if len(files) != 1:
        raise RuntimeError(f"Uncompressed archive should contain only one file - found {files}!")
    return os.path.join(folder, files[0])
