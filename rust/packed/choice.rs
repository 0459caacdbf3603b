//! `typing.Literal[...]` in a document: equal to one of the values, in order.

use pyo3::prelude::*;

use super::{Cursor, Packed, any};
use crate::error::Result;
use crate::object::Output;
use crate::value::Allowed;

#[derive(Debug)]
pub struct ChoiceCodec {
    base: Packed,
    allowed: Allowed,
}

impl ChoiceCodec {
    pub fn new(base: Packed, allowed: Allowed) -> Self {
        Self { base, allowed }
    }

    pub fn allowed(&self) -> &Allowed {
        &self.allowed
    }

    pub fn decode<'py>(&self, py: Python<'py>, reader: &mut Cursor<'_>) -> Result<Bound<'py, PyAny>> {
        // Enum members and dates have a form of their own; other values are compared as they come, without coercion.
        let value = match &self.base {
            Packed::Enum(_) | Packed::Iso(_) | Packed::Timedelta => self.base.decode(py, reader)?,
            _ => any::decode(py, reader)?,
        };
        self.allowed.find(&value)
    }

    pub fn encode(&self, value: &Bound<'_, PyAny>, out: &mut Output<'_>, depth: u32) -> Result<()> {
        self.allowed.find(value)?;
        self.base.encode(value, out, depth)
    }
}
