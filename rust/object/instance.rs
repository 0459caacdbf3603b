use pyo3::exceptions::PyTypeError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple, PyType};

/// `cls.__new__(cls)`, without `__init__`.
#[inline]
pub fn create<'py>(cls: &Bound<'py, PyType>, no_arguments: &Bound<'py, PyTuple>) -> PyResult<Bound<'py, PyAny>> {
    let raw = cls.as_type_ptr();
    // SAFETY: `raw` is a type that `cls` keeps alive; `tp_new` of a heap type is set once, when the type is made. It
    // takes the type, a tuple and null for no keywords, and returns a new object or null with an error set.
    unsafe {
        match (*raw).tp_new {
            Some(new) => Bound::from_owned_ptr_or_err(cls.py(), new(raw, no_arguments.as_ptr(), std::ptr::null_mut())),
            None => Err(PyTypeError::new_err(format!("{cls} has no instances"))),
        }
    }
}

/// Sets an attribute as `object.__setattr__` does, which frozen dataclasses allow.
#[inline]
pub fn set_field(instance: &Bound<'_, PyAny>, name: &Bound<'_, PyString>, value: &Bound<'_, PyAny>) -> PyResult<()> {
    // SAFETY: three live objects; the call takes its own references.
    let status = unsafe { ffi::PyObject_GenericSetAttr(instance.as_ptr(), name.as_ptr(), value.as_ptr()) };
    if status == 0 { Ok(()) } else { Err(PyErr::fetch(instance.py())) }
}
