"""The process that imports the user's modules as a task's container does, and says what that loaded.

Arguments: a file descriptor for the answer, `wingbeat` or `flytekit` (who answers `import flytekit`), the modules.
"""

from __future__ import annotations

import json
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn


def main() -> None:
    """Import, then answer. What a module raises is a part of the answer."""
    descriptor, side, *modules = sys.argv[1:]
    sys.path.pop(0)  # what `python -c` begins it with
    prepare(hook=side == "wingbeat")
    errors = {}
    for module in modules:
        error = attempt(module)
        if error is not None:
            errors[module] = error
    import resource

    files = {name: getattr(module, "__file__", None) for name, module in list(sys.modules.items())}
    answer = {
        "errors": errors,
        "files": {name: file for name, file in files.items() if isinstance(file, str)},
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }
    end(descriptor, answer)


def end(descriptor: str, answer: Any) -> NoReturn:
    """Answer and be gone: threads that a module has started, and what it does at exit, are none of the question."""
    with open(int(descriptor), "w", encoding="utf-8") as file:
        json.dump(answer, file)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, OSError, ValueError):  # the module has taken it away
            continue
    os._exit(0)


def prepare(*, hook: bool) -> None:
    """The search path of a task, and wingbeat behind flytekit's names."""
    from wingbeat.runtime import loading

    loading.extend_path()
    if hook:
        loading.hook_flytekit()


def attempt(module: str) -> dict[str, Any] | None:
    """Import a module; the result is what it raised, in words and, if something is not covered, what and where."""
    from wingbeat.exceptions import NotCovered, first_not_covered, forget_not_covered

    forget_not_covered()
    raised: BaseException | None = None
    try:
        __import__(module)
    except BaseException as error:  # noqa: BLE001 `sys.exit` in a module is an answer too
        raised = error
    first = first_not_covered() or (raised if isinstance(raised, NotCovered) else None)
    if first is not None:
        return {"what": str(first), "name": first.name, "file": first.file, "line": first.line, "reason": first.reason}
    if raised is None:
        return None
    return {"what": f"{type(raised).__name__}: {raised}"[:1000], "name": None}
