//! `None`, `bool`, `int`, `float`, `str` and `bytes` from a document. Lossless coercions are made as mashumaro makes them.

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyFloat, PyInt, PyString, PyType};

use super::{Cursor, wrong};
use crate::error::Result;
use crate::msgpack::Token;
use crate::value;

pub fn none<'py>(py: Python<'py>, reader: &mut Cursor<'_>) -> Result<Bound<'py, PyAny>> {
    match reader.token()? {
        Token::Nil => Ok(py.None().into_bound(py)),
        token => Err(wrong(py, "none", &token)),
    }
}

/// Text is refused: `bool("false")` is true.
pub fn boolean<'py>(py: Python<'py>, reader: &mut Cursor<'_>) -> Result<Bound<'py, PyAny>> {
    let value = match reader.token()? {
        Token::Bool(value) => value,
        Token::Int(value) => value != 0,
        Token::UInt(_) => true,
        Token::Float(value) => value != 0.0,
        token => return Err(wrong(py, "boolean", &token)),
    };
    Ok(PyBool::new(py, value).to_owned().into_any())
}

#[inline]
pub fn int<'py>(py: Python<'py>, reader: &mut Cursor<'_>) -> Result<Bound<'py, PyAny>> {
    match reader.token()? {
        Token::Int(value) => Ok(value::int(py, value)),
        token => other_int(py, &token),
    }
}

#[cold]
fn other_int<'py>(py: Python<'py>, token: &Token<'_>) -> Result<Bound<'py, PyAny>> {
    match token {
        Token::UInt(value) => Ok(value::unsigned(py, *value)),
        Token::Bool(value) => Ok(value::int(py, i64::from(*value))),
        Token::Float(value) => value::whole_number(py, *value),
        Token::Str(content) => parsed(py, &py.get_type::<PyInt>(), content, "integer", token),
        _ => Err(wrong(py, "integer", token)),
    }
}

#[inline]
#[expect(clippy::cast_precision_loss, reason = "what float() does with a large int")]
pub fn float<'py>(py: Python<'py>, reader: &mut Cursor<'_>) -> Result<Bound<'py, PyAny>> {
    let value = match reader.token()? {
        Token::Float(value) => value,
        Token::Int(value) => value as f64,
        Token::UInt(value) => value as f64,
        Token::Bool(value) => f64::from(value),
        token @ Token::Str(content) => return parsed(py, &py.get_type::<PyFloat>(), content, "float", &token),
        token => return Err(wrong(py, "float", &token)),
    };
    Ok(PyFloat::new(py, value).into_any())
}

/// `class(text)`, for text that a number was sent as.
fn parsed<'py>(
    py: Python<'py>,
    class: &Bound<'py, PyType>,
    content: &[u8],
    expected: &'static str,
    token: &Token<'_>,
) -> Result<Bound<'py, PyAny>> {
    class.call1((value::string(py, content)?,)).map_err(|_| wrong(py, expected, token))
}

#[inline]
pub fn string<'py>(py: Python<'py>, reader: &mut Cursor<'_>) -> Result<Bound<'py, PyAny>> {
    match reader.token()? {
        Token::Str(content) => value::string(py, content).map(Bound::into_any),
        token => other_string(py, &token),
    }
}

/// A null is refused: `str(None)` is "None".
#[cold]
fn other_string<'py>(py: Python<'py>, token: &Token<'_>) -> Result<Bound<'py, PyAny>> {
    let value = match token {
        Token::Int(value) => value::int(py, *value),
        Token::UInt(value) => value::unsigned(py, *value),
        Token::Float(value) => PyFloat::new(py, *value).into_any(),
        Token::Bool(value) => PyBool::new(py, *value).to_owned().into_any(),
        _ => return Err(wrong(py, "string", token)),
    };
    Ok(value.str()?.into_any())
}

/// Text is base64, as JSON and `Struct` carry bytes.
pub fn bytes<'py>(py: Python<'py>, reader: &mut Cursor<'_>) -> Result<Bound<'py, PyAny>> {
    match reader.token()? {
        Token::Bin(content) => Ok(PyBytes::new(py, content).into_any()),
        token @ Token::Str(content) => from_base64(py, content).map_err(|_| wrong(py, "binary or base64", &token)),
        token => Err(wrong(py, "binary or base64", &token)),
    }
}

fn from_base64<'py>(py: Python<'py>, content: &[u8]) -> PyResult<Bound<'py, PyAny>> {
    let lines: Vec<u8> = content.iter().copied().filter(|byte| *byte != b'\n').collect();
    let arguments = (PyString::from_bytes(py, &lines)?, py.None(), true);
    py.import("base64")?.call_method1("b64decode", arguments)
}
