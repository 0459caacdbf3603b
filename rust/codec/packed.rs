//! Untyped dicts, dicts with keys other than `str`, dataclasses: one msgpack document in a `Binary`, or, in the older form,
//! a `Struct`. Both are always read (type-system spec 2.5, 2.10, 4.6).

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyType};

use super::{MAX_LEVELS, document, refused, too_deep, unwrapped, whole, wrong};
use crate::error::{CodecError, Result};
use crate::literal::structure::{self, BytesAs, Unstructurable};
use crate::literal::{GENERIC, SCALAR, View, binary, canonical, metadata_entry, metadata_format, view};
use crate::object::Output;
use crate::packed::Packed;
use crate::wire::{Sink, message};

#[derive(Debug)]
pub struct PackedCodec {
    target: Packed,
    /// Writes a `Struct` (`FLYTE_USE_OLD_DC_FORMAT`).
    legacy: bool,
    /// What the older form says in `Literal.metadata["format"]`; empty for nothing.
    metadata_format: String,
    /// Messages around the `Struct` of the older form, when it is written as an input or output.
    levels: u32,
    /// Reads a literal that says that its `Struct` names a pickle.
    pickled: Option<Py<PyAny>>,
}

impl PackedCodec {
    pub fn new(target: Packed, legacy: bool, metadata_format: String, levels: u32, pickled: Option<Py<PyAny>>) -> Self {
        Self { target, legacy, metadata_format, levels, pickled }
    }

    pub fn calls_transformers(&self) -> bool {
        self.target.calls_transformers()
    }

    /// The dataclass that the document holds.
    pub fn class<'a, 'py>(&'a self, py: Python<'py>) -> Option<&'a Bound<'py, PyType>> {
        self.target.class(py)
    }

    /// Whether the value is an instance of another dataclass with the same fields.
    pub fn resembles(&self, value: &Bound<'_, PyAny>) -> bool {
        matches!(&self.target, Packed::Dataclass(codec) if codec.resembles(value))
    }

    pub fn decode<'py>(&self, py: Python<'py>, literal: &[u8]) -> Result<Bound<'py, PyAny>> {
        if let Some(content) = canonical::document(literal) {
            return whole(content, |reader| self.target.decode(py, reader));
        }
        match unwrapped(literal)? {
            View::Binary(binary) => document(py, &binary, |reader| self.target.decode(py, reader)),
            View::Generic(content) => self.read_struct(py, literal, &content),
            view => Err(wrong(py, "binary or struct", &view)),
        }
    }

    fn read_struct<'py>(&self, py: Python<'py>, literal: &[u8], content: &[u8]) -> Result<Bound<'py, PyAny>> {
        let literal = match view(literal)? {
            View::Union(union) => union.value,
            _ => literal.into(),
        };
        if metadata_format(&literal)? == Some(b"pickle") {
            return match &self.pickled {
                Some(read) => Ok(read.bind(py).call1((PyBytes::new(py, &literal),))?),
                None => Err(CodecError::mismatch("binary or struct", "struct that names a pickle")),
            };
        }
        let mut document = Vec::new();
        structure::struct_to_msgpack(content, &mut document)?;
        whole(&document, |reader| self.target.decode(py, reader))
    }

    pub fn encode(&self, value: &Bound<'_, PyAny>, out: &mut Output<'_>) -> Result<()> {
        let write = |out: &mut Output<'_>| self.write(value, out);
        if !self.legacy {
            return binary(out, write);
        }
        let mut document = Output::new(value.py())?;
        write(&mut document)?;
        message(out, SCALAR, |out| message(out, GENERIC, |out| self.write_struct(document.as_slice(), out)))?;
        if !self.metadata_format.is_empty() {
            metadata_entry(out, "format", &self.metadata_format);
        }
        Ok(())
    }

    fn write(&self, value: &Bound<'_, PyAny>, out: &mut Output<'_>) -> Result<()> {
        match &self.target {
            Packed::Dataclass(codec) => codec.encode_top(value, out),
            Packed::Json(_) | Packed::Document(_) => self.target.encode(value, out, 0),
            _ if value.is_exact_instance_of::<PyDict>() => self.target.encode(value, out, 0),
            _ => Err(refused("dict", value)),
        }
    }

    fn write_struct(&self, document: &[u8], out: &mut Output<'_>) -> Result<()> {
        let bytes_as = match self.target {
            Packed::Dataclass(_) | Packed::Document(_) => BytesAs::Base64,
            _ => BytesAs::Refused,
        };
        let levels = MAX_LEVELS.saturating_sub(self.levels);
        structure::msgpack_to_struct(document, out, bytes_as, levels).map_err(|error| match error {
            Unstructurable::TooDeep => too_deep(),
            Unstructurable::Wire(error) => error.into(),
            Unstructurable::NotAMap => CodecError::saying("cannot be written as a struct: not a map"),
            Unstructurable::Bytes => CodecError::saying("cannot be written as a struct: object of type bytes"),
            Unstructurable::Extension => CodecError::saying("cannot be written as a struct: msgpack extension"),
            Unstructurable::Key => CodecError::saying("cannot be written as a struct: a key is no text or number"),
        })
    }
}
