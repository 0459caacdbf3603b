"""When a launch plan starts executions (authoring spec 1.3 and 4.10)."""

from __future__ import annotations

from wingbeat.idl.schedule import Schedule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import timedelta
    from typing import Any

__all__ = ["CronSchedule", "FixedRate", "LaunchPlanTriggerBase", "OnSchedule"]

_OFFSET = r"([-+]?)P([-+0-9YMWD]+)?(T([-+0-9HMS.,]+)?)?"


class LaunchPlanTriggerBase:
    """Base of what triggers a launch plan: anything with this method is one."""

    def to_flyte_idl(self, *args: Any, **kwargs: Any) -> Any:
        """The message of `flyteidl`."""
        raise NotImplementedError(f"{type(self).__name__} has no `to_flyte_idl`")


class CronSchedule(Schedule):
    """At the times of a cron expression. Whether it is one is checked where the launch plan is registered.

    Args:
        cron_expression: No longer accepted.
        schedule: Five fields, or an alias such as `daily`.
        offset: A duration of ISO 8601 by which the times are moved.
        kickoff_time_input_arg: The input that gets the time.

    Raises:
        AssertionError: `cron_expression` is given.
        ValueError: the offset is no duration.
    """

    def __init__(
        self,
        cron_expression: str | None = None,
        schedule: str | None = None,
        offset: str | None = None,
        kickoff_time_input_arg: Any = None,
    ) -> None:
        if cron_expression:
            raise AssertionError(
                "cron_expression is deprecated and should not be used. Use `schedule` instead. See the documentation "
                "for more information."
            )
        if offset is not None:
            import re

            if re.fullmatch(_OFFSET, offset) is None:
                raise ValueError(f"Offset is invalid. It must be an ISO 8601 duration. Provided offset: {offset}")
        cron = Schedule.CronSchedule(schedule, offset) if schedule is not None else None
        super().__init__(kickoff_time_input_arg, cron_expression=cron_expression, cron_schedule=cron)


class FixedRate(Schedule):
    """Every so many minutes, hours or days.

    Args:
        duration: How long from one to the next.
        kickoff_time_input_arg: The input that gets the time.

    Raises:
        AssertionError: the duration is not a number of minutes.
    """

    def __init__(self, duration: timedelta, kickoff_time_input_arg: Any = None) -> None:
        super().__init__(kickoff_time_input_arg, rate=self._translate_duration(duration))

    @staticmethod
    def _translate_duration(duration: timedelta) -> Schedule.FixedRate:
        """The rate in the largest unit that fits."""
        seconds = int(duration.total_seconds())
        if duration.microseconds != 0 or duration.seconds % 60 != 0:
            raise AssertionError(
                f"Granularity of less than a minute is not supported for FixedRate schedules.  Received: {duration}"
            )
        unit = Schedule.FixedRateUnit
        if seconds % 86400 == 0:
            return Schedule.FixedRate(seconds // 86400, unit.DAY)
        if seconds % 3600 == 0:
            return Schedule.FixedRate(seconds // 3600, unit.HOUR)
        return Schedule.FixedRate(seconds // 60, unit.MINUTE)


class OnSchedule(LaunchPlanTriggerBase):
    """A schedule as a trigger."""

    def __init__(self, schedule: CronSchedule | FixedRate) -> None:
        self._schedule = schedule

    def to_flyte_idl(self, *args: Any, **kwargs: Any) -> Any:
        """The schedule's message."""
        return self._schedule.to_flyte_idl()
