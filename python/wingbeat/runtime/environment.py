"""What the engine says through environment variables (runtime contract 3.1)."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

#: What each part of an identifier is read from: the first name that is present counts, even if it is empty.
EXECUTION = {
    "project": ("FLYTE_INTERNAL_EXECUTION_PROJECT", "_F_PRJ"),
    "domain": ("FLYTE_INTERNAL_EXECUTION_DOMAIN", "_F_DM"),
    "name": ("FLYTE_INTERNAL_EXECUTION_ID", "_F_NM"),
}
TASK = {
    "project": ("FLYTE_INTERNAL_TASK_PROJECT", "_F_TK_PRJ"),
    "domain": ("FLYTE_INTERNAL_TASK_DOMAIN", "_F_TK_DM"),
    "name": ("FLYTE_INTERNAL_TASK_NAME", "_F_TK_NM"),
    "version": ("FLYTE_INTERNAL_TASK_VERSION", "_F_TK_V"),
}
WORKFLOW = ("FLYTE_INTERNAL_EXECUTION_WORKFLOW", "_F_WF")
LAUNCH_PLAN = ("FLYTE_INTERNAL_EXECUTION_LAUNCHPLAN", "_F_LP")
ERROR_STRATEGY = ("FLYTE_INTERNAL_DIST_ERROR_STRATEGY", "_F_DES")
WORKER = ("FLYTE_INTERNAL_WORKER_NAME", "_F_WN")


def first_of(names: tuple[str, ...]) -> str:
    """The value of the first variable that is present, else the empty text."""
    for name in names:
        value = os.environ.get(name)
        if value is not None:
            return value
    return ""


def identifier(parts: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The parts of an identifier; what nobody says is empty."""
    return {part: first_of(names) for part, names in parts.items()}


def upload_metadata() -> dict[str, str]:
    """What uploads are to say of the execution they come from; nothing if that is turned off (runtime contract 3.3)."""
    from wingbeat import configuration

    if not configuration.flag("persistence", "attach_execution_metadata", True):
        return {}
    notes = {**EXECUTION, "workflow": WORKFLOW, "launchplan": LAUNCH_PLAN}
    return {f"flyte-execution-{name}": first_of(names) for name, names in notes.items()}


def in_execution() -> bool:
    """Whether the engine started this process; only the long name counts."""
    return "FLYTE_INTERNAL_EXECUTION_ID" in os.environ


def attempt() -> int:
    """Which attempt of the task this is, from 0."""
    text = os.environ.get("FLYTE_ATTEMPT_NUMBER", "")
    return int(text) if text.isdecimal() else 0


def runtime_packages() -> str:
    """What is to be installed before the task is looked for (runtime contract 11)."""
    return os.environ.get("_F_RUNTIME_PACKAGES", "")


def fail_on_error() -> bool:
    """Whether a failure that was reported also has to show in the exit status."""
    return os.environ.get("FLYTE_FAIL_ON_ERROR", "").lower() in ("true", "t", "1")


def retry_storage() -> bool:
    """Whether Flyte shall try a task again that a store has failed."""
    return os.environ.get("WINGBEAT_RETRY_STORAGE", "").lower() in ("true", "t", "1")


def flytekit() -> str:
    """Who runs what wingbeat does not cover: `auto` (flytekit), `wingbeat` (nobody), `flytekit` (it runs everything).

    `WINGBEAT_FLYTEKIT` says so; what it says else is left to `check_flytekit`.
    """
    return os.environ.get("WINGBEAT_FLYTEKIT", "").strip().lower() or "auto"


def check_flytekit() -> None:
    """Raises ValueError for a setting that there is not."""
    found = flytekit()
    if found not in ("auto", "wingbeat", "flytekit"):
        raise ValueError(f"WINGBEAT_FLYTEKIT is {found!r}; it may be 'auto', 'wingbeat' or 'flytekit'")


def distributed_worker() -> str | None:
    """The name of this worker of a distributed job, maybe empty; None in any other task."""
    return first_of(WORKER) if first_of(ERROR_STRATEGY) else None
