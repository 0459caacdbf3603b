"""The error of the mode `strict`."""

from __future__ import annotations


class NotAccelerated(TypeError):  # noqa: N818
    """flytekit would have to convert a value itself, which the mode `strict` forbids."""

    def __init__(self, role: str, name: str, reason: str) -> None:
        what = f"{role} {name!r}" if name else role
        super().__init__(f"{what} is not accelerated: {reason}; WINGBEAT_ACCELERATE=on leaves it to flytekit")
