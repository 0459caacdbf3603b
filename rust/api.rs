//! What Python sees.

use std::collections::HashSet;
use std::convert::Infallible;

use pyo3::exceptions::{PyIndexError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyString};

use crate::codec::{
    Codec as CompiledCodec, Element, Elements as CompiledElements, Interface, Location, MAX_LEVELS, each_literal,
    too_deep,
};
use crate::error::{CodecError, Result};
use crate::literal::document::ContainerError;
use crate::literal::{ITEM, Time, VALUE, offloaded as stored};
use crate::object::{Input, Output, guarded, without_collector};
use crate::plan;
use crate::value;
use crate::wire::{delimited, map_entry};

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
        let decode = || self.compiled.decode(py, input.as_slice()).map_err(|error| error.into_pyerr(py, "value"));
        guarded(py, || if self.calls_transformers { decode() } else { without_collector(py, decode) })
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
        let element = wanted(element, bound)?;
        let input = Input::new(data)?;
        let decode = || {
            let values = self.compiled.decode(py, input.as_slice(), element.as_ref());
            values.map_err(|error| error.into_pyerr(py, "inputs"))
        };
        guarded(py, || if self.calls_transformers { decode() } else { without_collector(py, decode) })
    }

    /// Whether a variable, or a value inside one, may lie at a location.
    fn has_locations(&self) -> bool {
        self.compiled.has_locations()
    }

    /// Where the values of one serialized `LiteralMap` lie: `(path, uri, is_folder, is_eager)` of each.
    #[pyo3(signature = (data, element = None, bound = None), text_signature = "($self, data, element=None, bound=())")]
    fn locations(
        &self,
        data: &Bound<'_, PyAny>,
        element: Option<isize>,
        bound: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Vec<(String, String, bool, bool)>> {
        let element = wanted(element, bound)?;
        let input = Input::new(data)?;
        let found = self.compiled.locate(input.as_slice(), element.as_ref());
        Ok(places(found.map_err(|error| error.into_pyerr(data.py(), "inputs"))?))
    }

    /// One serialized `LiteralMap`.
    #[pyo3(signature = (values, /))]
    fn encode<'py>(&self, values: &Bound<'py, PyDict>) -> PyResult<Bound<'py, PyBytes>> {
        serialized(values.py(), "outputs", |out| self.compiled.encode(values, out))
    }
}

/// The elements of a map task in one serialized `LiteralMap`. Immutable; may be used from several threads.
///
/// Inputs that are not in `bound` are collections with one value for each element.
#[pyclass(frozen, module = "wingbeat._core")]
pub struct Elements {
    codec: Py<InterfaceCodec>,
    document: Py<PyBytes>,
    found: CompiledElements,
}

#[pymethods]
impl Elements {
    #[new]
    #[pyo3(signature = (codec, data, bound = None), text_signature = "(codec, data, bound=())")]
    fn new(
        codec: &Bound<'_, InterfaceCodec>,
        data: &Bound<'_, PyBytes>,
        bound: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let py = data.py();
        let bound = names(bound)?;
        let found = CompiledElements::find(py, &codec.get().compiled, data.as_bytes(), &bound);
        let found = found.map_err(|error| error.into_pyerr(py, "inputs"))?;
        Ok(Self { codec: codec.clone().unbind(), document: data.clone().unbind(), found })
    }

    /// How many elements each input has that is not the same for all.
    fn counts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let counts = PyDict::new(py);
        for (index, count) in self.found.counts() {
            counts.set_item(self.codec.get().compiled.variable(index).0, count)?;
        }
        Ok(counts)
    }

    /// The values for one element, by name.
    #[pyo3(signature = (index, /))]
    fn decode<'py>(&self, py: Python<'py>, index: usize) -> PyResult<Bound<'py, PyDict>> {
        let codec = self.codec.get();
        let decode = || {
            let values = self.found.decode(py, &codec.compiled, self.document.as_bytes(py), index);
            values.map_err(|error| error.into_pyerr(py, "inputs"))
        };
        guarded(py, || if codec.calls_transformers { decode() } else { without_collector(py, decode) })
    }

    /// Where the values for one element lie: see `InterfaceCodec.locations`.
    #[pyo3(signature = (index, /))]
    fn locations(&self, py: Python<'_>, index: usize) -> PyResult<Vec<(String, String, bool, bool)>> {
        let found = self.found.locate(&self.codec.get().compiled, self.document.as_bytes(py), index);
        Ok(places(found.map_err(|error| error.into_pyerr(py, "inputs"))?))
    }
}

