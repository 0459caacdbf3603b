"""One run of a task in one of the modules of `modules/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from tests.literals import Literal, LiteralMap

DEFAULT_RESOLVER = "flytekit.core.python_auto_container.default_task_resolver"
MAP_RESOLVER = "flytekit.core.array_node_map_task.ArrayNodeMapTaskResolver"
#: What the engine would say, for every case.
ENVIRONMENT = {
    "FLYTE_INTERNAL_EXECUTION_ID": "execution1",
    "FLYTE_INTERNAL_EXECUTION_PROJECT": "project1",
    "FLYTE_INTERNAL_EXECUTION_DOMAIN": "development",
    "FLYTE_INTERNAL_TASK_PROJECT": "project1",
    "FLYTE_INTERNAL_TASK_DOMAIN": "development",
    "FLYTE_INTERNAL_TASK_NAME": "task1",
    "FLYTE_INTERNAL_TASK_VERSION": "v1",
    "FLYTE_SDK_RICH_TRACEBACKS": "0",
}


@dataclass(frozen=True)
class Case:
    """A task and what it is given.

    `values` is the source of keyword arguments over the module's names and `folder`, which flytekit makes the inputs
    of; `literals` are inputs as they are on the wire; `takes` are outputs of the case `after`, which runs before in the
    same folder. Of a map task the element `index` is run. `uncovered` is the name that makes wingbeat hand over to
    flytekit. What is in files whose names end as in `changing` depends on the moment.
    """

    values: str = ""
    literals: Mapping[str, Literal] = field(default_factory=dict)
    after: str = ""
    takes: Mapping[str, str] = field(default_factory=dict)
    inputs: bytes | None = None
    env: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    index: int | None = None
    bound: str = ""
    resolver: str = DEFAULT_RESOLVER
    loader: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    uncovered: str = ""
    changing: tuple[str, ...] = ()
    module: str = ""
    name: str = ""

    @property
    def id(self) -> str:
        return f"{self.module}: {self.name}"

    @property
    def task(self) -> str:
        return self.name.partition(" ")[0]

    @property
    def program(self) -> str:
        return "execute" if self.index is None else "map-execute"

    @property
    def environment(self) -> dict[str, str]:
        element = (
            {} if self.index is None else {"BATCH_JOB_ARRAY_INDEX_VAR_NAME": "ELEMENT", "ELEMENT": str(self.index)}
        )
        return {**ENVIRONMENT, **element, **self.env}

    @property
    def arguments(self) -> list[str]:
        places = ["--inputs", "inputs.pb", "--output-prefix", "out", "--raw-output-data-prefix", "raw"]
        inner = self.loader or ("task-module", self.module, "task-name", self.task)
        if self.index is None:
            return [*places, *self.options, "--resolver", self.resolver, "--", *inner]
        outer = ["--resolver", MAP_RESOLVER, "--", "vars", self.bound, "resolver", self.resolver]
        return [*places, *self.options, *outer, *inner]

    def given(self) -> LiteralMap:
        return LiteralMap(literals=dict(self.literals))


def of(module: str, cases: Mapping[str, str | Case]) -> dict[str, Case]:
    """The cases of a module. Each is called as its task, with a word on what is special about it."""
    found = ((name, Case(case) if isinstance(case, str) else case) for name, case in cases.items())
    return {name: replace(case, module=module, name=name) for name, case in found}
