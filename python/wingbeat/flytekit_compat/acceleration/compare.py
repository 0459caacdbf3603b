"""The mode `compare`: where what flytekit and wingbeat made of the same differs."""

from __future__ import annotations

import dataclasses
import math

from flyteidl.core import literals_pb2

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: How many differences a process remembers.
_LIMIT = 1000


class Difference:
    """`subject` says of what, `path` where in it; `flytekit` and `wingbeat` say of what kind each one's is."""

    __slots__ = ("flytekit", "path", "subject", "wingbeat")

    def __init__(self, subject: str, path: str, flytekit: str, wingbeat: str) -> None:
        self.subject = subject
        self.path = path
        self.flytekit = flytekit
        self.wingbeat = wingbeat

    def __str__(self) -> str:
        place = f"{self.subject}{' at ' if self.path else ''}{self.path}"
        return f"{place}: flytekit has {self.flytekit}, wingbeat {self.wingbeat}"


#: The differences of this process so far, the first ones.
found: list[Difference] = []


def report(difference: Difference) -> None:
    """Remember a difference, and log it. Values may be secret: they are not logged."""
    from wingbeat.runtime import log

    if len(found) < _LIMIT:
        found.append(difference)
    log.error(f"acceleration differs: {difference}")


def values(subject: str, theirs: Any, ours: Any) -> None:
    """Report where two values differ, in their classes too."""
    difference = _between(theirs, ours, "")
    if difference is not None:
        report(Difference(subject, *difference))


def literals(subject: str, theirs: Any, ours: bytes) -> None:
    """Report that two literals differ, maps in whatever order."""
    expected = theirs.to_flyte_idl().SerializeToString(deterministic=True)
    got = literals_pb2.Literal.FromString(ours).SerializeToString(deterministic=True)
    if expected != got:
        sizes = (f"a literal of {len(one)} bytes" for one in (expected, got))
        report(Difference(subject, "", *sizes))


def _between(theirs: Any, ours: Any, path: str) -> tuple[str, str, str] | None:
    """The first place where two values differ, and what there is of each."""
    if type(theirs) is not type(ours):
        return path, _class(theirs), _class(ours)
    if isinstance(theirs, list):
        if len(theirs) != len(ours):
            return path, f"{len(theirs)} elements", f"{len(ours)} elements"
        parts = ((a, b, f"{path}[{index}]") for index, (a, b) in enumerate(zip(theirs, ours, strict=True)))
    elif isinstance(theirs, dict):
        if theirs.keys() != ours.keys():
            return path, f"{len(theirs)} keys", f"{len(ours)} keys, of which some are others"
        parts = ((value, ours[key], f"{path}[{key!r}]") for key, value in theirs.items())
    elif dataclasses.is_dataclass(theirs):
        names = (field.name for field in dataclasses.fields(theirs))
        parts = ((getattr(theirs, name), getattr(ours, name), f"{path}.{name}") for name in names)
    elif hasattr(theirs, "model_fields_set"):
        if theirs.model_fields_set != ours.model_fields_set:
            return path, "some fields set", "others"
        return _between(vars(theirs), vars(ours), path)
    elif isinstance(theirs, float):
        same = theirs == ours and math.copysign(1, theirs) == math.copysign(1, ours)
        return None if same or (math.isnan(theirs) and math.isnan(ours)) else (path, "a float", "another")
    else:
        return None if theirs == ours else (path, f"a value of {_class(theirs)}", "another")
    return next((one for a, b, place in parts if (one := _between(a, b, place)) is not None), None)


def _class(value: Any) -> str:
    cls = type(value)
    return cls.__qualname__ if cls.__module__ == "builtins" else f"{cls.__module__}.{cls.__qualname__}"
