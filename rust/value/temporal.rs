use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyFloat, PyType};

use super::{int, string, unsigned};
use crate::error::{CodecError, Result};
use crate::msgpack::Token;
use crate::words;

/// `class.fromisoformat(content)`, for `datetime`, `date` and `time`.
pub fn from_iso<'py>(py: Python<'py>, class: &'static str, content: &[u8]) -> Result<Bound<'py, PyAny>> {
    static DATETIME: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    static DATE: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    static TIME: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let cell = match class {
        "datetime" => &DATETIME,
        "date" => &DATE,
        _ => &TIME,
    };
    let content = string(py, content)?;
    let parsed = cell.import(py, "datetime", class)?.call_method1("fromisoformat", (&content,));
    parsed.map_err(|_| {
        CodecError::mismatch(format!("{class} in ISO 8601"), format!("string {}", words::preview(content.as_any())))
    })
}

/// The `timedelta` of a number of seconds; `None` if the token is no number.
pub fn from_seconds<'py>(py: Python<'py>, token: &Token<'_>) -> Result<Option<Bound<'py, PyAny>>> {
    let got = || words::packed(py, token);
    match token {
        Token::Int(value) => seconds(py, &int(py, *value), got).map(Some),
        Token::UInt(value) => seconds(py, &unsigned(py, *value), got).map(Some),
        Token::Float(value) => seconds(py, PyFloat::new(py, *value).as_any(), got).map(Some),
        _ => Ok(None),
    }
}

fn seconds<'py>(py: Python<'py>, number: &Bound<'py, PyAny>, got: impl Fn() -> String) -> Result<Bound<'py, PyAny>> {
    static TIMEDELTA: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let arguments = PyDict::new(py);
    arguments.set_item("seconds", number)?;
    let made = TIMEDELTA.import(py, "datetime", "timedelta")?.call((), Some(&arguments));
    made.map_err(|_| CodecError::mismatch("a number of seconds within timedelta", got()))
}
