"""Whether flytekit's commands are wingbeat's, and what is in the way."""

from __future__ import annotations

import os

from wingbeat.installation.finding import Finding
from wingbeat.installation.folder import installed_for_one_user, version
from wingbeat.installation.script import scripts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from wingbeat.installation.script import Script

#: What stands in a command's file, in words.
STATES = {
    "wingbeat": "wingbeat's",
    "outdated": "wingbeat's, of another version or for another interpreter",
    "flytekit": "flytekit's",
    "other": "neither flytekit's nor wingbeat's",
    "missing": "not there",
}


class Report:
    """The commands of a folder. `state` is `enabled`, `undone`, `partly`, `outdated` or `disabled`."""

    __slots__ = ("flytekit", "folder", "problems", "scripts", "state")

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.flytekit = version("flytekit")
        self.scripts = scripts(folder)
        self.state = state(self.scripts)
        self.problems = [*problems(self)]

    @property
    def enabled(self) -> bool:
        """Whether wingbeat answers, and nothing is in the way."""
        return self.state == "enabled" and not self.problems


def counted(found: list[Script]) -> list[Script]:
    """The commands that must be wingbeat's: an `entrypoint.py` may be anybody's."""
    return [script for script in found if script.name != "entrypoint.py" or script.state != "other"]


def state(found: list[Script]) -> str:
    """What is true of all commands together."""
    states = {script.state for script in counted(found)}
    if states == {"wingbeat"}:
        return "enabled"
    if states <= {"wingbeat", "outdated"}:
        return "outdated"
    if any(script.has_kept and script.state in ("flytekit", "missing") for script in found):
        return "undone"
    return "partly" if states & {"wingbeat", "outdated"} else "disabled"


def problems(report: Report) -> list[Finding]:
    """Why flytekit's commands are not all answered by wingbeat."""
    enable = "wingbeat enable"
    found = []
    names = ", ".join(script.name for script in counted(report.scripts) if script.state != "wingbeat")
    strangers = [script.path for script in counted(report.scripts) if script.state == "other"]
    if strangers:
        what = f"{', '.join(strangers)}: neither flytekit's nor wingbeat's"
        found.append(Finding("commands", "problem", what, f"mv {strangers[0]} ELSEWHERE && {enable}"))
    elif report.state == "undone":
        what = "installed" if report.flytekit else "removed"
        found.append(
            Finding("commands", "problem", f"flytekit was {what} since `{enable}`, which undid it for {names}", enable)
        )
    elif report.state == "outdated":
        found.append(
            Finding(
                "commands",
                "problem",
                f"{names}: written by another version of wingbeat or for another interpreter",
                enable,
            )
        )
    elif report.state == "partly":
        found.append(Finding("commands", "problem", f"{names}: not wingbeat's, others are", enable))
    elif report.state == "disabled":
        found.append(Finding("commands", "problem", "flytekit's commands are not answered by wingbeat", enable))
    return [*found, *hindrances(report)]


def hindrances(report: Report) -> list[Finding]:
    """What keeps commands that are wingbeat's from being run."""
    from shutil import which

    found = []
    for script in report.scripts:
        if script.state != "wingbeat":
            continue
        first = which(script.name)
        if first is not None and os.path.realpath(os.path.dirname(first)) != os.path.realpath(report.folder):
            what = f"PATH leads to {first} before {script.path}"
            found.append(
                Finding(
                    "commands", "problem", what, f'export PATH="{report.folder}:$PATH" (in a Dockerfile: ENV PATH=…)'
                )
            )
            break
    if report.state == "enabled" and installed_for_one_user():
        what = "wingbeat is installed for this user only: for others flytekit runs"
        found.append(Finding("commands", "problem", what, "pip install wingbeat, without --user"))
    return found
