"""The tasks of a module that has been imported, and what would become of each."""

from __future__ import annotations

from types import FunctionType

from wingbeat.checking import report, uses
from wingbeat.exceptions import NotCovered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import ModuleType
    from typing import Any

#: The methods of a task's class that a run calls.
_CALLED = ("pre_execute", "execute", "post_execute", "dispatch_execute")


def find(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """The tasks that a container finds in the module, by the name of the variable.

    Tasks of other modules that this one imports are theirs. Tasks without a container of Python's (a `ContainerTask`, a
    reference) are nobody's that wingbeat could run.
    """
    from wingbeat.authoring.auto_container_task import PythonAutoContainerTask
    from wingbeat.authoring.base_task import PythonTask
    from wingbeat.runtime.loading import TASK

    seen = set()
    for name, value in list(vars(module).items()):
        cls = type(value)
        if isinstance(value, type) or id(value) in seen or not all(hasattr(cls, needed) for needed in TASK):
            continue
        if isinstance(value, PythonTask) and not isinstance(value, PythonAutoContainerTask):
            continue
        if home(value) in (None, module.__name__):
            seen.add(id(value))
            yield name, value


def home(task: Any) -> str | None:
    """The module in which a task is found, None if it does not say."""
    function = getattr(task, "task_function", None)
    found = getattr(function, "__module__", None) or getattr(task, "instantiated_in", None)
    return found if isinstance(found, str) else None


def check(task: Any, variable: str, package: str) -> dict[str, Any]:
    """The report on one task."""
    found = report.task(variable)
    reasons = found["reasons"]
    reasons += [report.reason(missing, when="always") for missing in never_covered(task)]
    try:
        interface = task.python_interface
    except NotCovered as missing:
        reasons.append(report.reason(missing, when="always"))
    except Exception as error:  # noqa: BLE001 what annotations raise when they are read is the answer
        report.fail(found, f"{type(error).__name__}: {error}")
    else:
        found["inputs"] = [*variables(interface.inputs, found)]
        found["outputs"] = [*variables(interface.outputs, found)]
    reasons += [report.reason(missing, when="reached") for missing in uses.find([*functions(task)], package)]
    if reasons and not found["error"]:
        found["verdict"] = "flytekit"
        report.hinder(found, why_not_flytekit(task))
    return found


def never_covered(task: Any) -> Iterator[NotCovered]:
    """Kinds of tasks that flytekit has to run."""
    mode = getattr(getattr(task, "execution_mode", None), "name", "")
    if mode in ("DYNAMIC", "EAGER"):
        code = getattr(getattr(task, "task_function", None), "__code__", None)
        why = "it makes a graph of tasks" if mode == "DYNAMIC" else "it starts executions of its own"
        place = ("", 0) if code is None else (code.co_filename, code.co_firstlineno)
        yield NotCovered(f"flytekit.{mode.lower()}", why, *place)


def variables(hints: Mapping[str, Any], found: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """How each variable is converted: `by` is `rust`, `python`, or `both` where Python takes part in values of Rust."""
    from wingbeat.checking.conversion import python_parts
    from wingbeat.types import hints as spelling
    from wingbeat.types import schema
    from wingbeat.types.describe import describe

    for name, hint in hints.items():
        one: dict[str, Any] = {"name": name, "type": spelling.name(hint), "by": None, "python": []}
        try:
            node = describe(hint)
        except NotCovered as missing:
            found["reasons"].append(report.reason(missing, when="always"))
        except Exception as error:  # noqa: BLE001 a type that nobody converts, or what a class raises when it is looked at
            report.fail(found, f"{name}: {error}")
        else:
            one["python"] = python_parts(node)
            alone = isinstance(node, (schema.Callback, schema.Blob))
            one["by"] = "python" if alone else "both" if one["python"] else "rust"
        yield one


def functions(task: Any) -> Iterator[FunctionType]:
    """What of the user's runs when the task does."""
    yield from uses.functions_of(getattr(task, "task_function", None))
    for name in _CALLED:
        method = getattr(type(task), name, None)
        if isinstance(method, FunctionType):
            yield method


def why_not_flytekit(task: Any = None) -> str | None:
    """Why flytekit cannot take over; None if it can."""
    from wingbeat.flytekit_compat import fallback

    return fallback.obstacle(task)
