//! `tuple[A, B]` and `NamedTuple`s: a msgpack array with a node for each position.

use pyo3::prelude::*;
use pyo3::types::{PyTuple, PyType};

use super::{Cursor, Packed, array, check_depth, fits, refused, wrong};
use crate::error::{At, CodecError, Result};
use crate::msgpack::{self, Token};
use crate::object::Output;

#[derive(Debug)]
pub struct TupleCodec {
    items: Vec<Packed>,
    /// A `NamedTuple` class, or None for a plain tuple.
    factory: Option<Py<PyType>>,
}

impl TupleCodec {
    pub fn new(items: Vec<Packed>, factory: Option<Py<PyType>>) -> Self {
        Self { items, factory }
    }

    pub fn items(&self) -> &[Packed] {
        &self.items
    }

    pub fn class<'py>(&self, py: Python<'py>) -> Bound<'py, PyType> {
        self.factory.as_ref().map_or_else(|| py.get_type::<PyTuple>(), |factory| factory.bind(py).clone())
    }

    /// Further items are passed over; missing ones must have defaults.
    pub fn decode<'py>(&self, py: Python<'py>, reader: &mut Cursor<'_>) -> Result<Bound<'py, PyAny>> {
        let count = match reader.token()? {
            Token::Array(count) => count,
            token => return Err(wrong(py, "collection", &token)),
        };
        reader.enter()?;
        let mut values = Vec::with_capacity(self.items.len());
        for (index, item) in self.items.iter().take(count).enumerate() {
            values.push(item.decode(py, reader).at_index(index)?);
        }
        for _ in self.items.len()..count {
            reader.skip()?;
        }
        reader.leave();
        let complete = values.len() == self.items.len();
        let values = PyTuple::new(py, values)?;
        match &self.factory {
            None if complete => return Ok(values.into_any()),
            Some(factory) => {
                if let Ok(made) = factory.bind(py).call1(values) {
                    return Ok(made);
                }
            }
            None => {}
        }
        Err(CodecError::mismatch(format!("collection of {}", self.items.len()), format!("collection of {count}")))
    }

    pub fn encode(&self, value: &Bound<'_, PyAny>, out: &mut Output<'_>, depth: u32) -> Result<()> {
        check_depth(depth)?;
        let values = array::items("tuple", value)?;
        if values.len() != self.items.len() {
            return Err(refused(format!("tuple of {}", self.items.len()), value));
        }
        fits(msgpack::array_header(out, values.len()))?;
        for (index, (item, value)) in self.items.iter().zip(values).enumerate() {
            item.encode(&value, out, depth + 1).at_index(index)?;
        }
        Ok(())
    }
}
