"""How many executions of a launch plan may run at once (authoring spec 4.10)."""

from __future__ import annotations

from wingbeat.idl.model import Model, field

__all__ = ["ConcurrencyLimitBehavior", "ConcurrencyPolicy"]


class ConcurrencyLimitBehavior:
    """What happens to an execution too many."""

    SKIP = 1

    @classmethod
    def enum_to_string(cls, val: int) -> str:
        """The name of a number."""
        return "SKIP" if val == cls.SKIP else "<UNKNOWN>"


class ConcurrencyPolicy(Model, proto="launch_plan_pb2.ConcurrencyPolicy", package="admin"):
    """How many, and what happens to one too many; by default it is skipped."""

    max_concurrency: int = field(proto="max")
    behavior: int | None = field(
        default=None, adapt=lambda value: ConcurrencyLimitBehavior.SKIP if value is None else value
    )
