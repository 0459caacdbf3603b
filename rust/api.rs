//! What Python sees.

use std::collections::HashSet;

use pyo3::exceptions::{PyIndexError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyString};

use crate::codec::{Codec as CompiledCodec, Element, Interface, MAX_LEVELS, too_deep};
use crate::error::Result;
use crate::literal::Time;
use crate::literal::document::ContainerError;
use crate::object::{Input, Output, without_collector};
use crate::plan;

/// One compiled schema. Immutable; may be used from several threads.
#[pyclass(frozen, module = "wingbeat._core")]
pub struct Codec {
    compiled: CompiledCodec,
    calls_transformers: bool,
}

#[pymethods]
impl Codec {
    #[new]
    #[pyo3(signature = (schema, /))]
    fn new(schema: &Bound<'_, PyAny>) -> PyResult<Self> {
        let compiled = plan::literal(schema)?;
        let calls_transformers = compiled.calls_transformers();
        Ok(Self { compiled, calls_transformers })
    }

    /// The value of one serialized `Literal`.
    #[pyo3(signature = (data, /))]
    fn decode<'py>(&self, data: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = data.py();
        let input = Input::new(data)?;
        let decode = || self.compiled.decode(py, input.as_slice());
        let value = if self.calls_transformers { decode() } else { without_collector(py, decode) };
        value.map_err(|error| error.into_pyerr(py, "value"))
    }

    /// One serialized `Literal`.
    #[pyo3(signature = (value, /))]
    fn encode<'py>(&self, value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyBytes>> {
        serialized(value.py(), "value", |out| {
            // As an input or output, the literal would be inside an entry of a map.
            if self.compiled.levels() + 2 > MAX_LEVELS {
                return Err(too_deep());
            }
            self.compiled.encode(value, out)
        })
    }
}

/// The compiled schemas of named variables, in order. Immutable; may be used from several threads.
#[pyclass(frozen, module = "wingbeat._core")]
pub struct InterfaceCodec {
    compiled: Interface,
    calls_transformers: bool,
}

#[pymethods]
impl InterfaceCodec {
    #[new]
    #[pyo3(signature = (variables, /))]
    fn new(variables: &Bound<'_, PyDict>) -> PyResult<Self> {
        let mut compiled = Vec::with_capacity(variables.len());
        for (name, schema) in variables {
            let name = name.cast_into::<PyString>()?;
            let text = name.to_str()?.to_owned();
            compiled.push((name.unbind(), text, plan::literal(&schema)?));
        }
        let calls_transformers = compiled.iter().any(|(_, _, codec)| codec.calls_transformers());
        Ok(Self { compiled: Interface::new(compiled), calls_transformers })
    }

    /// The values of one serialized `LiteralMap`, by name.
    #[pyo3(signature = (data, element = None, bound = None), text_signature = "($self, data, element=None, bound=())")]
    fn decode<'py>(
        &self,
        data: &Bound<'py, PyAny>,
        element: Option<isize>,
        bound: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let py = data.py();
        let element = match element {
            Some(index) => {
                let index = usize::try_from(index)
                    .map_err(|_| PyIndexError::new_err(format!("inputs: element {index} is below 0")))?;
                let mut names = HashSet::new();
                if let Some(bound) = bound {
                    for name in bound.try_iter()? {
                        names.insert(name?.extract::<String>()?);
                    }
                }
                Some(Element { index, bound: names })
            }
            None => None,
        };
        let input = Input::new(data)?;
        let decode = || self.compiled.decode(py, input.as_slice(), element.as_ref());
        let values = if self.calls_transformers { decode() } else { without_collector(py, decode) };
        values.map_err(|error| error.into_pyerr(py, "inputs"))
    }

    /// One serialized `LiteralMap`.
    #[pyo3(signature = (values, /))]
    fn encode<'py>(&self, values: &Bound<'py, PyDict>) -> PyResult<Bound<'py, PyBytes>> {
        serialized(values.py(), "outputs", |out| self.compiled.encode(values, out))
    }
}

fn serialized<'py>(
    py: Python<'py>,
    root: &str,
    write: impl FnOnce(&mut Output<'py>) -> Result<()>,
) -> PyResult<Bound<'py, PyBytes>> {
    let mut out = Output::new(py)?;
    write(&mut out).map_err(|error| error.into_pyerr(py, root))?;
    out.finish()
}

/// One serialized `ErrorDocument`.
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "the fields of a ContainerError")]
pub fn error_document<'py>(
    py: Python<'py>,
    code: &str,
    message: &str,
    recoverable: bool,
    origin: u8,
    seconds: i64,
    nanos: i32,
    worker: &str,
) -> PyResult<Bound<'py, PyBytes>> {
    if origin > 2 {
        return Err(PyValueError::new_err(format!("origin is 0 (unknown), 1 (user) or 2 (system), not {origin}")));
    }
    let timestamp = Time { seconds, nanos };
    let error = ContainerError { code, message, recoverable, origin, timestamp, worker };
    Ok(PyBytes::new(py, &error.document()))
}
