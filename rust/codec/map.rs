//! `dict[str, T]`: `map`. Also read: a packed map, a `Struct` (type-system spec 2.5).

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use super::{Codec, bool_, document, float, int, refused, str_, unwrapped, whole, wrong};
use crate::error::{At, CodecError, Result};
use crate::literal::{ITEM, Items, MAP, VALUE, View, entry, structure};
use crate::object::{Output, for_each_entry};
use crate::packed::Packed;
use crate::value;
use crate::wire::{Sink, map_entry, message, message_of};
use crate::words;

/// The usual number of bytes of an entry.
const ENTRY: usize = 24;

#[derive(Debug)]
pub struct MapCodec {
    value: Codec,
    packed: Option<Packed>,
}

impl MapCodec {
    pub fn new(value: Codec, packed: Option<Packed>) -> Self {
        Self { value, packed }
    }

    pub fn calls_transformers(&self) -> bool {
        self.value.calls_transformers() || self.packed.as_ref().is_some_and(Packed::calls_transformers)
    }

    pub fn value(&self) -> &Codec {
        &self.value
    }

    pub fn decode<'py>(&self, py: Python<'py>, literal: &[u8]) -> Result<Bound<'py, PyAny>> {
        match (unwrapped(literal)?, &self.packed) {
            (View::Map(content), _) => self.entries(py, &content),
            (View::Binary(binary), Some(packed)) => document(py, &binary, |reader| packed.decode(py, reader)),
            (View::Generic(content), Some(packed)) => {
                let mut document = Vec::new();
                structure::struct_to_msgpack(&content, &mut document)?;
                whole(&document, |reader| packed.decode(py, reader))
            }
            (view, _) => Err(wrong(py, "map", &view)),
        }
    }

    fn entries<'py>(&self, py: Python<'py>, content: &[u8]) -> Result<Bound<'py, PyAny>> {
        let dict = PyDict::new(py);
        let mut items = Items::new(content);
        while let Some(item) = items.item()? {
            let entry = entry(item)?;
            let key = value::string(py, entry.key)?;
            let value = match self.value.decode(py, &entry.value) {
                Ok(value) => value,
                Err(error) => return Err(error).at_key(&String::from_utf8_lossy(entry.key)),
            };
            dict.set_item(key, value)?;
        }
        Ok(dict.into_any())
    }

    pub fn encode(&self, value: &Bound<'_, PyAny>, out: &mut Output<'_>) -> Result<()> {
        let Ok(dict) = value.cast_exact::<PyDict>() else { return Err(refused("dict", value)) };
        match &self.value {
            Codec::Int => write(dict, out, int::encode::<VALUE>),
            Codec::Float => write(dict, out, float::encode::<VALUE>),
            Codec::Str => write(dict, out, str_::encode::<VALUE>),
            Codec::Bool => write(dict, out, bool_::encode::<VALUE>),
            codec => write(dict, out, |value, out| message(out, VALUE, |out| codec.encode(value, out))),
        }
    }
}

/// `encode` appends the whole value field of an entry.
#[inline]
fn write<'py>(
    dict: &Bound<'py, PyDict>,
    out: &mut Output<'_>,
    encode: impl Fn(&Bound<'py, PyAny>, &mut Output<'_>) -> Result<()>,
) -> Result<()> {
    let guess = dict.len() * ENTRY;
    out.reserve(guess);
    message_of(out, MAP, guess, |out| {
        for_each_entry(dict, |key, value| {
            let Ok(name) = key.cast_exact::<PyString>() else {
                return Err(CodecError::mismatch("keys of type str", words::python(&key)));
            };
            let name = value::utf8(name)?;
            map_entry(out, ITEM, name, |out| encode(&value, out)).at_key(name)
        })
    })
}
