"""`ShellTask`: a task that is a shell script (authoring spec 1.3)."""

from __future__ import annotations

import os

from wingbeat.authoring.base_task import T
from wingbeat.authoring.instance_task import PythonInstanceTask
from wingbeat.authoring.interface import Interface
from wingbeat.authoring.plugins import TaskPlugins
from wingbeat.authoring.record import Record
from wingbeat.exceptions import FlyteRecoverableException
from wingbeat.runtime import log
from wingbeat.runtime.tasks.process_result import ProcessResult, run_script
from wingbeat.runtime.tasks.script_template import interpolate
from wingbeat.types.directory import FlyteDirectory
from wingbeat.types.file import FlyteFile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

_POD = "flytekitplugins.pod.task.Pod"


class OutputLocation(Record):
    """Where a script leaves an output: the variable, its type (a file or a folder), and the path.

    In the path, `{inputs.x}` stands for an input.
    """

    var: str
    var_type: type
    location: os.PathLike[str] | str

    def __init__(self, var: str, var_type: type, location: os.PathLike[str] | str) -> None:
        self.var = var
        self.var_type = var_type
        self.location = location


def _dummy_task_func() -> None:
    """The function of the task whose hooks a `task_config` brings along; never run."""


class ShellTask(PythonInstanceTask[T]):
    """Runs a script. In it, `{inputs.x}` stands for an input, `{outputs.y}` for the path of an output.

    Args:
        name: The name under which it is registered.
        debug: Whether to print the script, with everything in its place.
        script, script_file: The script, or its file; exactly one of them.
        task_config: None, or a pod.
        shell: What runs it.
        inputs: Name -> type.
        output_locs: Its outputs, and where it leaves them.
        kwargs: For `PythonInstanceTask`.

    Raises:
        ValueError: there is no script or there are two, or no such file; an output is neither a file nor a folder; the
            configuration is another one.
    """

    def __init__(
        self,
        name: str,
        debug: bool = False,
        script: str | None = None,
        script_file: str | None = None,
        task_config: Any = None,
        shell: str = "/bin/sh",
        inputs: Mapping[str, Any] | None = None,
        output_locs: Sequence[OutputLocation] | None = None,
        **kwargs: Any,
    ) -> None:
        if script and script_file:
            raise ValueError("Only either of script or script_file can be provided")
        if not script and not script_file:
            raise ValueError("Either a script or script_file is needed")
        if script_file:
            if not os.path.exists(script_file):
                raise ValueError(f"FileNotFound: the specified Script file at path {script_file} cannot be loaded")
            script_file = os.path.abspath(script_file)
        if task_config is not None and f"{task_config.__module__}.{type(task_config).__name__}" != _POD:
            raise ValueError("TaskConfig can either be empty - indicating simple container task or a PodConfig.")
        cls: Any = TaskPlugins.find_pythontask_plugin(type(task_config))
        self._config_task_instance = cls(task_config=task_config, task_function=_dummy_task_func)
        self._config_task_instance._name = f"_bash.{name}"
        self._script = script
        self._script_file = script_file
        self._debug = debug
        self._shell = shell
        self._output_locs = output_locs or []
        self._process_result: ProcessResult | None = None
        super().__init__(
            name,
            task_config,
            task_type=self._config_task_instance.task_type,
            interface=Interface(inputs, output_types(self._output_locs)),
            **kwargs,
        )

    @property
    def result(self) -> ProcessResult | None:
        """What became of the script; None before it has run."""
        return self._process_result

    @property
    def script(self) -> str | None:
        """The script; of a file, None before it has run."""
        return self._script

    @property
    def script_file(self) -> str | None:
        """The path of the script's file."""
        return self._script_file

    def pre_execute(self, user_params: Any) -> Any:
        """As of a function task with this configuration."""
        return self._config_task_instance.pre_execute(user_params)

    def execute(self, **kwargs: Any) -> Any:
        """Run the script.

        Raises:
            FlyteRecoverableException: it has failed.
        """
        script, paths = self.prepared(kwargs)
        self._process_result = result = run_script(script, self._shell)
        if result.returncode != 0:
            text = (
                f"Failed to Execute Script, return-code {result.returncode} \n"
                f"{contents()}\nStdOut: {result.output}\nStdErr: {result.error}\n"
            )
            log.error(text)
            raise FlyteRecoverableException(text)
        return self.collected(paths)

    def post_execute(self, user_params: Any, rval: Any) -> Any:
        """As of a function task with this configuration."""
        return self._config_task_instance.post_execute(user_params, rval)

    def prepared(self, inputs: dict[str, Any]) -> tuple[str, dict[str, str]]:
        """The script with everything in its place, and the paths of the outputs."""
        if self.script_file:
            with open(self.script_file, encoding="utf-8") as file:
                self._script = file.read()
        paths = {one.var: interpolate(one.location, inputs) for one in self._output_locs}
        script = interpolate(self._script, inputs, paths)
        if self._debug:
            line = "=" * 46
            print(f"\n{line}\n\n{script}\n\n{line}\n")  # noqa: T201 asked for
        return script, paths

    def collected(self, paths: dict[str, str]) -> Any:
        """The outputs: None, one, or a tuple."""
        values: list[Any] = [
            (FlyteFile if issubclass(one.var_type, FlyteFile) else FlyteDirectory)(paths[one.var])
            for one in self._output_locs
        ]
        return (tuple(values) if len(values) > 1 else values[0]) if values else None


def output_types(locations: Sequence[Any]) -> dict[str, type]:
    """The types of the outputs.

    Raises:
        ValueError: something is no `OutputLocation`, or says too little, or is neither a file nor a folder.
    """
    for one in locations:
        if one is None:
            raise ValueError("OutputLocation cannot be none")
        if not isinstance(one, OutputLocation):
            raise ValueError("Every output type should be an output location on the file-system")  # noqa: TRY004
        if one.location is None:
            raise ValueError(f"Output Location not provided for output var {one.var}")
        if not issubclass(one.var_type, (FlyteFile, FlyteDirectory)):
            raise ValueError(  # noqa: TRY004
                "Currently only outputs of type FlyteFile/FlyteDirectory and their derived types are supported"
            )
    return {one.var: one.var_type for one in locations}


def contents() -> str:
    """What is in the working directory, for an error."""
    return "Current directory contents: .\n-" + "\n-".join(os.listdir("."))
