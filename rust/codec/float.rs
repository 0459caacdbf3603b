//! `float`: `primitive.float_value`. Also read: an integer, a packed number (type-system spec 2.1, 2.3).

use pyo3::prelude::*;
use pyo3::types::PyFloat;

use super::{document, refused, unwrapped, wrong, wrong_document};
use crate::error::Result;
use crate::literal::{View, float};
use crate::msgpack::Token;
use crate::object::Output;

#[inline]
pub fn decode<'py>(py: Python<'py>, literal: &[u8]) -> Result<Bound<'py, PyAny>> {
    match literal {
        [0x0a, 11, 0x0a, 9, 0x11, bits @ ..] if bits.len() == 8 => {
            let mut content = [0; 8];
            content.copy_from_slice(bits);
            Ok(PyFloat::new(py, f64::from_le_bytes(content)).into_any())
        }
        _ => decode_any(py, literal),
    }
}

#[cold]
#[inline(never)]
#[expect(clippy::cast_precision_loss, reason = "what float() does with a large int (spec 8.2, case 13)")]
fn decode_any<'py>(py: Python<'py>, literal: &[u8]) -> Result<Bound<'py, PyAny>> {
    let value = match unwrapped(literal)? {
        View::Float(value) => value,
        View::Integer(value) => value as f64,
        View::Binary(binary) => document(py, &binary, |reader| match reader.token()? {
            Token::Float(value) => Ok(value),
            Token::Int(value) => Ok(value as f64),
            Token::UInt(value) => Ok(value as f64),
            token => Err(wrong_document(py, "float", &token)),
        })?,
        view => return Err(wrong(py, "float", &view)),
    };
    Ok(PyFloat::new(py, value).into_any())
}

#[inline]
pub fn encode<const FRAME: u8>(value: &Bound<'_, PyAny>, out: &mut Output<'_>) -> Result<()> {
    let Ok(number) = value.cast_exact::<PyFloat>() else {
        let error = refused("float", value);
        return Err(match value.cast_exact::<pyo3::types::PyInt>().ok().and_then(crate::object::as_i64) {
            Some(whole) if whole.abs() < 1_000_000 => error.hint(format!("write {whole}.0")),
            _ => error,
        });
    };
    float::<FRAME>(out, number.value());
    Ok(())
}
