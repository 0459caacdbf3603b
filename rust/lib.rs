//! `wingbeat._core`: Flyte literals to native Python values and back.
//!
//! `wire`, `msgpack` and `literal` know nothing of Python; `object` knows how `CPython` lays out its objects; `codec` and
//! `packed` convert, one file for each node; `plan` compiles them from the schema that Python describes.

mod api;
pub mod codec;
pub mod decimal;
pub mod error;
pub mod json;
pub mod literal;
pub mod msgpack;
pub mod object;
mod packed;
pub mod plan;
mod value;
pub mod wire;
mod words;

use pyo3::prelude::*;

#[pymodule]
mod _core {
    use super::{Bound, PyModule, PyModuleMethods, PyResult};
    use crate::object::exceptions;

    #[pymodule_export]
    use crate::api::{
        Codec, Elements, InterfaceCodec, entries, error_document, literal_map, offloaded, with_offloaded,
    };

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        crate::object::silence_panics();
        let py = module.py();
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        module.add("TypeTransformerFailedError", exceptions::type_transformer_failed(py)?)?;
        module.add("OffloadedLiteralError", exceptions::offloaded_literal(py)?)?;
        module.add("MalformedLiteralError", exceptions::malformed_literal(py)?)
    }
}
