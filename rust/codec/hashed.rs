//! A value with a hash beside it, which cache keys then use in its place: `HashMethod` (type-system spec 2.19, 6.1).

use pyo3::prelude::*;
use pyo3::types::PyString;

use super::{Codec, refused};
use crate::error::Result;
use crate::literal::LITERAL_HASH;
use crate::object::Output;
use crate::value;
use crate::wire::delimited;

#[derive(Debug)]
pub struct HashedCodec {
    item: Codec,
    hash: Py<PyAny>,
}

impl HashedCodec {
    pub fn new(item: Codec, hash: Py<PyAny>) -> Self {
        Self { item, hash }
    }

    pub fn item(&self) -> &Codec {
        &self.item
    }

    pub fn decode<'py>(&self, py: Python<'py>, literal: &[u8]) -> Result<Bound<'py, PyAny>> {
        self.item.decode(py, literal)
    }

    pub fn encode(&self, value: &Bound<'_, PyAny>, out: &mut Output<'_>) -> Result<()> {
        self.item.encode(value, out)?;
        let hash = self.hash.bind(value.py()).call1((value,))?;
        if hash.is_none() {
            return Ok(());
        }
        let Ok(text) = hash.cast::<PyString>() else { return Err(refused("a hash of type str", &hash)) };
        let text = value::utf8(text)?;
        if !text.is_empty() {
            delimited(out, LITERAL_HASH, text.as_bytes());
        }
        Ok(())
    }
}
