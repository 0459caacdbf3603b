"""What is sent when an execution ends (authoring spec 1.3)."""

from __future__ import annotations

from wingbeat.idl import common
from wingbeat.idl.execution import WorkflowExecutionPhase

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar

__all__ = ["Email", "Notification", "PagerDuty", "Slack"]


class Notification(common.Notification):
    """A notification of a launch plan.

    Args:
        phases: The phases of which it tells, of `WorkflowExecutionPhase`: those in which an execution ends.
        email, pager_duty, slack: Who is told; one of the three.

    Raises:
        AssertionError: there is no phase, or one in which no execution ends.
    """

    VALID_PHASES: ClassVar[set[int]] = {
        WorkflowExecutionPhase.ABORTED,
        WorkflowExecutionPhase.FAILED,
        WorkflowExecutionPhase.SUCCEEDED,
        WorkflowExecutionPhase.TIMED_OUT,
    }

    def __init__(self, phases: list[int], email: Any = None, pager_duty: Any = None, slack: Any = None) -> None:
        if len(phases) == 0:
            raise AssertionError("You must specify at least one phase for a notification.")
        for phase in phases:
            if phase not in self.VALID_PHASES:
                raise AssertionError(f"Invalid phase: {phase}. only terminal states are permitted for notifications")
        super().__init__(phases, email=email, pager_duty=pager_duty, slack=slack)


class PagerDuty(Notification):
    """An e-mail to PagerDuty."""

    def __init__(self, phases: list[int], recipients_email: list[str]) -> None:
        super().__init__(phases, pager_duty=common.PagerDutyNotification(recipients_email))


class Email(Notification):
    """An e-mail."""

    def __init__(self, phases: list[int], recipients_email: list[str]) -> None:
        super().__init__(phases, email=common.EmailNotification(recipients_email))


class Slack(Notification):
    """An e-mail to Slack."""

    def __init__(self, phases: list[int], recipients_email: list[str]) -> None:
        super().__init__(phases, slack=common.SlackNotification(recipients_email))
