"""Whether what is installed goes together, and whether the user's modules can be imported."""

from __future__ import annotations

from wingbeat.installation.finding import Finding
from wingbeat.installation.folder import version

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from wingbeat.installation.imports import Measured


def find() -> Iterator[Finding]:
    """Whether flytekit is there to take over what wingbeat does not cover."""
    found = version("flytekit")
    if found is None:
        what = "flytekit is not installed: a task that wingbeat does not cover fails"
        yield Finding("flytekit", "note", what, "pip install flytekit, if `wingbeat check` says that it is needed")
    else:
        yield Finding("flytekit", "ok", f"flytekit {found} takes over what wingbeat does not cover")


def find_failures(measured: Measured) -> Iterator[Finding]:
    """What the user's modules raised while they were imported."""
    for module, error in measured.errors.items():
        if error["name"]:
            what = f"{module}: {error['what']}; flytekit takes over for all of its tasks"
            yield Finding("imports", "problem", what, f"wingbeat check {module}")
        else:
            what = f"{module} cannot be imported: {error['what']}"
            yield Finding("imports", "problem", what, f"python -c 'import {module}'")
