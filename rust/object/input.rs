use pyo3::buffer::PyBuffer;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

/// Bytes to decode: borrowed from `bytes`, copied from anything that can change meanwhile.
pub enum Input<'a, 'py> {
    Borrowed(&'a Bound<'py, PyBytes>),
    Copied(Vec<u8>),
}

impl<'a, 'py> Input<'a, 'py> {
    /// Takes `bytes`, `bytearray`, `memoryview` or any other contiguous buffer of bytes.
    pub fn new(data: &'a Bound<'py, PyAny>) -> PyResult<Self> {
        match data.cast::<PyBytes>() {
            Ok(bytes) => Ok(Self::Borrowed(bytes)),
            Err(_) => PyBuffer::<u8>::get(data)?.to_vec(data.py()).map(Self::Copied),
        }
    }

    pub fn as_slice(&self) -> &[u8] {
        match self {
            Self::Borrowed(bytes) => bytes.as_bytes(),
            Self::Copied(bytes) => bytes,
        }
    }
}
