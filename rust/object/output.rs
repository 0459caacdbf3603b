use std::ptr::NonNull;
use std::slice;

use pyo3::ffi;
use pyo3::ffi::compat::{
    PyBytesWriter_Create, PyBytesWriter_Discard, PyBytesWriter_FinishWithSize, PyBytesWriter_GetData,
    PyBytesWriter_Resize,
};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::memory::out_of_memory;
use crate::wire::Sink;

/// What an output starts with: most literals fit.
const SMALL: usize = 256;

/// A `bytes` object in the making. What is written is not copied again when it is done: for a list of a million numbers
/// that second copy, into pages of memory that are new to the process, would cost as much as encoding them.
pub struct Output<'py> {
    py: Python<'py>,
    writer: NonNull<ffi::compat::PyBytesWriter>,
    data: NonNull<u8>,
    length: usize,
    capacity: usize,
}

impl<'py> Output<'py> {
    pub fn new(py: Python<'py>) -> PyResult<Self> {
        // SAFETY: the interpreter is attached, as `py` shows. Null means that an error is set.
        let writer = NonNull::new(unsafe { PyBytesWriter_Create(0) }).ok_or_else(|| PyErr::fetch(py))?;
        let mut output = Self { py, writer, data: NonNull::dangling(), length: 0, capacity: 0 };
        output.resize(SMALL)?;
        Ok(output)
    }

    pub fn finish(self) -> PyResult<Bound<'py, PyBytes>> {
        let output = std::mem::ManuallyDrop::new(self);
        // SAFETY: the writer is this output's own and is used for the last time: `drop` does not run. Its first `length`
        // bytes are written. A slice is never longer than `isize::MAX`.
        unsafe {
            let bytes = PyBytesWriter_FinishWithSize(output.writer.as_ptr(), output.length.cast_signed());
            Ok(Bound::from_owned_ptr_or_err(output.py, bytes)?.cast_into_unchecked())
        }
    }

    fn resize(&mut self, capacity: usize) -> PyResult<()> {
        // SAFETY: the writer is this output's own. `PyBytesWriter_Resize` keeps what was written, returns a negative
        // number with an error set if there is no room, and may move the data, which is asked for again.
        unsafe {
            if PyBytesWriter_Resize(self.writer.as_ptr(), capacity.cast_signed()) < 0 {
                return Err(PyErr::fetch(self.py));
            }
            let data = PyBytesWriter_GetData(self.writer.as_ptr()).cast();
            self.data = NonNull::new(data).ok_or_else(|| PyErr::fetch(self.py))?;
        }
        self.capacity = capacity;
        Ok(())
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, additional: usize) {
        let capacity = (self.length + additional).max(self.capacity * 2);
        if self.resize(capacity).is_err() {
            out_of_memory();
        }
    }
}

impl Sink for Output<'_> {
    #[inline]
    fn extend_from_slice(&mut self, bytes: &[u8]) {
        if self.capacity - self.length < bytes.len() {
            self.grow(bytes.len());
        }
        // SAFETY: there is room for `bytes.len()` bytes behind the first `length`, and nobody else holds the data, so
        // that it cannot overlap.
        unsafe {
            self.data.as_ptr().add(self.length).copy_from_nonoverlapping(bytes.as_ptr(), bytes.len());
        }
        self.length += bytes.len();
    }

    fn reserve(&mut self, additional: usize) {
        if self.capacity - self.length < additional {
            self.grow(additional);
        }
    }

    #[inline]
    fn truncate(&mut self, length: usize) {
        self.length = self.length.min(length);
    }

    #[inline]
    fn as_slice(&self) -> &[u8] {
        // SAFETY: the first `length` bytes are written, and `self` is borrowed as long as the slice.
        unsafe { slice::from_raw_parts(self.data.as_ptr(), self.length) }
    }

    #[inline]
    fn as_mut_slice(&mut self) -> &mut [u8] {
        // SAFETY: as above, and `self` is borrowed mutably.
        unsafe { slice::from_raw_parts_mut(self.data.as_ptr(), self.length) }
    }
}

impl Drop for Output<'_> {
    fn drop(&mut self) {
        // SAFETY: the writer is this output's own and is used for the last time.
        unsafe { PyBytesWriter_Discard(self.writer.as_ptr()) }
    }
}
