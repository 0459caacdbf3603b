//! `list[T]`: `collection`. Also read: a packed array (type-system spec 2.4).

use pyo3::prelude::*;
use pyo3::types::PyList;

use super::{Codec, bool_, document, float, int, refused, str_, unwrapped, wrong};
use crate::error::{At, Result};
use crate::literal::{COLLECTION, ITEM, Items, View};
use crate::object::build_list;
use crate::packed::Packed;
use crate::wire::{WireError, message, message_of};

#[derive(Debug)]
pub struct ListCodec {
    item: Codec,
    packed: Option<Packed>,
}

impl ListCodec {
    pub fn new(item: Codec, packed: Option<Packed>) -> Self {
        Self { item, packed }
    }

    pub fn item(&self) -> &Codec {
        &self.item
    }

    pub fn decode<'py>(&self, py: Python<'py>, literal: &[u8]) -> Result<Bound<'py, PyAny>> {
        match (unwrapped(literal)?, &self.packed) {
            (View::Collection(content), _) => self.items(py, &content),
            (View::Binary(binary), Some(packed)) => document(py, &binary, |reader| packed.decode(py, reader)),
            (view, _) => Err(wrong(py, "collection", &view)),
        }
    }

    fn items<'py>(&self, py: Python<'py>, content: &[u8]) -> Result<Bound<'py, PyAny>> {
        // The leaves that long lists are made of get a loop of their own, without a choice for each item.
        match &self.item {
            Codec::Int => fill(py, content, int::decode),
            Codec::Float => fill(py, content, float::decode),
            Codec::Str => fill(py, content, str_::decode),
            Codec::Bool => fill(py, content, bool_::decode),
            item => fill(py, content, |py, literal| item.decode(py, literal)),
        }
    }

    pub fn encode(&self, value: &Bound<'_, PyAny>, out: &mut Vec<u8>) -> Result<()> {
        let Ok(list) = value.cast_exact::<PyList>() else { return Err(refused("list", value)) };
        match &self.item {
            Codec::Int => write(list, out, 12, int::encode::<true>),
            Codec::Float => write(list, out, 15, float::encode::<true>),
            Codec::Str => write(list, out, 24, str_::encode::<true>),
            Codec::Bool => write(list, out, 8, bool_::encode::<true>),
            item => write(list, out, 16, |value, out| message(out, ITEM, |out| item.encode(value, out))),
        }
    }
}

#[inline]
fn fill<'py>(
    py: Python<'py>,
    content: &[u8],
    decode: impl Fn(Python<'py>, &[u8]) -> Result<Bound<'py, PyAny>>,
) -> Result<Bound<'py, PyAny>> {
    let mut items = Items::new(content);
    let count = items.count()?;
    let list = build_list(py, count, |index| {
        let item = items.item()?.ok_or(WireError::Truncated)?;
        decode(py, item).at_index(index)
    })?;
    Ok(list.into_any())
}

/// `encode` appends a whole item, `size` is its usual number of bytes.
#[inline]
fn write<'py>(
    list: &Bound<'py, PyList>,
    out: &mut Vec<u8>,
    size: usize,
    encode: impl Fn(&Bound<'py, PyAny>, &mut Vec<u8>) -> Result<()>,
) -> Result<()> {
    let guess = list.len() * size;
    out.reserve(guess);
    message_of(out, COLLECTION, guess, |out| {
        for (index, value) in list.iter().enumerate() {
            encode(&value, out).at_index(index)?;
        }
        Ok(())
    })
}
