//! `dict[K, V]`: a msgpack map.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::{Cursor, Packed, any, check_depth, fits, refused, wrong};
use crate::error::{At, CodecError, Result};
use crate::msgpack::{self, Token};
use crate::object::{Output, for_each_entry};
use crate::value;
use crate::words;

#[derive(Debug)]
pub struct MappingCodec {
    key: Packed,
    value: Packed,
}

impl MappingCodec {
    pub fn new(key: Packed, value: Packed) -> Self {
        Self { key, value }
    }

    pub fn key(&self) -> &Packed {
        &self.key
    }

    pub fn value(&self) -> &Packed {
        &self.value
    }

    pub fn decode<'py>(&self, py: Python<'py>, reader: &mut Cursor<'_>) -> Result<Bound<'py, PyAny>> {
        let count = match reader.token()? {
            Token::Map(count) => count,
            token => return Err(wrong(py, "map", &token)),
        };
        reader.enter()?;
        let dict = PyDict::new(py);
        for _ in 0..count {
            let start = *reader;
            let key = match self.decode_key(py, reader) {
                Ok(key) => key,
                // The place is called by the key as it was sent.
                Err(error) => return Err(error).at_entry(&any::decode(py, &mut { start })?),
            };
            let value = self.value.decode(py, reader).at_entry(&key)?;
            if let Err(error) = dict.set_item(&key, value) {
                return Err(unhashable(error, &key, &mut { start })?).at_entry(&key);
            }
        }
        reader.leave();
        Ok(dict.into_any())
    }

    fn decode_key<'py>(&self, py: Python<'py>, reader: &mut Cursor<'_>) -> Result<Bound<'py, PyAny>> {
        if let (Packed::Any | Packed::Str, Ok(Token::Str(content))) = (&self.key, { *reader }.token()) {
            reader.skip()?;
            return value::key(py, content).map(Bound::into_any);
        }
        self.key.decode(py, reader)
    }

    pub fn encode(&self, value: &Bound<'_, PyAny>, out: &mut Output<'_>, depth: u32) -> Result<()> {
        check_depth(depth)?;
        if let Ok(dict) = value.cast_exact::<PyDict>() {
            fits(msgpack::map_header(out, dict.len()))?;
            return for_each_entry(dict, |key, item| self.encode_entry(&key, &item, out, depth));
        }
        let Ok(pairs) = value.call_method0("items") else { return Err(refused("dict", value)) };
        let pairs = pairs.try_iter()?.collect::<PyResult<Vec<_>>>()?;
        fits(msgpack::map_header(out, pairs.len()))?;
        pairs.into_iter().try_for_each(|pair| {
            let (key, item) = pair.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>()?;
            self.encode_entry(&key, &item, out, depth)
        })
    }

    fn encode_entry(
        &self,
        key: &Bound<'_, PyAny>,
        item: &Bound<'_, PyAny>,
        out: &mut Output<'_>,
        depth: u32,
    ) -> Result<()> {
        self.key.encode(key, out, depth + 1).at_entry(key)?;
        self.value.encode(item, out, depth + 1).at_entry(key)
    }
}

#[cold]
fn unhashable(error: PyErr, key: &Bound<'_, PyAny>, start: &mut Cursor<'_>) -> Result<CodecError> {
    let py = key.py();
    if error.is_instance_of::<PyTypeError>(py) {
        return Ok(CodecError::mismatch("a key that can be hashed", words::packed(py, &start.token()?)));
    }
    Ok(error.into())
}
