"""datetime, date, timedelta (type-system spec 1.2, 2.3, 4.3, rows 19-28 of 8.2)."""

from __future__ import annotations

import datetime as dt
import zoneinfo

import pytest

from tests import literals as l
from wingbeat.errors import TypeTransformerFailedError

UTC = dt.timezone.utc
NEW_YORK = zoneinfo.ZoneInfo("America/New_York")
US = dt.timedelta(microseconds=1)


class Moment(dt.datetime):
    """A subclass, as pandas has one."""


@pytest.mark.parametrize(
    ("value", "seconds", "nanos"),
    [
        (dt.datetime(2020, 7, 1, 12), 1593604800, 0),
        (dt.datetime(2020, 7, 1, 12, tzinfo=NEW_YORK), 1593619200, 0),
        (dt.datetime(2020, 11, 1, 1, 30, tzinfo=NEW_YORK), 1604208600, 0),
        (dt.datetime(2020, 11, 1, 1, 30, tzinfo=NEW_YORK, fold=1), 1604212200, 0),
        (dt.datetime(2020, 7, 1, 12, tzinfo=dt.timezone(dt.timedelta(hours=5, minutes=30))), 1593585000, 0),
        (dt.datetime(1969, 12, 31, 23, 59, 59, 500000, tzinfo=UTC), -1, 500_000_000),
        (dt.datetime(1, 1, 1, tzinfo=UTC), -62135596800, 0),
        (dt.datetime.min, -62135596800, 0),
        (dt.datetime.max, 253402300799, 999_999_000),
    ],
    ids=str,
)
def test_datetime_written(codecs, value, seconds, nanos, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")  # a naive value is UTC all the same
    stamp = l.Literal.FromString(codecs.encode(dt.datetime, value)).scalar.primitive.datetime
    assert (stamp.seconds, stamp.nanos) == (seconds, nanos)


@pytest.mark.parametrize(
    "value",
    [
        dt.datetime(1, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=5))),
        dt.datetime(9999, 12, 31, 23, tzinfo=dt.timezone(dt.timedelta(hours=-5))),
        dt.date(2020, 1, 2),
        Moment(2020, 1, 2),
        "2020-01-02T00:00:00",
        0,
        None,
    ],
    ids=repr,
)
def test_datetime_refused(codecs, value):
    with pytest.raises(TypeTransformerFailedError):
        codecs.encode(dt.datetime, value)


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        (l.datetime(0), dt.datetime(1970, 1, 1, tzinfo=UTC)),
        (l.datetime(0, 1999), dt.datetime(1970, 1, 1, 0, 0, 0, 1, tzinfo=UTC)),
        (l.datetime(-1, 999_999_999), dt.datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)),
        (l.datetime(-62135596800), dt.datetime(1, 1, 1, tzinfo=UTC)),
        (l.datetime(253402300799, 999_999_999), dt.datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)),
        (l.datetime(951782400), dt.datetime(2000, 2, 29, tzinfo=UTC)),
        (l.string("2020-01-02T03:04:05Z"), dt.datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)),
        (l.string("2020-01-02T03:04:05.678901+00:00"), dt.datetime(2020, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)),
        (l.string("2020-01-02T03:04:05"), dt.datetime(2020, 1, 2, 3, 4, 5)),
        (l.binary("2020-01-02T03:04:05"), dt.datetime(2020, 1, 2, 3, 4, 5)),
        (l.binary("2020-01-02 03:04:05+05:00"), dt.datetime(2020, 1, 1, 22, 4, 5, tzinfo=UTC)),
    ],
    ids=lambda part: " ".join(str(part).split()),
)
def test_datetime_read(codecs, literal, value):
    decoded = codecs.decode(dt.datetime, literal)
    assert decoded == value
    assert type(decoded) is dt.datetime
    assert (decoded.tzinfo is None) == (value.tzinfo is None)


def test_a_literal_is_read_as_utc(codecs):
    assert codecs.decode(dt.datetime, l.datetime(0)).tzinfo is UTC


