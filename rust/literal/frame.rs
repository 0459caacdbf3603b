//! Writing literals: tag bytes, and the small messages that are known at once.

use std::convert::Infallible;

use crate::wire::{Sink, delimited, message, varint, varint_len};

/// `Literal.scalar`
pub const SCALAR: u8 = 0x0a;
/// `Literal.collection`
pub const COLLECTION: u8 = 0x12;
/// `Literal.map`
pub const MAP: u8 = 0x1a;
/// `Literal.hash`
pub const LITERAL_HASH: u8 = 0x22;
/// `Literal.metadata`
const LITERAL_METADATA: u8 = 0x2a;
/// An element of a collection, an entry of a map, the key of an entry, `Union.value`.
pub const ITEM: u8 = 0x0a;
/// The value of a map entry.
pub const VALUE: u8 = 0x12;
/// No field around a literal.
pub const BARE: u8 = 0;
/// `Union.type`
pub const UNION_TYPE: u8 = 0x12;
/// `Scalar.union`
pub const UNION: u8 = 0x4a;
/// `Scalar.generic`
pub const GENERIC: u8 = 0x3a;
/// A literal that holds `Scalar.none_type`, whole.
pub const NONE: &[u8] = &[0x0a, 0x02, 0x2a, 0x00];
/// `Binary.tag`, with the only tag in use.
pub const BINARY_TAG: &[u8] = b"\x12\x07msgpack";
/// That tag.
pub const MSGPACK_TAG: &[u8] = b"msgpack";

pub const PRIMITIVE: u8 = 0x0a;
pub const BINARY: u8 = 0x1a;
pub const INTEGER: u8 = 0x08;
pub const FLOAT: u8 = 0x11;
pub const STRING: u8 = 0x1a;
const BOOLEAN: u8 = 0x20;
pub const DATETIME: u8 = 0x2a;
const DURATION: u8 = 0x32;
/// `Timestamp.seconds`, `Duration.seconds`
pub const SECONDS: u8 = 0x08;
/// `Timestamp.nanos`, `Duration.nanos`
pub const NANOS: u8 = 0x10;

/// Wraps the bytes of a `Primitive` into scalar and literal. `content` is shorter than 100 bytes.
fn primitive(out: &mut impl Sink, content: &[u8]) {
    #[expect(clippy::cast_possible_truncation, reason = "callers pass at most 30 bytes")]
    let length = content.len() as u8;
    out.extend_from_slice(&[SCALAR, length + 2, PRIMITIVE, length]);
    out.extend_from_slice(content);
}

// What long lists and dicts are made of is written with one or two copies, inside a field of which `FRAME` is the tag:
// `ITEM` of a collection, `VALUE` of a map entry, `BARE` for none.

#[inline]
pub fn integer<const FRAME: u8>(out: &mut impl Sink, value: i64) {
    // Room for the frame, the tags and ten bytes of varint; copied whole, because a fixed size costs less than a count.
    let mut bytes = [FRAME, 0, SCALAR, 0, PRIMITIVE, 0, INTEGER, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let mut rest = value.cast_unsigned();
    let mut end = 7;
    while rest >= 0x80 {
        #[expect(clippy::cast_possible_truncation, reason = "the low seven bits and the continuation bit")]
        let byte = rest as u8 | 0x80;
        bytes[end] = byte;
        rest >>= 7;
        end += 1;
    }
    #[expect(clippy::cast_possible_truncation, reason = "below 0x80, and at most 17")]
    let (byte, length) = (rest as u8, end as u8 - 5);
    bytes[end] = byte;
    bytes[1] = length + 4;
    bytes[3] = length + 2;
    bytes[5] = length;
    let start = if FRAME == BARE { 2 } else { 0 };
    let written = out.len() + end + 1 - start;
    out.extend_from_slice(&bytes[start..]);
    out.truncate(written);
}

#[inline]
pub fn float<const FRAME: u8>(out: &mut impl Sink, value: f64) {
    let mut bytes = [FRAME, 13, SCALAR, 11, PRIMITIVE, 9, FLOAT, 0, 0, 0, 0, 0, 0, 0, 0];
    bytes[7..].copy_from_slice(&value.to_le_bytes());
    out.extend_from_slice(if FRAME == BARE { &bytes[2..] } else { &bytes });
}

#[inline]
pub fn boolean<const FRAME: u8>(out: &mut impl Sink, value: bool) {
    let bytes = [FRAME, 6, SCALAR, 4, PRIMITIVE, 2, BOOLEAN, u8::from(value)];
    out.extend_from_slice(if FRAME == BARE { &bytes[2..] } else { &bytes });
}

#[inline]
pub fn string<const FRAME: u8>(out: &mut impl Sink, text: &str) {
    let length = text.len() as u64;
    if length < 0x70 {
        #[expect(clippy::cast_possible_truncation, reason = "below 0x70")]
        let length = length as u8;
        let head = [FRAME, length + 6, SCALAR, length + 4, PRIMITIVE, length + 2, STRING, length];
        out.extend_from_slice(if FRAME == BARE { &head[2..] } else { &head });
    } else {
        let primitive = 1 + varint_len(length) as u64 + length;
        let scalar = 1 + varint_len(primitive) as u64 + primitive;
        if FRAME != BARE {
            out.push(FRAME);
            varint(out, 1 + varint_len(scalar) as u64 + scalar);
        }
        for (tag, length) in [(SCALAR, scalar), (PRIMITIVE, primitive), (STRING, length)] {
            out.push(tag);
            varint(out, length);
        }
    }
    out.extend_from_slice(text.as_bytes());
}

pub fn timestamp(out: &mut impl Sink, seconds: i64, nanos: i32) {
    seconds_and_nanos(out, DATETIME, seconds, nanos);
}

pub fn duration(out: &mut impl Sink, seconds: i64, nanos: i32) {
    seconds_and_nanos(out, DURATION, seconds, nanos);
}

fn seconds_and_nanos(out: &mut impl Sink, tag: u8, seconds: i64, nanos: i32) {
    let mut content = Vec::with_capacity(24);
    let written: Result<(), Infallible> = message(&mut content, tag, |content| {
        if seconds != 0 {
            content.push(SECONDS);
            varint(content, seconds.cast_unsigned());
        }
        if nanos != 0 {
            content.push(NANOS);
            varint(content, i64::from(nanos).cast_unsigned());
        }
        Ok(())
    });
    let Ok(()) = written;
    primitive(out, &content);
}

/// A `Binary` literal around the msgpack document that `document` appends.
pub fn binary<S: Sink, E>(out: &mut S, document: impl FnOnce(&mut S) -> Result<(), E>) -> Result<(), E> {
    message(out, SCALAR, |out| {
        message(out, BINARY, |out| {
            message(out, ITEM, document)?;
            out.extend_from_slice(BINARY_TAG);
            Ok(())
        })
    })
}

/// One entry of `map<string, string>`.
pub fn metadata_entry(out: &mut impl Sink, key: &str, value: &str) {
    let mut entry = Vec::with_capacity(key.len() + value.len() + 4);
    delimited(&mut entry, ITEM, key.as_bytes());
    delimited(&mut entry, VALUE, value.as_bytes());
    delimited(out, LITERAL_METADATA, &entry);
}
