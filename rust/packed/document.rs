//! A class whose packed form is its own affair: it is handed one msgpack value, and hands back one.

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyType};

use super::Cursor;
use crate::error::Result;
use crate::msgpack::Reader;
use crate::object::Output;
use crate::wire::{Sink, WireError};

#[derive(Debug)]
pub struct DocumentCodec {
    class: Py<PyType>,
    dump: Py<PyAny>,
    load: Py<PyAny>,
}

impl DocumentCodec {
    pub fn new(class: Py<PyType>, dump: Py<PyAny>, load: Py<PyAny>) -> Self {
        Self { class, dump, load }
    }

    pub fn class(&self) -> &Py<PyType> {
        &self.class
    }

    pub fn decode<'py>(&self, py: Python<'py>, reader: &mut Cursor<'_>) -> Result<Bound<'py, PyAny>> {
        let before = reader.rest();
        reader.skip()?;
        let value = &before[..before.len() - reader.rest().len()];
        Ok(self.load.bind(py).call1((PyBytes::new(py, value),))?)
    }

    pub fn encode(&self, value: &Bound<'_, PyAny>, out: &mut Output<'_>, depth: u32) -> Result<()> {
        let dumped = self.dump.bind(value.py()).call1((value,))?;
        let dumped = dumped.cast::<PyBytes>().map_err(PyErr::from)?.as_bytes();
        // What is spliced in must be one value: everything behind it depends on that.
        let mut reader = Reader::inside(dumped, depth);
        reader.skip().map_err(|error| match error {
            WireError::TooDeep => super::too_deep(),
            error => error.into(),
        })?;
        reader.finish()?;
        out.extend_from_slice(dumped);
        Ok(())
    }
}
