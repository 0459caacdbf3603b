//! `typing.Literal[...]`: a literal of the values' type. flytekit does not look whether a value is one of them; here it
//! must be, in both directions (type-system spec 2.9, 8.1).

use pyo3::prelude::*;

use super::Codec;
use crate::error::Result;
use crate::object::Output;
use crate::value::Allowed;

#[derive(Debug)]
pub struct ChoiceCodec {
    base: Codec,
    allowed: Allowed,
}

impl ChoiceCodec {
    pub fn new(base: Codec, allowed: Allowed) -> Self {
        Self { base, allowed }
    }

    pub fn base(&self) -> &Codec {
        &self.base
    }

    pub fn allowed(&self) -> &Allowed {
        &self.allowed
    }

    pub fn decode<'py>(&self, py: Python<'py>, literal: &[u8]) -> Result<Bound<'py, PyAny>> {
        self.allowed.find(&self.base.decode(py, literal)?)
    }

    pub fn encode(&self, value: &Bound<'_, PyAny>, out: &mut Output<'_>) -> Result<()> {
        self.base.encode(value, out)?;
        self.allowed.find(value).map(drop)
    }
}
