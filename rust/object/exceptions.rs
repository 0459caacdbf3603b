//! The exception classes, made when the module is loaded.

use pyo3::exceptions::{PyAssertionError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyTuple, PyType};

static TYPE_TRANSFORMER_FAILED: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static OFFLOADED_LITERAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static MALFORMED_LITERAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();

/// A value does not fit its declared type. The bases are flytekit's, in its order (type-system spec, vocabulary).
pub fn type_transformer_failed(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    let bases = || {
        let bases = (py.get_type::<PyTypeError>(), py.get_type::<PyAssertionError>(), py.get_type::<PyValueError>());
        bases.into_pyobject(py)
    };
    let doc = "A value does not fit its declared type, in either direction.\n\n\
               ``path`` says where (``inputs.xs[17].zip``), ``expected`` and ``got`` what, ``hint`` what to do.";
    let attributes = ["path", "expected", "got", "hint"];
    exception(py, &TYPE_TRANSFORMER_FAILED, "TypeTransformerFailedError", doc, &attributes, bases)
}

/// The literal has to be fetched before it can be decoded.
pub fn offloaded_literal(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    let doc = "The literal is stored elsewhere, and has to be fetched before it can be decoded.\n\n\
               ``path`` says where it is used, ``got`` where it is stored.";
    exception(py, &OFFLOADED_LITERAL, "OffloadedLiteralError", doc, &[], || {
        (type_transformer_failed(py)?,).into_pyobject(py)
    })
}

/// The bytes are not a serialized literal.
pub fn malformed_literal(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    let doc = "The bytes are not a serialized literal: truncated, corrupt, nested too deeply, or not UTF-8.\n\n\
               ``path`` says where.";
    exception(py, &MALFORMED_LITERAL, "MalformedLiteralError", doc, &["path"], || {
        (py.get_type::<PyValueError>(),).into_pyobject(py)
    })
}

fn exception<'py>(
    py: Python<'py>,
    cell: &'static PyOnceLock<Py<PyType>>,
    name: &str,
    doc: &str,
    attributes: &[&str],
    bases: impl FnOnce() -> PyResult<Bound<'py, PyTuple>>,
) -> PyResult<&'py Bound<'py, PyType>> {
    let class = cell.get_or_try_init(py, || {
        let namespace = PyDict::new(py);
        namespace.set_item("__module__", "wingbeat.errors")?;
        namespace.set_item("__doc__", doc)?;
        for attribute in attributes {
            namespace.set_item(attribute, "")?;
        }
        let class = py.get_type::<PyType>().call1((name, bases()?, namespace))?;
        Ok::<_, PyErr>(class.cast_into::<PyType>()?.unbind())
    })?;
    Ok(class.bind(py))
}
