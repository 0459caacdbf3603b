"""Names of cases that are the same in every process, so that several can share the tests out."""

from __future__ import annotations

import re


def label(value: object) -> str:
    """The `repr` of a value, without where in memory it lies."""
    return re.sub(r" at 0x[0-9a-f]+", "", repr(value))
