use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyInt;

/// The value of an `int`, or `None` beyond 64 bits.
#[inline]
pub fn as_i64(value: &Bound<'_, PyInt>) -> Option<i64> {
    let mut overflow = 0;
    // SAFETY: `value` is an `int`, for which the call cannot fail otherwise than by overflow, which it reports.
    let number = unsafe { ffi::PyLong_AsLongLongAndOverflow(value.as_ptr(), &raw mut overflow) };
    (overflow == 0).then_some(number)
}
