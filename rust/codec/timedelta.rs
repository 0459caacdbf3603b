//! `datetime.timedelta`: `primitive.duration`. Also read: a number of seconds, bare or packed (spec 2.1, 2.3, 4.7).

use pyo3::prelude::*;
use pyo3::types::{PyDelta, PyDeltaAccess};

use super::{document, refused, unwrapped, wrong};
use crate::error::{CodecError, Result};
use crate::literal::{Time, View, duration};
use crate::msgpack::Token;
use crate::object::Output;
use crate::value::from_seconds;
use crate::words;

const MAX_DAYS: i64 = 999_999_999;

pub fn decode<'py>(py: Python<'py>, literal: &[u8]) -> Result<Bound<'py, PyAny>> {
    match unwrapped(literal)? {
        View::Duration(time) => span(py, time),
        View::Integer(value) => number(py, &Token::Int(value)),
        View::Float(value) => number(py, &Token::Float(value)),
        View::Binary(binary) => document(py, &binary, |reader| match from_seconds(py, &reader.token()?)? {
            Some(value) => Ok(value),
            None => Err(wrong(py, "duration", &View::Binary(binary.clone()))),
        }),
        view => Err(wrong(py, "duration", &view)),
    }
}

fn number<'py>(py: Python<'py>, seconds: &Token<'_>) -> Result<Bound<'py, PyAny>> {
    from_seconds(py, seconds)?.ok_or_else(|| CodecError::mismatch("duration", words::packed(py, seconds)))
}

/// Nanoseconds are cut to microseconds towards zero, on either side of it.
fn span(py: Python<'_>, time: Time) -> Result<Bound<'_, PyAny>> {
    let micros = i128::from(time.seconds) * 1_000_000 + i128::from(time.nanos / 1000);
    let days = i64::try_from(micros.div_euclid(86_400_000_000)).unwrap_or(i64::MAX);
    if !(-MAX_DAYS..=MAX_DAYS).contains(&days) {
        let got = format!("duration of {} seconds", time.seconds);
        return Err(CodecError::mismatch("a duration within timedelta", got));
    }
    let rest = micros.rem_euclid(86_400_000_000);
    #[expect(clippy::cast_possible_truncation, reason = "in range by the check and the remainders")]
    let delta = PyDelta::new(py, days as i32, (rest / 1_000_000) as i32, (rest % 1_000_000) as i32, false)?;
    Ok(delta.into_any())
}

pub fn encode(value: &Bound<'_, PyAny>, out: &mut Output<'_>) -> Result<()> {
    let Ok(delta) = value.cast_exact::<PyDelta>() else { return Err(refused("timedelta", value)) };
    let seconds = i64::from(delta.get_days()) * 86_400 + i64::from(delta.get_seconds());
    let micros = delta.get_microseconds();
    // Both parts have the same sign on the wire; Python keeps the microseconds positive.
    if seconds < 0 && micros > 0 {
        duration(out, seconds + 1, (micros - 1_000_000) * 1000);
    } else {
        duration(out, seconds, micros * 1000);
    }
    Ok(())
}
