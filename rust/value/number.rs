use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyInt};

use crate::error::{CodecError, Result};
use crate::words;

/// The `int` of a float that has no fraction. flytekit cuts the fraction off; that loses what was sent.
pub fn whole_number(py: Python<'_>, value: f64) -> Result<Bound<'_, PyAny>> {
    let number = PyFloat::new(py, value);
    if value.is_finite() && value.fract() == 0.0 {
        return Ok(py.get_type::<PyInt>().call1((number,))?);
    }
    Err(CodecError::mismatch("integer", format!("float {}", words::preview(number.as_any()))))
}

#[inline(always)]
pub fn int(py: Python<'_>, value: i64) -> Bound<'_, PyAny> {
    let Ok(number) = value.into_pyobject(py);
    number.into_any()
}

pub fn unsigned(py: Python<'_>, value: u64) -> Bound<'_, PyAny> {
    let Ok(number) = value.into_pyobject(py);
    number.into_any()
}
