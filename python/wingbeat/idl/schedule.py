"""The messages of `flyteidl/admin/schedule.proto`: when a launch plan starts executions."""

from __future__ import annotations

from wingbeat.idl.model import Model, field


class Schedule(Model, proto="schedule_pb2.Schedule", package="admin"):
    """When. One of the last three fields is set."""

    class FixedRateUnit:
        """What a rate counts."""

        MINUTE = 0
        HOUR = 1
        DAY = 2

        @classmethod
        def enum_to_string(cls, int_value: int) -> str:
            """The name of a number; the number itself if there is none."""
            return next((name for name in ("MINUTE", "HOUR", "DAY") if getattr(cls, name) == int_value), str(int_value))

    class FixedRate(Model, proto="schedule_pb2.FixedRate", package="admin"):
        """Every so many units."""

        value: int
        unit: int

    class CronSchedule(Model, proto="schedule_pb2.CronSchedule", package="admin"):
        """At the times of a cron expression, or of an alias such as `daily`."""

        schedule: str | None = field(empty_is_none=True)
        offset: str | None = field(empty_is_none=True)

    kickoff_time_input_arg: str
    cron_expression: str | None = None
    rate: Schedule.FixedRate | None = None
    cron_schedule: Schedule.CronSchedule | None = None

    @property
    def schedule_expression(self) -> object:
        """The field that is set."""
        return self.cron_expression or self.rate or self.cron_schedule
