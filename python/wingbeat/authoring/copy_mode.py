"""Which source files are copied into an image or a bundle."""

from __future__ import annotations

from enum import Enum


class CopyFileDetection(Enum):
    """Those of the modules that are loaded, all, or none."""

    LOADED_MODULES = 1
    ALL = 2
    NO_COPY = 3
