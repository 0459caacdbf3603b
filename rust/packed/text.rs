//! A class with a text form: `UUID`, `Decimal`, `Path`.

use pyo3::prelude::*;
use pyo3::types::PyType;

use super::{Cursor, any, wrong};
use crate::error::Result;
use crate::msgpack::Token;
use crate::object::Output;
use crate::value;
use crate::words;

#[derive(Debug)]
pub struct TextCodec {
    class: Py<PyType>,
    dump: Py<PyAny>,
    load: Py<PyAny>,
}

impl TextCodec {
    pub fn new(class: Py<PyType>, dump: Py<PyAny>, load: Py<PyAny>) -> Self {
        Self { class, dump, load }
    }

    pub fn class(&self) -> &Py<PyType> {
        &self.class
    }

    pub fn decode<'py>(&self, py: Python<'py>, reader: &mut Cursor<'_>) -> Result<Bound<'py, PyAny>> {
        let expected = || words::class_name(self.class.bind(py));
        match reader.token()? {
            token @ Token::Str(content) => {
                let text = value::string(py, content)?;
                self.load.bind(py).call1((text,)).map_err(|_| wrong(py, expected(), &token))
            }
            token => Err(wrong(py, expected(), &token)),
        }
    }

    pub fn encode(&self, value: &Bound<'_, PyAny>, out: &mut Output<'_>) -> Result<()> {
        any::encode(&self.dump.bind(value.py()).call1((value,))?, out, 0)
    }
}
