//! `str`: `primitive.string_value`. Also read: a packed string (type-system spec 2.1, 2.3).

use pyo3::prelude::*;
use pyo3::types::PyString;

use super::{document, refused, unwrapped, wrong, wrong_document};
use crate::error::Result;
use crate::literal::{View, string};
use crate::msgpack::Token;
use crate::object::Output;
use crate::value::{self, utf8};

#[inline]
pub fn decode<'py>(py: Python<'py>, literal: &[u8]) -> Result<Bound<'py, PyAny>> {
    match canonical(literal) {
        Some(content) => value::string(py, content).map(Bound::into_any),
        None => decode_any(py, literal),
    }
}

/// The text, if the bytes are what every writer makes of a short one: one-byte lengths, nothing else set.
#[inline(always)]
pub fn canonical(literal: &[u8]) -> Option<&[u8]> {
    let [0x0a, scalar, 0x0a, primitive, 0x1a, length, content @ ..] = literal else { return None };
    let size = literal.len();
    let fits = usize::from(*scalar) + 2 == size && usize::from(*primitive) + 4 == size && *scalar < 0x80;
    (fits && usize::from(*length) == content.len()).then_some(content)
}

#[inline(never)]
fn decode_any<'py>(py: Python<'py>, literal: &[u8]) -> Result<Bound<'py, PyAny>> {
    match unwrapped(literal)? {
        View::String(content) => value::string(py, &content).map(Bound::into_any),
        View::Binary(binary) => document(py, &binary, |reader| match reader.token()? {
            Token::Str(content) => value::string(py, content).map(Bound::into_any),
            token => Err(wrong_document(py, "string", &token)),
        }),
        view => Err(wrong(py, "string", &view)),
    }
}

#[inline]
pub fn encode<const FRAME: u8>(value: &Bound<'_, PyAny>, out: &mut Output<'_>) -> Result<()> {
    let Ok(content) = value.cast_exact::<PyString>() else { return Err(refused("str", value)) };
    string::<FRAME>(out, utf8(content)?);
    Ok(())
}
