use pyo3::prelude::*;

use crate::error::{CodecError, Result};
use crate::words;

/// The values of a `typing.Literal`.
#[derive(Debug)]
pub struct Allowed(Vec<Py<PyAny>>);

impl Allowed {
    pub fn new(values: Vec<Py<PyAny>>) -> Self {
        Self(values)
    }

    /// The allowed value that equals this one; of `1` and `True`, the one of the same type.
    pub fn find<'py>(&self, value: &Bound<'py, PyAny>) -> Result<Bound<'py, PyAny>> {
        let py = value.py();
        let mut equal = None;
        for allowed in &self.0 {
            let allowed = allowed.bind(py);
            if allowed.eq(value)? {
                if allowed.get_type().is(value.get_type()) {
                    return Ok(allowed.clone());
                }
                equal.get_or_insert(allowed);
            }
        }
        if let Some(allowed) = equal {
            return Ok(allowed.clone());
        }
        let options = words::listing(self.0.iter().map(|allowed| allowed.bind(py).clone()));
        Err(CodecError::mismatch(format!("one of {options}"), words::python(value)))
    }

    /// Whether one of the values has this very type and is equal.
    pub fn holds(&self, value: &Bound<'_, PyAny>) -> bool {
        self.find(value).is_ok_and(|allowed| allowed.get_type().is(value.get_type()))
    }
}
