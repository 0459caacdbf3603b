use std::panic::{AssertUnwindSafe, catch_unwind, panic_any, set_hook};

use pyo3::exceptions::{PyMemoryError, PyRuntimeError};
use pyo3::prelude::*;

/// What a panic carries where there is no memory, and no way to return an error.
struct OutOfMemory;

/// How `PyO3` says that the interpreter has not made an object.
const NO_OBJECT: &str = "PyObject pointer is null";

/// Ends what is being done: there is no memory for it. `guarded` makes a `MemoryError` of it.
#[cold]
pub fn out_of_memory() -> ! {
    panic_any(OutOfMemory)
}

/// Turns a panic into an exception that the user's code, and the report of a task's failure, know how to deal with.
///
/// `PyO3` panics where the interpreter has no memory for a new object; the `MemoryError` is printed by then, or pending.
pub fn guarded<T>(py: Python<'_>, work: impl FnOnce() -> PyResult<T>) -> PyResult<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|cause| {
        let text = cause.downcast_ref::<&str>().copied();
        let said = text.or_else(|| cause.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message");
        Err(if let Some(pending) = PyErr::take(py) {
            pending
        } else if cause.is::<OutOfMemory>() || said == NO_OBJECT {
            PyMemoryError::new_err(())
        } else {
            PyRuntimeError::new_err(format!("a defect of wingbeat, which we would like to know of: {said}"))
        })
    })
}

/// Keeps panics from printing: what they say is in the exception, and a backtrace takes memory that may not be there.
pub fn silence_panics() {
    set_hook(Box::new(|_| {}));
}
