use std::ptr::null_mut;

use pyo3::exceptions::PyRuntimeError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyDict;

/// Visits a dict's entries in insertion order. A dict that the visit itself changes in size ends in a `RuntimeError`.
pub fn for_each<'py, E: From<PyErr>>(
    dict: &Bound<'py, PyDict>,
    mut visit: impl FnMut(Bound<'py, PyAny>, Bound<'py, PyAny>) -> Result<(), E>,
) -> Result<(), E> {
    let py = dict.py();
    let size = dict.len();
    let mut position = 0;
    loop {
        let (mut key, mut value) = (null_mut(), null_mut());
        // SAFETY: `dict` is a dict; `PyDict_Next` checks `position` against the table on each call, so that a dict
        // that changed meanwhile is read within its bounds. It lends the references, which are taken at once, before
        // any Python code can run.
        let (key, value) = unsafe {
            if ffi::PyDict_Next(dict.as_ptr(), &raw mut position, &raw mut key, &raw mut value) == 0 {
                return Ok(());
            }
            (Bound::from_borrowed_ptr(py, key), Bound::from_borrowed_ptr(py, value))
        };
        visit(key, value)?;
        if dict.len() != size {
            return Err(PyRuntimeError::new_err("dictionary changed size while it was written").into());
        }
    }
}
