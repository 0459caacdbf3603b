"""Results of elements, made up."""

from __future__ import annotations

from wingbeat.runtime.many.result import Result


def well(index: int, seconds: float = 0.001, **phases: float) -> Result:
    return Result(index, True, False, "", False, "", "", seconds, phases or {"execute": seconds})


def failed(index: int, reason: str = "ValueError: no", kind: str = "USER", recoverable: bool = False) -> Result:
    code = "USER:RuntimeError" if kind == "USER" else "SYSTEM"
    return Result(index, False, False, kind, recoverable, code, reason, 0.002, {"execute": 0.002})


def ignored(index: int) -> Result:
    return Result(index, False, True, "", False, "", "", 0.001, {})
