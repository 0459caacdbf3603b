//! An `enum.Enum` by the value of its members, whatever type that is.

use pyo3::exceptions::PyAttributeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyType};

use super::{Cursor, any, refused};
use crate::error::{CodecError, Result};
use crate::msgpack::Token;
use crate::object::Output;
use crate::words;

#[derive(Debug)]
pub struct EnumCodec {
    class: Py<PyType>,
    values: Vec<Py<PyAny>>,
    members: Py<PyDict>,
}

impl EnumCodec {
    /// `members` maps each value that can be hashed to its member.
    pub fn new(class: Py<PyType>, values: Vec<Py<PyAny>>, members: Py<PyDict>) -> Self {
        Self { class, values, members }
    }

    pub fn class(&self) -> &Py<PyType> {
        &self.class
    }

    pub fn decode<'py>(&self, py: Python<'py>, reader: &mut Cursor<'_>) -> Result<Bound<'py, PyAny>> {
        let token = reader.token()?;
        let value = match token {
            Token::Array(_) | Token::Map(_) | Token::Ext(_) => return Err(self.wrong(py, &token)),
            _ => any::scalar(py, &token)?,
        };
        match self.members.bind(py).get_item(&value)? {
            Some(member) => Ok(member),
            // The class may know more values than it lists (`_missing_`).
            None => self.class.bind(py).call1((value,)).map_err(|_| self.wrong(py, &token)),
        }
    }

    #[cold]
    fn wrong(&self, py: Python<'_>, token: &Token<'_>) -> CodecError {
        let allowed = words::listing(self.values.iter().map(|value| value.bind(py).clone()));
        let expected = format!("value of {}", words::class_name(self.class.bind(py)));
        CodecError::mismatch(expected, words::packed(py, token)).hint(format!("allowed: {allowed}"))
    }

    pub fn encode(&self, value: &Bound<'_, PyAny>, out: &mut Output<'_>, depth: u32) -> Result<()> {
        match value.getattr(intern!(value.py(), "value")) {
            Ok(value) => any::encode(&value, out, depth),
            Err(error) if error.is_instance_of::<PyAttributeError>(value.py()) => {
                Err(refused(words::class_name(self.class.bind(value.py())), value))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Whether one of the values has this very type and is equal.
    pub fn holds(&self, value: &Bound<'_, PyAny>) -> bool {
        let same = |own: &Bound<'_, PyAny>| own.get_type().is(value.get_type()) && own.eq(value).unwrap_or(false);
        self.values.iter().any(|own| same(own.bind(value.py())))
    }
}
