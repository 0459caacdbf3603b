"""Whether what is installed goes together, and whether the user's modules can be imported."""

from __future__ import annotations

import os

from wingbeat.installation.finding import Finding
from wingbeat.installation.folder import version

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from wingbeat.installation.imports import Measured

#: Variable -> what a value of it does that makes tasks slow.
SETTINGS = {
    "WINGBEAT_FLYTEKIT": {"flytekit": "flytekit runs all tasks"},
    "WINGBEAT_ACCELERATE": {
        "off": "what flytekit takes over is not accelerated",
        "compare": "what flytekit takes over is converted twice",
    },
}


def find() -> Iterator[Finding]:
    """Whether flytekit is there to take over what wingbeat does not cover, and what the settings say."""
    from wingbeat.flytekit_compat.acceleration.versions import TESTED

    found = version("flytekit")
    if found is None:
        what = "flytekit is not installed: a task that wingbeat does not cover fails"
        yield Finding("flytekit", "note", what, "pip install flytekit, if `wingbeat check` says that it is needed")
    elif found not in TESTED:
        what = f"flytekit {found} takes over what wingbeat does not cover; it is not accelerated, only {TESTED[-1]} is"
        yield Finding("flytekit", "note", what, f"pip install flytekit=={TESTED[-1]}")
    else:
        yield Finding("flytekit", "ok", f"flytekit {found} takes over what wingbeat does not cover")
    for variable, slow in SETTINGS.items():
        value = os.environ.get(variable, "")
        if value in slow:
            yield Finding("settings", "problem", f"{variable}={value}: {slow[value]}", f"unset {variable}")


def find_failures(measured: Measured) -> Iterator[Finding]:
    """What the user's modules raised while they were imported."""
    for module, error in measured.errors.items():
        if error["name"]:
            what = f"{module}: {error['what']}; flytekit takes over for all of its tasks"
            yield Finding("imports", "problem", what, f"wingbeat check {module}")
        else:
            what = f"{module} cannot be imported: {error['what']}"
            yield Finding("imports", "problem", what, f"python -c 'import {module}'")
