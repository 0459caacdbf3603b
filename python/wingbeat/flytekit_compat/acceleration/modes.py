"""What WINGBEAT_ACCELERATE may say, and the mode of this process."""

from __future__ import annotations

import os

OFF, ON, STRICT, COMPARE = "off", "on", "strict", "compare"
MODES = (OFF, ON, STRICT, COMPARE)
VARIABLE = "WINGBEAT_ACCELERATE"

#: The mode in effect. Whatever stands in for a function of flytekit passes everything on while it is `off`.
current = OFF


def of_environment() -> str:
    """The mode that the environment asks for. If there is no such mode, a warning is logged and it is `off`."""
    try:
        return checked(os.environ.get(VARIABLE, "").strip().lower() or ON, VARIABLE)
    except ValueError as error:
        from wingbeat.runtime import log

        log.warning(f"{error}; flytekit converts all values itself")
        return OFF


def checked(mode: str, source: str) -> str:
    """The same mode. Raises `ValueError`, naming the source, if there is no such mode."""
    if mode not in MODES:
        raise ValueError(f"{source}: expected one of {', '.join(MODES)}, got {mode!r}")
    return mode
