//! `datetime.datetime`: `primitive.datetime`, in UTC. Also read: ISO 8601 text, bare or packed (spec 2.1, 2.3, 4.7).

use pyo3::prelude::*;
use pyo3::types::{PyDateAccess, PyDateTime, PyDelta, PyDeltaAccess, PyTimeAccess, PyTzInfo, PyTzInfoAccess};

use super::{document, refused, unwrapped, wrong, wrong_document};
use crate::error::{CodecError, Result};
use crate::literal::calendar::{Civil, FIRST_SECOND, LAST_SECOND, civil, days_since_epoch};
use crate::literal::{Time, View, canonical, timestamp};
use crate::msgpack::Token;
use crate::object::Output;
use crate::value::from_iso;

pub fn decode<'py>(py: Python<'py>, literal: &[u8]) -> Result<Bound<'py, PyAny>> {
    if let Some(time) = canonical::timestamp(literal) {
        return python(py, time);
    }
    match unwrapped(literal)? {
        View::Datetime(time) => python(py, time),
        view => text(py, view, "datetime", "datetime"),
    }
}

fn python(py: Python<'_>, time: Time) -> Result<Bound<'_, PyAny>> {
    let Civil { year, month, day, hour, minute, second, microsecond } = in_range(time)?;
    let utc = PyTzInfo::utc(py)?;
    let value = PyDateTime::new(py, year, month, day, hour, minute, second, microsecond, Some(&utc))?;
    Ok(value.into_any())
}

/// The date and time of a timestamp, in UTC.
pub fn in_range(time: Time) -> Result<Civil> {
    civil(time).ok_or_else(|| {
        let got = format!("datetime of {} seconds and {} nanos", time.seconds, time.nanos);
        CodecError::mismatch("a datetime from year 1 to 9999", got)
    })
}

/// What a literal's text says in ISO 8601; `class` is `datetime` or `date`, `expected` the kind of literal.
pub fn text<'py>(
    py: Python<'py>,
    view: View<'_>,
    class: &'static str,
    expected: &'static str,
) -> Result<Bound<'py, PyAny>> {
    match view {
        View::String(content) => from_iso(py, class, &content),
        View::Binary(binary) => document(py, &binary, |reader| match reader.token()? {
            Token::Str(content) => from_iso(py, class, content),
            token => Err(wrong_document(py, expected, &token)),
        }),
        view => Err(wrong(py, expected, &view)),
    }
}

pub fn encode(value: &Bound<'_, PyAny>, out: &mut Output<'_>) -> Result<()> {
    let Ok(instant) = value.cast_exact::<PyDateTime>() else { return Err(refused("datetime", value)) };
    let days = days_since_epoch(instant.get_year(), instant.get_month(), instant.get_day());
    let (hours, minutes) = (i64::from(instant.get_hour()), i64::from(instant.get_minute()));
    let local = days * 86_400 + hours * 3600 + minutes * 60 + i64::from(instant.get_second());
    let (offset_seconds, offset_micros) = offset(instant)?;
    let micros = i64::from(instant.get_microsecond()) - offset_micros;
    let seconds = local - offset_seconds + micros.div_euclid(1_000_000);
    if !(FIRST_SECOND..=LAST_SECOND).contains(&seconds) {
        return Err(CodecError::saying("the datetime is outside year 1 to 9999 in UTC"));
    }
    #[expect(clippy::cast_possible_truncation, reason = "below 10^9")]
    timestamp(out, seconds, micros.rem_euclid(1_000_000) as i32 * 1000);
    Ok(())
}

/// Seconds and microseconds ahead of UTC. A naive datetime is UTC, whatever the process's time zone.
fn offset(instant: &Bound<'_, PyDateTime>) -> Result<(i64, i64)> {
    let py = instant.py();
    match instant.get_tzinfo() {
        None => Ok((0, 0)),
        Some(zone) if zone.is(PyTzInfo::utc(py)?) => Ok((0, 0)),
        Some(_) => match instant.call_method0("utcoffset")?.cast_exact::<PyDelta>() {
            Ok(delta) => {
                let seconds = i64::from(delta.get_days()) * 86_400 + i64::from(delta.get_seconds());
                Ok((seconds, i64::from(delta.get_microseconds())))
            }
            Err(_) => Ok((0, 0)),
        },
    }
}
