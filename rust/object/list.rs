use pyo3::exceptions::PyMemoryError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyList;

/// A list of exactly `count` items, made in order. Drops what was made when one fails.
///
/// The garbage collector does not see the list before it is complete: it would traverse it again and again, and
/// `gc.get_objects()` would show a list with holes.
pub fn build<'py, E: From<PyErr>>(
    py: Python<'py>,
    count: usize,
    mut item: impl FnMut(usize) -> Result<Bound<'py, PyAny>, E>,
) -> Result<Bound<'py, PyList>, E> {
    let length = ffi::Py_ssize_t::try_from(count).map_err(|_| PyMemoryError::new_err(()))?;
    // SAFETY: `PyList_New` returns a new list of `length` null items, or null with an error set. Only this function
    // holds it until it returns. Each item is set once, at an index below `length`; dealloc passes over null items and
    // accepts an untracked list.
    unsafe {
        let list = Bound::from_owned_ptr_or_err(py, ffi::PyList_New(length))?.cast_into_unchecked::<PyList>();
        let raw = list.as_ptr();
        ffi::PyObject_GC_UnTrack(raw.cast());
        for index in 0..length {
            let value = item(index.cast_unsigned())?;
            ffi::PyList_SET_ITEM(raw, index, value.into_ptr());
        }
        ffi::PyObject_GC_Track(raw.cast());
        Ok(list)
    }
}
