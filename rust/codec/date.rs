//! `datetime.date`: `primitive.datetime` at midnight UTC. Also read: ISO 8601 text, bare or packed (spec 2.1, 2.3).

use pyo3::prelude::*;
use pyo3::types::{PyDate, PyDateAccess};

use super::{datetime, refused, unwrapped};
use crate::error::Result;
use crate::literal::calendar::days_since_epoch;
use crate::literal::{View, timestamp};
use crate::object::Output;

pub fn decode<'py>(py: Python<'py>, literal: &[u8]) -> Result<Bound<'py, PyAny>> {
    match unwrapped(literal)? {
        View::Datetime(time) => {
            let civil = datetime::in_range(time)?;
            Ok(PyDate::new(py, civil.year, civil.month, civil.day)?.into_any())
        }
        view => datetime::text(py, view, "date", "datetime"),
    }
}

pub fn encode(value: &Bound<'_, PyAny>, out: &mut Output<'_>) -> Result<()> {
    let Ok(date) = value.cast_exact::<PyDate>() else { return Err(refused("date", value)) };
    timestamp(out, days_since_epoch(date.get_year(), date.get_month(), date.get_day()) * 86_400, 0);
    Ok(())
}
