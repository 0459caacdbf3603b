use pyo3::ffi;
use pyo3::prelude::*;

/// Runs `work` without the cyclic garbage collector.
///
/// Decoding makes many objects and no garbage, so that every collection on the way looks at all that was made so far and
/// frees nothing. `work` must not run transformers of the user's, which may do anything, and count on the collector.
pub fn without_collector<T>(_py: Python<'_>, work: impl FnOnce() -> T) -> T {
    // SAFETY: the interpreter is attached, as `_py` shows. Both calls only set a flag and return what it was.
    let was_enabled = unsafe { ffi::PyGC_Disable() } == 1;
    let _restore = Restore { was_enabled };
    work()
}

struct Restore {
    was_enabled: bool,
}

impl Drop for Restore {
    fn drop(&mut self) {
        if self.was_enabled {
            // SAFETY: the guard lives inside `without_collector`, where the interpreter is attached.
            unsafe { ffi::PyGC_Enable() };
        }
    }
}
