"""`RawShellTask`: a shell script that is an input itself, with environment variables and arguments."""

from __future__ import annotations

import subprocess

from wingbeat.runtime import log
from wingbeat.runtime.tasks.shell import OutputLocation, ShellTask, contents
from wingbeat.types.directory import FlyteDirectory

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

_SCRIPT = """
#!/bin/bash

set -uex

cd {ctx.working_directory}

{inputs.export_env}

bash {inputs.script_file} {inputs.script_args}
"""


class RawShellTask(ShellTask["Any"]):
    """A `ShellTask` in whose script `{inputs.export_env}` stands for the input `env`, as `export` commands.

    The parameters are those of `ShellTask`; it is run by `/bin/sh`, and what it writes is not captured.
    """

    def __init__(
        self,
        name: str,
        debug: bool = False,
        script: str | None = None,
        script_file: str | None = None,
        task_config: Any = None,
        inputs: Mapping[str, Any] | None = None,
        output_locs: Sequence[OutputLocation] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            name=name,
            debug=debug,
            script=script,
            script_file=script_file,
            task_config=task_config,
            inputs=inputs,
            output_locs=output_locs,
            **kwargs,
        )

    def make_export_string_from_env_dict(self, d: Mapping[str, str]) -> str:
        """The variables as `export` commands, one a line."""
        return "\n".join(f"export {name}={value}" for name, value in d.items())

    def execute(self, **kwargs: Any) -> Any:
        """Run the script.

        Raises:
            subprocess.CalledProcessError: it has failed.
        """
        if isinstance(kwargs.get("env"), dict):
            kwargs["export_env"] = self.make_export_string_from_env_dict(kwargs["env"])
        script, paths = self.prepared(kwargs)
        try:
            subprocess.check_call(script, shell=True)  # noqa: S602 what the task is for
        except subprocess.CalledProcessError as error:
            log.error(f"Failed to Execute Script, return-code {error.returncode} \n{contents()}")
            raise
        return self.collected(paths)


def get_raw_shell_task(name: str) -> RawShellTask:
    """A task that runs the script `script_file` with `script_args`, under the variables `env`.

    Its output `out` is the working directory.
    """
    location = OutputLocation(var="out", var_type=FlyteDirectory, location="{ctx.working_directory}")
    from typing import Dict  # noqa: UP035 flytekit's, whose text others may see

    inputs = {"env": Dict[str, str], "script_args": str, "script_file": str}  # noqa: UP006
    return RawShellTask(name=name, debug=True, inputs=inputs, output_locs=[location], script=_SCRIPT)
