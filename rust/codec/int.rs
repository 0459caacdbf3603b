//! `int`: `primitive.integer`. Also read: an integral float, a packed integer (type-system spec 2.1, 2.3).

use pyo3::prelude::*;
use pyo3::types::PyInt;

use super::{document, refused, unwrapped, wrong, wrong_document};
use crate::error::{CodecError, Result};
use crate::literal::{View, canonical, integer};
use crate::msgpack::Token;
use crate::object::{Output, as_i64};
use crate::value::{self, unsigned, whole_number};
use crate::words;

#[inline]
pub fn decode<'py>(py: Python<'py>, literal: &[u8]) -> Result<Bound<'py, PyAny>> {
    match canonical::integer(literal) {
        Some(value) => Ok(value::int(py, value)),
        None => decode_any(py, literal),
    }
}

#[cold]
#[inline(never)]
fn decode_any<'py>(py: Python<'py>, literal: &[u8]) -> Result<Bound<'py, PyAny>> {
    match unwrapped(literal)? {
        View::Integer(value) => Ok(value::int(py, value)),
        View::Float(value) => whole_number(py, value),
        View::Binary(binary) => document(py, &binary, |reader| match reader.token()? {
            Token::Int(value) => Ok(value::int(py, value)),
            Token::UInt(value) => Ok(unsigned(py, value)),
            token => Err(wrong_document(py, "integer", &token)),
        }),
        view => Err(wrong(py, "integer", &view)),
    }
}

#[inline]
pub fn encode<const FRAME: u8>(value: &Bound<'_, PyAny>, out: &mut Output<'_>) -> Result<()> {
    let Ok(number) = value.cast_exact::<PyInt>() else { return Err(refused("int", value)) };
    match as_i64(number) {
        Some(number) => {
            integer::<FRAME>(out, number);
            Ok(())
        }
        None => Err(CodecError::mismatch("int of 64 bits", words::python(value))),
    }
}
