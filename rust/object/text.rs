use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyString;

/// A `str` of UTF-8 bytes; `None` if they are not UTF-8.
#[inline]
pub fn text<'py>(py: Python<'py>, bytes: &[u8]) -> PyResult<Option<Bound<'py, PyString>>> {
    // Texts of no or one character are singletons of the interpreter, which `decode` finds.
    if bytes.len() > 1 && bytes.is_ascii() { ascii(py, bytes).map(Some) } else { decode(py, bytes) }
}

#[inline]
fn ascii<'py>(py: Python<'py>, bytes: &[u8]) -> PyResult<Bound<'py, PyString>> {
    // SAFETY: `PyUnicode_New` with 127 as the largest character returns a compact ASCII string of `bytes.len()` bytes of
    // data and a closing zero, or null with an error set. Nobody else has seen it yet, and ASCII needs no validation. A
    // slice is never longer than `isize::MAX`.
    unsafe {
        let raw = ffi::PyUnicode_New(bytes.len().cast_signed(), 127);
        let text = Bound::from_owned_ptr_or_err(py, raw)?.cast_into_unchecked::<PyString>();
        ffi::PyUnicode_DATA(raw).cast::<u8>().copy_from_nonoverlapping(bytes.as_ptr(), bytes.len());
        Ok(text)
    }
}

fn decode<'py>(py: Python<'py>, bytes: &[u8]) -> PyResult<Option<Bound<'py, PyString>>> {
    // SAFETY: the pointer and length are those of a slice; null for `errors` means strict.
    let decoded = unsafe {
        let raw = ffi::PyUnicode_DecodeUTF8(bytes.as_ptr().cast(), bytes.len().cast_signed(), std::ptr::null());
        Bound::from_owned_ptr_or_err(py, raw)
    };
    match decoded {
        // SAFETY: `PyUnicode_DecodeUTF8` returns a `str`.
        Ok(text) => Ok(Some(unsafe { text.cast_into_unchecked() })),
        Err(error) if error.is_instance_of::<pyo3::exceptions::PyUnicodeDecodeError>(py) => Ok(None),
        Err(error) => Err(error),
    }
}
