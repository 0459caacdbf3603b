//! `list[T]`: `collection`. Also read: a packed array (type-system spec 2.4).

use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyList};

use super::{Codec, bool_, document, float, int, refused, str_, unwrapped, wrong};
use crate::error::{At, Result};
use crate::literal::{COLLECTION, ITEM, Items, View, canonical};
use crate::object::{Output, build_list};
use crate::packed::Packed;
use crate::value;
use crate::wire::{Sink, WireError, message, message_of};

#[derive(Debug)]
pub struct ListCodec {
    item: Codec,
    packed: Option<Packed>,
}

impl ListCodec {
    pub fn new(item: Codec, packed: Option<Packed>) -> Self {
        Self { item, packed }
    }

    pub fn calls_transformers(&self) -> bool {
        self.item.calls_transformers() || self.packed.as_ref().is_some_and(Packed::calls_transformers)
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
            Codec::Int => fill(py, content, |py, items| match items.quick(canonical::integer_item) {
                Some(value) => Ok(value::int(py, value)),
                None => int::decode(py, next(items)?),
            }),
            Codec::Float => fill(py, content, |py, items| match items.quick(canonical::float_item) {
                Some(value) => Ok(PyFloat::new(py, value).into_any()),
                None => float::decode(py, next(items)?),
            }),
            Codec::Str => fill(py, content, |py, items| match items.quick(canonical::string_item) {
                Some(text) => value::string(py, text).map(Bound::into_any),
                None => str_::decode(py, next(items)?),
            }),
            Codec::Bool => fill(py, content, |py, items| bool_::decode(py, next(items)?)),
            item => fill(py, content, |py, items| item.decode(py, next(items)?)),
        }
    }

    pub fn encode(&self, value: &Bound<'_, PyAny>, out: &mut Output<'_>) -> Result<()> {
        let Ok(list) = value.cast_exact::<PyList>() else { return Err(refused("list", value)) };
        match &self.item {
            Codec::Int => write(list, out, 12, int::encode::<ITEM>),
            Codec::Float => write(list, out, 15, float::encode::<ITEM>),
            Codec::Str => write(list, out, 24, str_::encode::<ITEM>),
            Codec::Bool => write(list, out, 8, bool_::encode::<ITEM>),
            item => write(list, out, 16, |value, out| message(out, ITEM, |out| item.encode(value, out))),
        }
    }
}

#[inline(always)]
fn fill<'py, 'a>(
    py: Python<'py>,
    content: &'a [u8],
    decode: impl Fn(Python<'py>, &mut Items<'a>) -> Result<Bound<'py, PyAny>>,
) -> Result<Bound<'py, PyAny>> {
    let mut items = Items::new(content);
    let count = items.count()?;
    let list = build_list(py, count, |index| decode(py, &mut items).at_index(index))?;
    Ok(list.into_any())
}

#[inline]
fn next<'a>(items: &mut Items<'a>) -> Result<&'a [u8]> {
    Ok(items.item()?.ok_or(WireError::Truncated)?)
}

/// `encode` appends a whole item, `size` is its usual number of bytes.
#[inline]
fn write<'py>(
    list: &Bound<'py, PyList>,
    out: &mut Output<'_>,
    size: usize,
    encode: impl Fn(&Bound<'py, PyAny>, &mut Output<'_>) -> Result<()>,
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
