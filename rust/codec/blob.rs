//! A value that lies at a location: `scalar.blob` (type-system spec 1.2). Python loads and dumps it; no message is made
//! for that.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use super::locations::{Location, Locations};
use super::{document, unwrapped, whole, wrong};
use crate::error::{CodecError, Result};
use crate::literal::{self, View, blob, metadata_entry, structure};
use crate::object::Output;
use crate::packed::Packed;
use crate::value;
use crate::words;

#[derive(Debug)]
pub struct BlobCodec {
    decode: Py<PyAny>,
    encode: Py<PyAny>,
    document: Option<Py<PyAny>>,
    eager: bool,
}

impl BlobCodec {
    pub fn new(decode: Py<PyAny>, encode: Py<PyAny>, document: Option<Py<PyAny>>, eager: bool) -> Self {
        Self { decode, encode, document, eager }
    }

    pub fn decode<'py>(&self, py: Python<'py>, literal: &[u8]) -> Result<Bound<'py, PyAny>> {
        match (unwrapped(literal)?, &self.document) {
            (View::Blob(content), _) => {
                let blob = blob::read(&content)?;
                let (uri, format) = (value::string(py, blob.uri)?, value::string(py, blob.format)?);
                Ok(self.decode.bind(py).call1((uri, format, blob.multipart, metadata(py, literal)?))?)
            }
            (View::Binary(binary), Some(load)) => {
                let content = document(py, &binary, |reader| Packed::Any.decode(py, reader))?;
                Ok(load.bind(py).call1((content,))?)
            }
            (View::Generic(content), Some(load)) => {
                let mut packed = Vec::new();
                structure::struct_to_msgpack(&content, &mut packed)?;
                let content = whole(&packed, |reader| Packed::Any.decode(py, reader))?;
                Ok(load.bind(py).call1((content,))?)
            }
            (view, _) => Err(wrong(py, "blob", &view)),
        }
    }

    /// The value of a document that was read from elsewhere.
    pub fn load_document<'py>(&self, content: &Bound<'py, PyAny>) -> Result<Bound<'py, PyAny>> {
        match &self.document {
            Some(load) => Ok(load.bind(content.py()).call1((content,))?),
            None => Err(CodecError::mismatch("blob", words::python(content))),
        }
    }

    pub fn encode(&self, value: &Bound<'_, PyAny>, out: &mut Output<'_>) -> Result<()> {
        let place = self.encode.bind(value.py()).call1((value,))?;
        let place = place.cast_into::<PyTuple>().map_err(PyErr::from)?;
        let (uri, format) = (text(&place, 0)?, text(&place, 1)?);
        blob::write(out, value::utf8(&uri)?, value::utf8(&format)?, place.get_item(2)?.extract()?);
        let notes = place.get_item(3)?;
        if !notes.is_none() {
            write_metadata(&notes, out)?;
        }
        Ok(())
    }

    /// Adds the location of the literal, if it has one.
    pub fn locate(&self, literal: &[u8], found: &mut Locations) -> Result<()> {
        if let View::Blob(content) = unwrapped(literal)? {
            let blob = blob::read(&content)?;
            found.add(|path| Location::new(path, blob.uri, blob.multipart, self.eager));
        }
        Ok(())
    }
}

fn text<'py>(place: &Bound<'py, PyTuple>, index: usize) -> Result<Bound<'py, PyString>> {
    Ok(place.get_item(index)?.cast_into::<PyString>().map_err(PyErr::from)?)
}

/// `Literal.metadata` as a dict; None if there is none. Of a literal inside a union, as where there is no union around it.
fn metadata<'py>(py: Python<'py>, literal: &[u8]) -> Result<Option<Bound<'py, PyDict>>> {
    let entries = match literal::view(literal)? {
        View::Union(union) => return metadata(py, &union.value),
        _ => literal::metadata(literal)?,
    };
    if entries.is_empty() {
        return Ok(None);
    }
    let dict = PyDict::new(py);
    for (key, text) in entries {
        dict.set_item(value::string(py, key)?, value::string(py, text)?)?;
    }
    Ok(Some(dict))
}

/// In the order of the keys, as the protobuf library writes maps when it is asked for a stable form.
fn write_metadata(notes: &Bound<'_, PyAny>, out: &mut Output<'_>) -> Result<()> {
    let Ok(notes) = notes.cast::<PyDict>() else {
        return Err(CodecError::mismatch("metadata as a dict of str", words::python(notes)));
    };
    let mut entries = Vec::with_capacity(notes.len());
    for (key, text) in notes {
        let (Ok(key), Ok(text)) = (key.cast::<PyString>(), text.cast::<PyString>()) else {
            let got = format!("{} for {}", words::python(&text), words::python(&key));
            return Err(CodecError::mismatch("metadata as a dict of str", got));
        };
        entries.push((value::utf8(key)?.to_owned(), value::utf8(text)?.to_owned()));
    }
    entries.sort();
    for (key, text) in entries {
        metadata_entry(out, &key, &text);
    }
    Ok(())
}
