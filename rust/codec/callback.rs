//! A Python transformer as a node: it is handed the bytes of a literal, and hands back bytes.

use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::error::Result;
use crate::object::Output;
use crate::wire::Sink;

#[derive(Debug)]
pub struct CallbackCodec {
    decode: Py<PyAny>,
    encode: Py<PyAny>,
}

impl CallbackCodec {
    pub fn new(decode: Py<PyAny>, encode: Py<PyAny>) -> Self {
        Self { decode, encode }
    }

    pub fn decode<'py>(&self, py: Python<'py>, literal: &[u8]) -> Result<Bound<'py, PyAny>> {
        Ok(self.decode.bind(py).call1((PyBytes::new(py, literal),))?)
    }

    pub fn encode(&self, value: &Bound<'_, PyAny>, out: &mut Output<'_>) -> Result<()> {
        let literal = self.encode.bind(value.py()).call1((value,))?;
        out.extend_from_slice(literal.cast::<PyBytes>().map_err(PyErr::from)?.as_bytes());
        Ok(())
    }
}
