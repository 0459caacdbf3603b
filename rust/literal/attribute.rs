//! A value inside a msgpack document and the literal that stands for it.
//!
//! Propeller makes a literal of a part of an upstream document when a workflow says `output.field` (type-system spec
//! 4.7). A Python transformer inside a dataclass is offered its field by the same rule, and answers by it.

use super::{BARE, COLLECTION, ITEM, View, binary, boolean, entry, float, integer, string, structure, view};
use super::{Items, calendar};
use crate::msgpack::{self, MAX_DEPTH, Token};
use crate::wire::{Reader, Sink, Value, WireError, message};

/// Why a literal has no place in a msgpack document.
#[derive(Debug, PartialEq, Eq)]
pub enum Unpackable {
    Wire(WireError),
    /// A kind of literal that attribute access never yields, by its name.
    Kind(&'static str),
}

impl From<WireError> for Unpackable {
    fn from(error: WireError) -> Self {
        Self::Wire(error)
    }
}

/// Reads one msgpack value and appends the literal that attribute access would make of it.
pub fn literal_of(reader: &mut msgpack::Reader<'_>, out: &mut impl Sink) -> Result<(), WireError> {
    let mut start = *reader;
    match reader.token()? {
        Token::Bool(value) => boolean::<BARE>(out, value),
        Token::Int(value) => integer::<BARE>(out, value),
        Token::Float(value) => float::<BARE>(out, value),
        Token::Str(text) => string::<BARE>(out, std::str::from_utf8(text).map_err(|_| WireError::Utf8)?),
        Token::Array(count) => message(out, COLLECTION, |out| {
            (0..count).try_for_each(|_| message(out, ITEM, |out| binary_of(reader, out)))
        })?,
        Token::Nil | Token::Bin(_) | Token::Map(_) | Token::UInt(_) | Token::Ext(_) => {
            binary_of(&mut start, out)?;
            *reader = start;
        }
    }
    Ok(())
}

fn binary_of(reader: &mut msgpack::Reader<'_>, out: &mut impl Sink) -> Result<(), WireError> {
    let before = reader.rest();
    reader.skip()?;
    let value = &before[..before.len() - reader.rest().len()];
    binary(out, |out| {
        out.extend_from_slice(value);
        Ok(())
    })
}

/// Appends the msgpack value that a literal stands for.
pub fn packed_of(literal: &[u8], out: &mut impl Sink, depth: u32) -> Result<(), Unpackable> {
    if depth > MAX_DEPTH {
        return Err(WireError::TooDeep.into());
    }
    match view(literal)? {
        View::Integer(value) => msgpack::int(out, value),
        View::Float(value) => msgpack::float(out, value),
        View::Boolean(value) => msgpack::boolean(out, value),
        View::String(content) => text(out, &content)?,
        View::NoneType => msgpack::nil(out),
        View::Datetime(time) => match calendar::civil(time) {
            Some(civil) => text(out, civil.iso().as_bytes())?,
            None => return Err(Unpackable::Kind("datetime out of range")),
        },
        #[expect(clippy::cast_precision_loss, reason = "seconds as a float are the packed form of a duration")]
        View::Duration(time) => msgpack::float(out, time.seconds as f64 + f64::from(time.nanos) / 1e9),
        View::Binary(document) => {
            let mut reader = msgpack::Reader::new(&document.value);
            reader.skip()?;
            reader.finish()?;
            out.extend_from_slice(&document.value);
        }
        View::Generic(content) => structure::struct_to_msgpack(&content, out)?,
        View::Union(union) => packed_of(&union.value, out, depth + 1)?,
        View::Collection(content) => {
            let mut items = Items::new(&content);
            msgpack::array_header(out, items.count()?);
            while let Some(item) = items.item()? {
                packed_of(item, out, depth + 1)?;
            }
        }
        View::Map(content) => {
            let mut items = Items::new(&content);
            msgpack::map_header(out, items.count()?);
            while let Some(item) = items.item()? {
                let entry = entry(item)?;
                text(out, entry.key)?;
                packed_of(&entry.value, out, depth + 1)?;
            }
        }
        View::Blob(blob) => {
            msgpack::map_header(out, 1);
            text(out, b"path")?;
            text(out, uri(&blob)?)?;
        }
        View::Nothing => return Err(Unpackable::Kind("nothing")),
        View::Schema(_) => return Err(Unpackable::Kind("schema")),
        View::Error => return Err(Unpackable::Kind("error")),
        View::StructuredDataset(_) => return Err(Unpackable::Kind("structured dataset")),
        View::Offloaded(_) => return Err(Unpackable::Kind("offloaded literal")),
    }
    Ok(())
}

fn text(out: &mut impl Sink, content: &[u8]) -> Result<(), WireError> {
    msgpack::string(out, std::str::from_utf8(content).map_err(|_| WireError::Utf8)?);
    Ok(())
}

/// `Blob.uri`.
fn uri(blob: &[u8]) -> Result<&[u8], WireError> {
    let mut uri: &[u8] = &[];
    let mut reader = Reader::new(blob);
    while let Some(field) = reader.field()? {
        if let (3, Value::Bytes(content)) = (field.number, field.value) {
            uri = content;
        }
    }
    Ok(uri)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_attribute_access_makes_of_a_value_comes_back() {
        for document in [
            &b"\x01"[..],
            b"\xc3",
            b"\xcb\x3f\xf8\0\0\0\0\0\0",
            b"\xa2hi",
            b"\xc0",
            b"\x93\x01\xa1x\x91\x80",
            b"\x81\xa1a\x01",
        ] {
            let mut literal = Vec::new();
            literal_of(&mut msgpack::Reader::new(document), &mut literal).unwrap();
            let mut back = Vec::new();
            packed_of(&literal, &mut back, 0).unwrap();
            assert_eq!(back, document);
        }
    }
}
