//! `datetime`, `date` and `time` as ISO 8601 text, `timedelta` as seconds (type-system spec 4.3).

use pyo3::exceptions::PyAttributeError;
use pyo3::intern;
use pyo3::prelude::*;

use super::{Cursor, any, refused, wrong};
use crate::error::Result;
use crate::msgpack::Token;
use crate::object::Output;
use crate::value;

pub fn decode_iso<'py>(py: Python<'py>, reader: &mut Cursor<'_>, class: &'static str) -> Result<Bound<'py, PyAny>> {
    match reader.token()? {
        Token::Str(content) => value::from_iso(py, class, content),
        token => Err(wrong(py, format!("{class} in ISO 8601"), &token)),
    }
}

pub fn encode_iso(value: &Bound<'_, PyAny>, out: &mut Output<'_>, class: &'static str) -> Result<()> {
    match value.call_method0(intern!(value.py(), "isoformat")) {
        Ok(text) => any::encode(&text, out, 0),
        Err(error) if error.is_instance_of::<PyAttributeError>(value.py()) => Err(refused(class, value)),
        Err(error) => Err(error.into()),
    }
}

pub fn decode_seconds<'py>(py: Python<'py>, reader: &mut Cursor<'_>) -> Result<Bound<'py, PyAny>> {
    let token = reader.token()?;
    value::from_seconds(py, &token)?.ok_or_else(|| wrong(py, "a number of seconds", &token))
}

pub fn encode_seconds(value: &Bound<'_, PyAny>, out: &mut Output<'_>) -> Result<()> {
    match value.call_method0(intern!(value.py(), "total_seconds")) {
        Ok(seconds) => any::encode(&seconds, out, 0),
        Err(error) if error.is_instance_of::<PyAttributeError>(value.py()) => Err(refused("timedelta", value)),
        Err(error) => Err(error.into()),
    }
}