fn places(found: Vec<Location>) -> Vec<(String, String, bool, bool)> {
    found.into_iter().map(|place| (place.path, place.uri, place.multipart, place.eager)).collect()
}

fn names(bound: Option<&Bound<'_, PyAny>>) -> PyResult<HashSet<String>> {
    let Some(bound) = bound else { return Ok(HashSet::new()) };
    bound.try_iter()?.map(|name| name?.extract()).collect()
}

/// The element of a map task that is asked for.
fn wanted(element: Option<isize>, bound: Option<&Bound<'_, PyAny>>) -> PyResult<Option<Element>> {
    let Some(index) = element else { return Ok(None) };
    let index =
        usize::try_from(index).map_err(|_| PyIndexError::new_err(format!("inputs: element {index} is below 0")))?;
    Ok(Some(Element { index, bound: names(bound)? }))
}

/// The URIs of the literals of a serialized `LiteralMap` that are stored elsewhere, in wire order.
#[pyfunction]
#[pyo3(signature = (data, element = None, bound = None), text_signature = "(data, element=None, bound=())")]
pub fn offloaded(
    data: &Bound<'_, PyAny>,
    element: Option<isize>,
    bound: Option<&Bound<'_, PyAny>>,
) -> PyResult<Vec<String>> {
    let element = wanted(element, bound)?;
    let input = Input::new(data)?;
    let mut found = Vec::new();
    let looked =
        each_literal(input.as_slice(), element.as_ref(), |_, _, literal| Ok(stored::uris(literal, &mut found)?));
    looked.map_err(|error| error.into_pyerr(data.py(), "inputs"))?;
    Ok(found.into_iter().map(|uri| String::from_utf8_lossy(&uri).into_owned()).collect())
}

/// The serialized literals of a serialized `LiteralMap`, by name.
#[pyfunction]
#[pyo3(signature = (data, /))]
pub fn entries<'py>(data: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyDict>> {
    let py = data.py();
    let input = Input::new(data)?;
    let found = PyDict::new(py);
    let looked = each_literal(input.as_slice(), None, |name, _, literal| {
        found.set_item(value::string(py, name)?, PyBytes::new(py, literal))?;
        Ok(())
    });
    looked.map_err(|error| error.into_pyerr(py, "literals"))?;
    Ok(found)
}

/// One serialized `LiteralMap` of serialized literals, in the order of the dict.
#[pyfunction]
#[pyo3(signature = (literals, /))]
pub fn literal_map<'py>(literals: &Bound<'py, PyDict>) -> PyResult<Bound<'py, PyBytes>> {
    let mut out = Output::new(literals.py())?;
    for (name, literal) in literals {
        let literal = Input::new(&literal)?;
        let Ok(()) = map_entry(&mut out, ITEM, name.cast::<PyString>()?.to_str()?, |out| {
            delimited(out, VALUE, literal.as_slice());
            Ok::<_, Infallible>(())
        });
    }
    out.finish()
}

/// The same serialized `LiteralMap` with the literals that are stored at these URIs in their places.
#[pyfunction]
#[pyo3(signature = (data, contents, /))]
pub fn with_offloaded<'py>(data: &Bound<'py, PyAny>, contents: &Bound<'py, PyDict>) -> PyResult<Bound<'py, PyBytes>> {
    let py = data.py();
    let input = Input::new(data)?;
    let mut known = stored::Contents::new();
    for (uri, content) in contents {
        known.insert(uri.extract::<String>()?.into_bytes(), Input::new(&content)?.as_slice().to_vec());
    }
    let resolved = stored::resolved_map(input.as_slice(), &known);
    Ok(PyBytes::new(py, &resolved.map_err(|error| CodecError::from(error).into_pyerr(py, "inputs"))?))
}

fn serialized<'py>(
    py: Python<'py>,
    root: &str,
    write: impl FnOnce(&mut Output<'py>) -> Result<()>,
) -> PyResult<Bound<'py, PyBytes>> {
    guarded(py, || {
        let mut out = Output::new(py)?;
        write(&mut out).map_err(|error| error.into_pyerr(py, root))?;
        out.finish()
    })
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
