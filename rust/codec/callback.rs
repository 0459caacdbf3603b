//! A Python transformer as a node: it is handed the bytes of a literal, and hands back bytes.

use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::locations::{Location, Locations};
use super::unwrapped;
use crate::error::Result;
use crate::literal::{View, blob};
use crate::object::Output;
use crate::wire::Sink;

#[derive(Debug)]
pub struct CallbackCodec {
    decode: Py<PyAny>,
    encode: Py<PyAny>,
    eager: bool,
}

impl CallbackCodec {
    pub fn new(decode: Py<PyAny>, encode: Py<PyAny>, eager: bool) -> Self {
        Self { decode, encode, eager }
    }

    pub fn decode<'py>(&self, py: Python<'py>, literal: &[u8]) -> Result<Bound<'py, PyAny>> {
        Ok(self.decode.bind(py).call1((PyBytes::new(py, literal),))?)
    }

    pub fn encode(&self, value: &Bound<'_, PyAny>, out: &mut Output<'_>) -> Result<()> {
        let literal = self.encode.bind(value.py()).call1((value,))?;
        out.extend_from_slice(literal.cast::<PyBytes>().map_err(PyErr::from)?.as_bytes());
        Ok(())
    }

    /// Adds the location of the literal, if it has one.
    pub fn locate(&self, literal: &[u8], found: &mut Locations) -> Result<()> {
        match unwrapped(literal)? {
            View::Blob(content) => {
                let blob = blob::read(&content)?;
                found.add(|path| Location::new(path, blob.uri, blob.multipart, self.eager));
            }
            // Frames are folders, but for one written by another SDK.
            View::Schema(content) | View::StructuredDataset(content) => {
                let uri = blob::uri(&content)?;
                found.add(|path| Location::new(path, uri, true, self.eager));
            }
            _ => {}
        }
        Ok(())
    }
}
