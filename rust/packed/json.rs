//! A class that converts itself to and from JSON: a pydantic model, a dataclass with mashumaro's JSON mixin.

use pyo3::exceptions::PyAttributeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString, PyType};

use super::{Cursor, refused};
use crate::error::{CodecError, Result};
use crate::json::{self, JsonError, Unjsonable};
use crate::object::Output;
use crate::value;
use crate::words;

#[derive(Debug)]
pub struct JsonCodec {
    class: Py<PyType>,
    dump: Py<PyAny>,
    load: Py<PyAny>,
}

impl JsonCodec {
    pub fn new(class: Py<PyType>, dump: Py<PyAny>, load: Py<PyAny>) -> Self {
        Self { class, dump, load }
    }

    pub fn class(&self) -> &Py<PyType> {
        &self.class
    }

    pub fn decode<'py>(&self, py: Python<'py>, reader: &mut Cursor<'_>) -> Result<Bound<'py, PyAny>> {
        let mut text = Vec::new();
        json::json_of(reader, &mut text).map_err(|error| match error {
            Unjsonable::Wire(error) => error.into(),
            Unjsonable::Bytes => CodecError::saying("cannot be read as JSON: it holds bytes"),
            Unjsonable::Extension => CodecError::saying("cannot be read as JSON: it holds a msgpack extension"),
            Unjsonable::Key => CodecError::saying("cannot be read as JSON: a key is no text or number"),
        })?;
        Ok(self.load.bind(py).call1((PyBytes::new(py, &text),))?)
    }

    pub fn encode(&self, value: &Bound<'_, PyAny>, out: &mut Output<'_>, depth: u32) -> Result<()> {
        let py = value.py();
        let text = match self.dump.bind(py).call1((value,)) {
            Ok(text) => text,
            Err(error)
                if error.is_instance_of::<PyAttributeError>(py) && !value.is_instance(self.class.bind(py))? =>
            {
                return Err(refused(words::class_name(self.class.bind(py)), value));
            }
            Err(error) => return Err(error.into()),
        };
        let written = match text.cast::<PyString>() {
            Ok(text) => json::msgpack_of(value::utf8(text)?.as_bytes(), out, depth),
            Err(_) => json::msgpack_of(text.cast::<PyBytes>().map_err(PyErr::from)?.as_bytes(), out, depth),
        };
        written.map_err(|error| match error {
            JsonError::Syntax(what) => CodecError::saying(format!("its JSON is malformed: {what}")),
            JsonError::Integer(digits) => {
                let digits = words::string(py, digits.as_bytes());
                CodecError::saying(format!("cannot be written as msgpack: int {digits} is outside 64 bits"))
            }
            JsonError::TooDeep => super::too_deep(),
        })
    }
}
