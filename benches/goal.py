"""A bound for a ratio, and what the table says of it."""

from __future__ import annotations

from typing import NamedTuple

MB = 1e6
MISSED = "**missed**"


class Goal(NamedTuple):
    """A bound for a ratio, from below or from above."""

    sign: str
    bound: float

    def judge(self, value: float) -> str:
        """Whether the goal is reached, in words for the table."""
        reached = value >= self.bound if self.sign == "≥" else value <= self.bound
        return f"goal {self.sign} {self.bound:g}: {'pass' if reached else MISSED}"


def against(value: float, goal: Goal | None) -> str:
    """A ratio, and its goal if there is one."""
    text = f"{value:,.0f}×" if value >= 20 else f"{value:.2f}×"
    return f"{text} ({goal.judge(value)})" if goal else text