@pytest.mark.parametrize(
    "literal",
    [
        l.datetime(253402300800),
        l.datetime(-62135596801),
        l.datetime(2**63 - 1),
        l.datetime(-(2**63)),
        l.datetime(0, -1),
        l.datetime(0, 1_000_000_000),
        l.integer(0),
        l.duration(0),
        l.string(""),
        l.string("yesterday"),
        l.string("2020-13-01"),
        l.binary(0),
        l.binary(None),
        l.binary("x"),
        l.none(),
        l.nothing(),
    ],
    ids=lambda part: " ".join(str(part).split()) or "nothing",
)
@pytest.mark.parametrize("hint", [dt.datetime, dt.date])
def test_instants_refused(codecs, hint, literal):
    with pytest.raises(TypeTransformerFailedError):
        codecs.decode(hint, literal)


@pytest.mark.parametrize("value", [dt.date(2020, 1, 2), dt.date.min, dt.date.max, dt.date(1969, 12, 31)], ids=str)
def test_date_round_trip(codecs, value):
    data = codecs.encode(dt.date, value)
    assert l.Literal.FromString(data).scalar.primitive.datetime.seconds % 86400 == 0
    decoded = codecs.decode(dt.date, data)
    assert decoded == value
    assert type(decoded) is dt.date


@pytest.mark.parametrize("value", [dt.datetime(2020, 1, 2), Moment(2020, 1, 2), "2020-01-02", None], ids=repr)
def test_date_refused(codecs, value):
    with pytest.raises(TypeTransformerFailedError):
        codecs.encode(dt.date, value)


@pytest.mark.parametrize(
    "literal",
    [l.datetime(1577923200, 5000), l.datetime(1578009599, 999_999_999), l.string("2020-01-02"), l.binary("2020-01-02")],
    ids=lambda part: " ".join(str(part).split()),
)
def test_date_read(codecs, literal):
    decoded = codecs.decode(dt.date, literal)
    assert decoded == dt.date(2020, 1, 2)
    assert type(decoded) is dt.date


@pytest.mark.parametrize(
    ("value", "seconds", "nanos"),
    [
        (dt.timedelta(0), 0, 0),
        (dt.timedelta(seconds=1.5), 1, 500_000_000),
        (dt.timedelta(seconds=-0.5), 0, -500_000_000),
        (dt.timedelta(seconds=-1.5), -1, -500_000_000),
        (-US, 0, -1000),
        (dt.timedelta(days=-1), -86400, 0),
        (dt.timedelta.max, 86399999999999, 999_999_000),
        (dt.timedelta.min, -86399999913600, 0),
    ],
    ids=repr,
)
def test_timedelta_round_trip(codecs, value, seconds, nanos):
    data = codecs.encode(dt.timedelta, value)
    span = l.Literal.FromString(data).scalar.primitive.duration
    assert (span.seconds, span.nanos) == (seconds, nanos)
    assert codecs.decode(dt.timedelta, data) == value


@pytest.mark.parametrize("value", [1, 1.5, None, "PT1S"], ids=repr)
def test_timedelta_refused(codecs, value):
    with pytest.raises(TypeTransformerFailedError):
        codecs.encode(dt.timedelta, value)


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        (l.duration(0, 1999), US),
        (l.duration(0, -1999), -US),
        (l.duration(1, -500_000_000), dt.timedelta(seconds=0.5)),
        (l.integer(90), dt.timedelta(seconds=90)),
        (l.floating(-1.5), dt.timedelta(seconds=-1.5)),
        (l.binary(90), dt.timedelta(seconds=90)),
        (l.binary(0.25), dt.timedelta(seconds=0.25)),
    ],
    ids=lambda part: " ".join(str(part).split()),
)
def test_timedelta_read(codecs, literal, value):
    assert codecs.decode(dt.timedelta, literal) == value


@pytest.mark.parametrize(
    "literal",
    [
        l.duration(86400 * 1_000_000_000),
        l.duration(2**63 - 1),
        l.duration(-(2**63)),
        l.floating(float("nan")),
        l.floating(float("inf")),
        l.floating(1e300),
        l.integer(2**63 - 1),
        l.boolean(True),
        l.binary(True),
        l.string("1"),
        l.binary("1"),
        l.datetime(0),
        l.none(),
    ],
    ids=lambda part: " ".join(str(part).split()),
)
def test_timedelta_not_read(codecs, literal):
    with pytest.raises(TypeTransformerFailedError):
        codecs.decode(dt.timedelta, literal)
