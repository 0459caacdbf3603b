//! `google.protobuf.Struct` and msgpack, each written as the other.
//!
//! Old SDKs, the console and `FLYTE_USE_OLD_DC_FORMAT` store documents as `Struct`; everything else is msgpack. A
//! `Struct` is read by writing it as msgpack first, so that there is one reader of documents.

use crate::decimal;
use crate::msgpack::{self, MAX_DEPTH, Token};
use crate::wire::{Reader, Sink, Value, WireError, delimited, message};

/// Appends a `Struct` as a msgpack map. Every number is a double there and stays one.
pub fn struct_to_msgpack(bytes: &[u8], out: &mut impl Sink) -> Result<(), WireError> {
    let mut budget = bytes.len();
    fields(bytes, out, 0, &mut budget)
}

fn fields(bytes: &[u8], out: &mut impl Sink, depth: u32, budget: &mut usize) -> Result<(), WireError> {
    let entries = repeated(bytes)?;
    msgpack::map_header(out, entries.len());
    for entry in entries {
        let (mut key, mut value): (&[u8], Option<Vec<u8>>) = (&[], None);
        let mut reader = Reader::new(entry);
        while let Some(field) = reader.field()? {
            match (field.number, field.value) {
                (1, Value::Bytes(content)) => key = content,
                (2, Value::Bytes(content)) => merge(&mut value, content, budget)?,
                _ => {}
            }
        }
        msgpack::string(out, std::str::from_utf8(key).map_err(|_| WireError::Utf8)?);
        struct_value(&value.unwrap_or_default(), out, depth + 1, budget)?;
    }
    Ok(())
}

fn struct_value(bytes: &[u8], out: &mut impl Sink, depth: u32, budget: &mut usize) -> Result<(), WireError> {
    if depth > MAX_DEPTH {
        return Err(WireError::TooDeep);
    }
    let mut kind = 1;
    let mut number = 0u64;
    let mut content: Option<Vec<u8>> = None;
    let mut reader = Reader::new(bytes);
    while let Some(field) = reader.field()? {
        match (field.number, field.value) {
            (1 | 4, Value::Varint(value)) | (2, Value::Fixed64(value)) => number = value,
            (3, Value::Bytes(text)) => content = Some(text.to_vec()),
            (5 | 6, Value::Bytes(part)) => {
                if kind != field.number {
                    content = None;
                }
                merge(&mut content, part, budget)?;
            }
            _ => continue,
        }
        kind = field.number;
    }
    let content = content.unwrap_or_default();
    match kind {
        1 => msgpack::nil(out),
        2 => msgpack::float(out, f64::from_bits(number)),
        3 => {
            msgpack::string(out, std::str::from_utf8(&content).map_err(|_| WireError::Utf8)?);
        }
        4 => msgpack::boolean(out, number != 0),
        5 => fields(&content, out, depth, budget)?,
        _ => {
            let items = repeated(&content)?;
            msgpack::array_header(out, items.len());
            for item in items {
                struct_value(item, out, depth + 1, budget)?;
            }
        }
    }
    Ok(())
}

fn repeated(bytes: &[u8]) -> Result<Vec<&[u8]>, WireError> {
    let mut items = Vec::new();
    let mut reader = Reader::new(bytes);
    while let Some(field) = reader.field()? {
        if let (1, Value::Bytes(item)) = (field.number, field.value) {
            items.push(item);
        }
    }
    Ok(items)
}

/// Joins occurrences of one message. A first one is free; the rest together may not exceed the input's length.
fn merge(held: &mut Option<Vec<u8>>, content: &[u8], budget: &mut usize) -> Result<(), WireError> {
    match held {
        None => *held = Some(content.to_vec()),
        Some(before) => {
            *budget = budget.checked_sub(before.len() + content.len()).ok_or(WireError::Repeated)?;
            before.extend_from_slice(content);
        }
    }
    Ok(())
}

/// Why a document has no `Struct` form.
#[derive(Debug, PartialEq, Eq)]
pub enum Unstructurable {
    Wire(WireError),
    /// The document is not a map.
    NotAMap,
    Bytes,
    Extension,
    /// A map key that JSON has no text for.
    Key,
    /// More messages inside messages than protobuf libraries read.
    TooDeep,
}

impl From<WireError> for Unstructurable {
    fn from(error: WireError) -> Self {
        Self::Wire(error)
    }
}

/// How bytes are written: JSON has none.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum BytesAs {
    Base64,
    Refused,
}

/// Appends a msgpack map as a `Struct` of at most `levels` messages inside it: numbers become doubles, keys become text as
/// `json.dumps` makes it.
pub fn msgpack_to_struct(
    document: &[u8],
    out: &mut impl Sink,
    bytes_as: BytesAs,
    levels: u32,
) -> Result<(), Unstructurable> {
    let mut reader = msgpack::Reader::new(document);
    match reader.token()? {
        Token::Map(count) => write_fields(&mut reader, count, out, bytes_as, levels)?,
        _ => return Err(Unstructurable::NotAMap),
    }
    Ok(reader.finish()?)
}

