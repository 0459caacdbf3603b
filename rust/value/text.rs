use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::error::{CodecError, Result};
use crate::object;
use crate::wire::WireError;
use crate::words;

/// The `str` of text from the wire.
#[inline]
pub fn string<'py>(py: Python<'py>, content: &[u8]) -> Result<Bound<'py, PyString>> {
    Ok(object::text(py, content)?.ok_or(WireError::Utf8)?)
}

/// The `str` of a map's key.
#[inline]
pub fn key<'py>(py: Python<'py>, content: &[u8]) -> Result<Bound<'py, PyString>> {
    Ok(object::key(py, content)?.ok_or(WireError::Utf8)?)
}

/// The UTF-8 form of a `str`, which a lone surrogate has not.
#[inline]
pub fn utf8<'a>(content: &'a Bound<'_, PyString>) -> Result<&'a str> {
    content
        .to_str()
        .map_err(|_| CodecError::mismatch("text", format!("{} with a lone surrogate", words::python(content.as_any()))))
}
