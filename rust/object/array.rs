use std::ptr::NonNull;
use std::slice;

use pyo3::buffer::{ElementType, PyUntypedBuffer};
use pyo3::exceptions::PyBufferError;
use pyo3::prelude::*;

/// What a buffer of numbers may hold. Every pattern of bits is a value.
pub trait Cell: Copy + Send {
    const TYPE: ElementType;
}

impl Cell for i64 {
    const TYPE: ElementType = ElementType::SignedInteger { bytes: 8 };
}

impl Cell for f64 {
    const TYPE: ElementType = ElementType::Float { bytes: 8 };
}

/// A boolean: any byte that is not zero is true.
impl Cell for u8 {
    const TYPE: ElementType = ElementType::Bool;
}

/// Lets `write` fill an array that was made for this and that nobody else has yet. The interpreter is detached meanwhile.
pub fn fill<T: Cell, R: Send>(
    array: &Bound<'_, PyAny>,
    count: usize,
    write: impl FnOnce(&mut [T]) -> R + Send,
) -> PyResult<R> {
    let (buffer, start) = cells::<T>(array)?;
    if buffer.readonly() || buffer.item_count() != count {
        return Err(PyBufferError::new_err(format!("an array to fill must be writable and of {count} cells")));
    }
    let start = Address(start);
    Ok(array.py().detach(move || {
        let start = start;
        // SAFETY: `cells` has checked type, layout and alignment. The array is new, so that nobody else reads or writes it,
        // and `buffer` keeps it where it is until the end of this function.
        write(unsafe { slice::from_raw_parts_mut(start.0.as_ptr(), count) })
    }))
}

/// Lets `read` see shape and cells of an array. No Python code runs meanwhile.
pub fn read<T: Cell, R>(array: &Bound<'_, PyAny>, read: impl FnOnce(&[usize], &[T]) -> R) -> PyResult<R> {
    let (buffer, start) = cells::<T>(array)?;
    // SAFETY: as above, but that others may have the array: they are Python code, which does not run while this thread is
    // attached and runs none itself.
    let cells = unsafe { slice::from_raw_parts(start.as_ptr(), buffer.item_count()) };
    Ok(read(buffer.shape(), cells))
}

/// The address of cells, on its way into a closure that runs in this same thread.
struct Address<T>(NonNull<T>);

// SAFETY: `fill` uses it in the thread that made it, while nobody else does.
unsafe impl<T: Send> Send for Address<T> {}

fn cells<T: Cell>(array: &Bound<'_, PyAny>) -> PyResult<(PyUntypedBuffer, NonNull<T>)> {
    let buffer = PyUntypedBuffer::get(array)?;
    let start = NonNull::new(buffer.buf_ptr().cast::<T>()).unwrap_or(NonNull::dangling());
    let fits = ElementType::from_format(buffer.format()) == T::TYPE
        && buffer.item_size() == size_of::<T>()
        && buffer.is_c_contiguous()
        && start.is_aligned();
    if !fits {
        let format = buffer.format().to_string_lossy();
        return Err(PyBufferError::new_err(format!("an array in C order was expected, of {:?}: {format}", T::TYPE)));
    }
    Ok((buffer, start))
}