fn write_fields(
    reader: &mut msgpack::Reader<'_>,
    count: usize,
    out: &mut impl Sink,
    bytes_as: BytesAs,
    levels: u32,
) -> Result<(), Unstructurable> {
    reader.enter()?;
    for _ in 0..count {
        let key = match reader.token()? {
            Token::Str(text) => std::str::from_utf8(text).map_err(|_| WireError::Utf8)?.to_owned(),
            Token::Int(value) => value.to_string(),
            Token::UInt(value) => value.to_string(),
            Token::Bool(value) => value.to_string(),
            Token::Float(value) => decimal::python(value),
            Token::Nil => "null".to_owned(),
            _ => return Err(Unstructurable::Key),
        };
        message(out, 0x0a, |out| {
            delimited(out, 0x0a, key.as_bytes());
            message(out, 0x12, |out| write_value(reader, out, bytes_as, below(levels, 2)?))
        })?;
    }
    reader.leave();
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "a Struct has doubles only; that is what this form is")]
fn write_value(
    reader: &mut msgpack::Reader<'_>,
    out: &mut impl Sink,
    bytes_as: BytesAs,
    levels: u32,
) -> Result<(), Unstructurable> {
    match reader.token()? {
        Token::Nil => out.extend_from_slice(&[0x08, 0x00]),
        Token::Bool(value) => out.extend_from_slice(&[0x20, u8::from(value)]),
        Token::Int(value) => write_double(out, value as f64),
        Token::UInt(value) => write_double(out, value as f64),
        Token::Float(value) => write_double(out, value),
        Token::Str(text) => {
            std::str::from_utf8(text).map_err(|_| WireError::Utf8)?;
            delimited(out, 0x1a, text);
        }
        Token::Bin(content) if bytes_as == BytesAs::Base64 => delimited(out, 0x1a, base64(content).as_bytes()),
        Token::Bin(_) => return Err(Unstructurable::Bytes),
        Token::Ext(_) => return Err(Unstructurable::Extension),
        Token::Map(count) => {
            let levels = below(levels, 1)?;
            message(out, 0x2a, |out| write_fields(reader, count, out, bytes_as, levels))?;
        }
        Token::Array(count) => message(out, 0x32, |out| {
            reader.enter()?;
            for _ in 0..count {
                message(out, 0x0a, |out| write_value(reader, out, bytes_as, below(levels, 2)?))?;
            }
            reader.leave();
            Ok::<(), Unstructurable>(())
        })?,
    }
    Ok(())
}

/// The levels that are left `count` further down.
fn below(levels: u32, count: u32) -> Result<u32, Unstructurable> {
    levels.checked_sub(count).ok_or(Unstructurable::TooDeep)
}

fn write_double(out: &mut impl Sink, value: f64) {
    out.push(0x11);
    out.extend_from_slice(&value.to_le_bytes());
}

/// Standard base64 in lines of 76 characters, each closed by a newline, as `base64.encodebytes` writes it.
fn base64(content: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(content.len().div_ceil(57) * 77);
    for line in content.chunks(57) {
        for group in line.chunks(3) {
            let bits = group.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
            for position in 0..4 {
                let index = (bits >> (18 - 6 * position)) & 63;
                text.push(if position <= group.len() { char::from(ALPHABET[index as usize]) } else { '=' });
            }
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trip(document: &[u8]) -> Vec<u8> {
        let mut structure = Vec::new();
        msgpack_to_struct(document, &mut structure, BytesAs::Base64, 100).unwrap();
        let mut back = Vec::new();
        struct_to_msgpack(&structure, &mut back).unwrap();
        back
    }

    #[test]
    fn a_document_comes_back_with_doubles() {
        // {"a": 1, "b": [nil, true, "x"], "c": {}}
        let back = round_trip(b"\x83\xa1a\x01\xa1b\x93\xc0\xc3\xa1x\xa1c\x80");
        assert_eq!(back, b"\x83\xa1a\xcb\x3f\xf0\0\0\0\0\0\0\xa1b\x93\xc0\xc3\xa1x\xa1c\x80");
    }

    #[test]
    fn base64_as_python_writes_it() {
        assert_eq!(base64(b"abc"), "YWJj\n");
        assert_eq!(base64(b"a"), "YQ==\n");
        assert_eq!(base64(&[0; 58]), format!("{}\nAA==\n", "A".repeat(76)));
        assert_eq!(base64(b""), "");
    }

    #[test]
    fn what_json_lacks_is_refused() {
        let write = |document: &[u8]| msgpack_to_struct(document, &mut Vec::new(), BytesAs::Refused, 1000);
        assert_eq!(write(b"\x81\xa1a\xc4\x01x"), Err(Unstructurable::Bytes));
        assert_eq!(write(b"\x90"), Err(Unstructurable::NotAMap));
        assert_eq!(write(b"\x81\x90\x01"), Err(Unstructurable::Key));
        let mut deep = [0x81, 0xa1, b'a'].repeat(500);
        deep.push(0x80);
        assert_eq!(write(&deep), Err(Unstructurable::Wire(WireError::TooDeep)));
    }
}
