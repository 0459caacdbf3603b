//! `bool`: `primitive.boolean`. Also read: a packed boolean (type-system spec 2.1, 2.3).

use pyo3::prelude::*;
use pyo3::types::PyBool;

use super::{document, refused, unwrapped, wrong, wrong_document};
use crate::error::Result;
use crate::literal::{View, boolean};
use crate::msgpack::Token;
use crate::object::Output;

#[inline]
pub fn decode<'py>(py: Python<'py>, literal: &[u8]) -> Result<Bound<'py, PyAny>> {
    let value = match literal {
        [0x0a, 4, 0x0a, 2, 0x20, value] if *value < 0x80 => *value != 0,
        _ => match unwrapped(literal)? {
            View::Boolean(value) => value,
            View::Binary(binary) => document(py, &binary, |reader| match reader.token()? {
                Token::Bool(value) => Ok(value),
                token => Err(wrong_document(py, "boolean", &token)),
            })?,
            view => return Err(wrong(py, "boolean", &view)),
        },
    };
    Ok(PyBool::new(py, value).to_owned().into_any())
}

#[inline]
pub fn encode<const FRAME: u8>(value: &Bound<'_, PyAny>, out: &mut Output<'_>) -> Result<()> {
    let Ok(value) = value.cast_exact::<PyBool>() else { return Err(refused("bool", value)) };
    boolean::<FRAME>(out, value.is_true());
    Ok(())
}
