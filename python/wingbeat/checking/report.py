"""What a check says, as plain values that go from the process of a module to the command."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from wingbeat.exceptions import NotCovered

#: The verdicts on a task and on a module, the best first: it runs on wingbeat; flytekit takes over, always or when a
#: line is reached; it fails, because flytekit cannot take over, or under flytekit too.
VERDICTS = ("wingbeat", "flytekit", "fails")


def worst(verdicts: list[str]) -> str:
    """The verdict on all of them together."""
    return max(verdicts, key=VERDICTS.index, default=VERDICTS[0])


def reason(missing: NotCovered, *, when: str) -> dict[str, Any]:
    """Why flytekit is needed: what is not covered and where; `when` is `always` or `reached`."""
    return {
        "name": missing.name,
        "file": missing.file or None,
        "line": missing.line or None,
        "reason": missing.reason,
        "when": when,
    }


def task(name: str) -> dict[str, Any]:
    """A task of which nothing is known yet."""
    return {
        "name": name,
        "verdict": VERDICTS[0],
        "reasons": [],
        "error": None,
        "obstacle": None,
        "inputs": [],
        "outputs": [],
    }


def fail(found: dict[str, Any], error: str) -> None:
    """Note that a task or module fails."""
    found["verdict"] = "fails"
    found["error"] = found["error"] or error


def hinder(found: dict[str, Any], obstacle: str | None) -> None:
    """Note why flytekit, which is needed, cannot take over; None if it can."""
    if obstacle is not None:
        found["verdict"] = "fails"
        found["obstacle"] = obstacle
