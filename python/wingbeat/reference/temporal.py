"""Instants and durations: protobuf's seconds and nanoseconds, Python's microseconds (type-system spec 1.2, 2.3)."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from google.protobuf import duration_pb2, timestamp_pb2

from wingbeat.reference.place import mismatch, refusal

if TYPE_CHECKING:
    from wingbeat.reference.place import Place

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
_MIN_SECONDS = -62135596800
_MAX_SECONDS = 253402300799


def instant(stamp: timestamp_pb2.Timestamp, place: Place) -> datetime.datetime:
    """An aware UTC datetime; nanoseconds below a microsecond are dropped."""
    if not (_MIN_SECONDS <= stamp.seconds <= _MAX_SECONDS and 0 <= stamp.nanos <= 999_999_999):
        raise mismatch(
            place, "a datetime from year 1 to 9999", f"datetime of {stamp.seconds} seconds and {stamp.nanos} nanos"
        )
    return _EPOCH + datetime.timedelta(seconds=stamp.seconds, microseconds=stamp.nanos // 1000)


def timestamp(value: datetime.datetime, place: Place) -> timestamp_pb2.Timestamp:
    """A naive value is UTC whatever the process's time zone."""
    try:
        offset = value.utcoffset()
        naive = value.replace(tzinfo=None) - (offset or datetime.timedelta(0))
    except OverflowError:
        raise refusal(place, "the datetime is outside year 1 to 9999 in UTC") from None
    microseconds = (naive - _EPOCH.replace(tzinfo=None)) // datetime.timedelta(microseconds=1)
    seconds, rest = divmod(microseconds, 1_000_000)
    return timestamp_pb2.Timestamp(seconds=seconds, nanos=rest * 1000)


def midnight(value: datetime.date, place: Place) -> timestamp_pb2.Timestamp:
    return timestamp(datetime.datetime(value.year, value.month, value.day, tzinfo=datetime.timezone.utc), place)


def span(duration: duration_pb2.Duration, place: Place) -> datetime.timedelta:
    """Nanoseconds are truncated towards zero, on either side of it."""
    microseconds = abs(duration.nanos) // 1000 * (1 if duration.nanos >= 0 else -1)
    try:
        return datetime.timedelta(seconds=duration.seconds, microseconds=microseconds)
    except OverflowError:
        raise mismatch(place, "a duration within timedelta", f"duration of {duration.seconds} seconds") from None


def duration(value: datetime.timedelta) -> duration_pb2.Duration:
    """Seconds and nanoseconds have the same sign."""
    microseconds = value // datetime.timedelta(microseconds=1)
    seconds, rest = divmod(abs(microseconds), 1_000_000)
    sign = 1 if microseconds >= 0 else -1
    return duration_pb2.Duration(seconds=sign * seconds, nanos=sign * rest * 1000)


def seconds(value: float, place: Place, got: str) -> datetime.timedelta:
    """A number of seconds."""
    try:
        return datetime.timedelta(seconds=value)
    except (OverflowError, ValueError):  # too many days; not a number
        raise mismatch(place, "a number of seconds within timedelta", got) from None


def parse(
    cls: type[datetime.datetime | datetime.date | datetime.time], text: str, place: Place, got: str
) -> datetime.datetime | datetime.date | datetime.time:
    """ISO 8601 by the rules of Python 3.11, where `Z` and basic formats are accepted."""
    try:
        return cls.fromisoformat(text)
    except ValueError:
        raise mismatch(place, f"{cls.__name__} in ISO 8601", got) from None
