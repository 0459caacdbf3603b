//! A Python transformer inside a document: it is offered the literal that attribute access would make of the value.

use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::Cursor;
use crate::error::{CodecError, Result};
use crate::literal::attribute::{self, Unpackable};
use crate::object::Output;

#[derive(Debug)]
pub struct CallbackCodec {
    decode: Py<PyAny>,
    encode: Py<PyAny>,
}

impl CallbackCodec {
    pub fn new(decode: Py<PyAny>, encode: Py<PyAny>) -> Self {
        Self { decode, encode }
    }

    pub fn decode<'py>(&self, py: Python<'py>, reader: &mut Cursor<'_>) -> Result<Bound<'py, PyAny>> {
        let mut literal = Vec::new();
        attribute::literal_of(reader, &mut literal)?;
        Ok(self.decode.bind(py).call1((PyBytes::new(py, &literal),))?)
    }

    pub fn encode(&self, value: &Bound<'_, PyAny>, out: &mut Output<'_>) -> Result<()> {
        let literal = self.encode.bind(value.py()).call1((value,))?;
        let literal = literal.cast::<PyBytes>().map_err(PyErr::from)?;
        attribute::packed_of(literal.as_bytes(), out, 0).map_err(|error| match error {
            Unpackable::Wire(error) => error.into(),
            Unpackable::Kind(kind) => {
                CodecError::saying(format!("cannot be written as msgpack: literal of kind {kind}"))
            }
        })
    }
}
