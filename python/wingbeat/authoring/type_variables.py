"""The type variables that flytekit's modules have, for code that imports them from there."""

from __future__ import annotations

from typing import ParamSpec, TypeVar

__all__ = ["FuncOut", "P", "T"]

T = TypeVar("T")
P = ParamSpec("P")
FuncOut = TypeVar("FuncOut")
