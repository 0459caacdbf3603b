//! `None`: `scalar.none_type`. Also read: a packed nil (type-system spec 2.1).

use pyo3::prelude::*;

use super::{document, refused, unwrapped, wrong, wrong_document};
use crate::error::Result;
use crate::literal::{NONE, View};
use crate::msgpack::Token;
use crate::object::Output;
use crate::wire::Sink;

#[inline]
pub fn decode<'py>(py: Python<'py>, literal: &[u8]) -> Result<Bound<'py, PyAny>> {
    if literal != NONE {
        match unwrapped(literal)? {
            View::NoneType => {}
            View::Binary(binary) => document(py, &binary, |reader| match reader.token()? {
                Token::Nil => Ok(()),
                token => Err(wrong_document(py, "none", &token)),
            })?,
            view => return Err(wrong(py, "none", &view)),
        }
    }
    Ok(py.None().into_bound(py))
}

pub fn encode(value: &Bound<'_, PyAny>, out: &mut Output<'_>) -> Result<()> {
    if !value.is_none() {
        return Err(refused("None", value));
    }
    out.extend_from_slice(NONE);
    Ok(())
}
