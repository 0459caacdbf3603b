"""The process that a module is imported in to be checked. Arguments: a file descriptor for the answer, the module."""

from __future__ import annotations

import sys

from wingbeat.checking import report, tasks
from wingbeat.installation import probe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def main() -> None:
    """Check, then answer."""
    descriptor, module = sys.argv[1:]
    sys.path.pop(0)  # what `python -c` begins it with
    probe.prepare(hook=True)
    probe.end(descriptor, check(module))


def check(name: str) -> dict[str, Any]:
    """The report on a module."""
    found: dict[str, Any] = {
        "module": name,
        "verdict": "wingbeat",
        "reasons": [],
        "error": None,
        "obstacle": None,
        "tasks": [],
        "submodules": [],
    }
    failed = probe.attempt(name)
    if failed is not None and failed["name"]:
        found["verdict"] = "flytekit"
        found["reasons"].append({key: failed[key] or None for key in ("name", "file", "line", "reason")})
        found["reasons"][0]["when"] = "always"
        report.hinder(found, tasks.why_not_flytekit())
    elif failed is not None:
        report.fail(found, f"it cannot be imported: {failed['what']}")
    module = sys.modules.get(name)
    if module is None or failed is not None:
        return found
    package = name.partition(".")[0]
    found["tasks"] = [tasks.check(task, variable, package) for variable, task in tasks.find(module)]
    found["verdict"] = report.worst([task["verdict"] for task in found["tasks"]])
    found["submodules"] = submodules(module)
    return found


def submodules(package: Any) -> list[str]:
    """The modules directly below a package, none of them imported for it."""
    import pkgutil

    paths = getattr(package, "__path__", None)
    names = [] if paths is None else sorted(info.name for info in pkgutil.iter_modules(paths))
    return [f"{package.__name__}.{name}" for name in names if name != "__main__"]
