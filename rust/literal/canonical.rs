//! The one form in which every protobuf library writes small literals: fields in order, nothing else set, one-byte
//! lengths. Long lists are made of these; everything else is left to `view`.

use super::Time;
use super::frame::{BINARY, BINARY_TAG, DATETIME, FLOAT, INTEGER, ITEM, NANOS, PRIMITIVE, SCALAR, SECONDS, STRING};
use crate::wire::Reader;

/// The first bytes as a number, so that several are compared at once.
#[inline(always)]
fn word(bytes: &[u8]) -> Option<u64> {
    bytes.first_chunk().map(|bytes| u64::from_le_bytes(*bytes))
}

const fn tags(tag: u8) -> u64 {
    u64::from_le_bytes([ITEM, 0, SCALAR, 0, PRIMITIVE, 0, tag, 0])
}

/// The places of the tags in the first eight bytes of an item, and of the lengths between them.
const TAGS: u64 = 0x00ff_00ff_00ff_00ff;

/// The length of the `Primitive`, if the lengths of item, scalar and primitive agree.
#[inline(always)]
fn primitive_length(head: u64) -> Option<usize> {
    let [_, item, _, scalar, _, primitive, _, _] = head.to_le_bytes();
    let agree = item < 0x80 && item == scalar.wrapping_add(2) && scalar == primitive.wrapping_add(2);
    agree.then_some(usize::from(primitive))
}

/// An integer item at the start of a collection's bytes, and how many of them it takes.
#[inline(always)]
pub fn integer_item(content: &[u8]) -> Option<(i64, usize)> {
    const HEAD: usize = 7;
    let head = word(content)?;
    if head & TAGS != tags(INTEGER) {
        return None;
    }
    let length = primitive_length(head)?;
    if length > 9 {
        return long_varint(content.get(HEAD..HEAD - 1 + length)?).map(|value| (value, HEAD - 1 + length));
    }
    // Up to eight bytes of varint, read as one word: seven bits of each byte are joined in three steps.
    let bits = 8 * u32::try_from(length).ok()?.checked_sub(1).filter(|bytes| (1..=8).contains(bytes))?;
    let varint = word(&content[HEAD..])? & (u64::MAX >> (64 - bits));
    if varint & 0x8080_8080_8080_8080 != 0x0080_8080_8080_8080 & ((1 << (bits - 8)) - 1) {
        return None;
    }
    let pairs = varint & 0x007f_007f_007f_007f | (varint & 0x7f00_7f00_7f00_7f00) >> 1;
    let quads = pairs & 0x0000_3fff_0000_3fff | (pairs & 0x3fff_0000_3fff_0000) >> 2;
    let value = quads & 0x0000_0000_0fff_ffff | (quads & 0x0fff_ffff_0000_0000) >> 4;
    Some((value.cast_signed(), HEAD - 1 + length))
}

/// A varint of nine or ten bytes: below zero, or 2^56 and above.
#[inline]
fn long_varint(bytes: &[u8]) -> Option<i64> {
    let first = word(bytes)?;
    if first & 0x8080_8080_8080_8080 != 0x8080_8080_8080_8080 {
        return None;
    }
    let pairs = first & 0x007f_007f_007f_007f | (first & 0x7f00_7f00_7f00_7f00) >> 1;
    let quads = pairs & 0x0000_3fff_0000_3fff | (pairs & 0x3fff_0000_3fff_0000) >> 2;
    let low = quads & 0x0000_0000_0fff_ffff | (quads & 0x0fff_ffff_0000_0000) >> 4;
    let high = match bytes[8..] {
        [last] if last < 0x80 => u64::from(last) << 56,
        [next, last @ (0 | 1)] if next >= 0x80 => u64::from(next & 0x7f) << 56 | u64::from(last) << 63,
        _ => return None,
    };
    Some((low | high).cast_signed())
}

/// How many bytes an integer item takes, by its tags and lengths alone.
#[inline(always)]
pub fn integer_length(content: &[u8]) -> Option<((), usize)> {
    let head = word(content)?;
    let is_integer = head & TAGS == tags(INTEGER);
    (is_integer && primitive_length(head)? > 1).then(|| ((), usize::from(content[1]) + 2))
}

/// The bytes of a float item.
pub const FLOAT_ITEM: usize = 15;

/// The same for a float.
#[inline(always)]
pub fn float_item(content: &[u8]) -> Option<(f64, usize)> {
    const HEAD: u64 = u64::from_le_bytes([ITEM, 13, SCALAR, 11, PRIMITIVE, 9, FLOAT, 0]);
    let item: &[u8; FLOAT_ITEM] = content.first_chunk()?;
    if word(item)? & 0x00ff_ffff_ffff_ffff != HEAD {
        return None;
    }
    word(&item[7..]).map(|bits| (f64::from_bits(bits), FLOAT_ITEM))
}

/// The float items that the bytes begin with. All are of one length, so that none waits for the one before it.
#[inline(always)]
pub fn float_items(content: &[u8]) -> impl Iterator<Item = f64> {
    content.chunks_exact(FLOAT_ITEM).map_while(|item| float_item(item).map(|(value, _)| value))
}

/// The same for a text of less than 120 bytes.
#[inline(always)]
pub fn string_item(content: &[u8]) -> Option<(&[u8], usize)> {
    const HEAD: usize = 8;
    let head = word(content)?;
    if head & TAGS != tags(STRING) {
        return None;
    }
    let length = primitive_length(head)?.checked_sub(2)?;
    if head.to_le_bytes()[7] as usize != length {
        return None;
    }
    content.get(HEAD..HEAD + length).map(|text| (text, HEAD + length))
}

/// The value of an integer literal.
#[inline(always)]
pub fn integer(literal: &[u8]) -> Option<i64> {
    let [0x0a, scalar, 0x0a, primitive, 0x08, varint @ ..] = literal else { return None };
    let size = literal.len();
    if usize::from(*scalar) + 2 != size || usize::from(*primitive) + 4 != size || varint.len() > 10 {
        return None;
    }
    let (last, first) = varint.split_last()?;
    if *last >= 0x80 {
        return None;
    }
    let mut value = u64::from(*last);
    for byte in first.iter().rev() {
        if *byte < 0x80 {
            return None;
        }
        value = value << 7 | u64::from(byte & 0x7f);
    }
    Some(value.cast_signed())
}

/// The time of a timestamp literal: seconds, and nanoseconds where they are not zero.
#[inline]
pub fn timestamp(literal: &[u8]) -> Option<Time> {
    let [SCALAR, scalar, PRIMITIVE, primitive, DATETIME, length, content @ ..] = literal else { return None };
    let size = literal.len();
    let agree = usize::from(*scalar) + 2 == size && usize::from(*primitive) + 4 == size;
    if !agree || usize::from(*length) != content.len() {
        return None;
    }
    let mut reader = Reader::new(content.strip_prefix(&[SECONDS])?);
    let seconds = reader.varint().ok()?.cast_signed();
    let nanos = match reader.rest() {
        [] => 0,
        rest => {
            reader = Reader::new(rest.strip_prefix(&[NANOS])?);
            i32::try_from(reader.varint().ok()?).ok()?
        }
    };
    reader.is_empty().then_some(Time { seconds, nanos })
}

/// The msgpack document of a `Binary` literal.
#[inline]
pub fn document(literal: &[u8]) -> Option<&[u8]> {
    let mut reader = Reader::new(framed(framed(literal, SCALAR)?, BINARY)?.strip_prefix(&[ITEM])?);
    let length = usize::try_from(reader.varint().ok()?).ok()?;
    let (document, tag) = reader.rest().split_at_checked(length)?;
    (tag == BINARY_TAG).then_some(document)
}

/// The content of a message that is one field of this tag and nothing else.
#[inline]
fn framed(message: &[u8], tag: u8) -> Option<&[u8]> {
    let mut reader = Reader::new(message.strip_prefix(&[tag])?);
    let length = reader.varint().ok()?;
    (length == reader.rest().len() as u64).then(|| reader.rest())
}

#[cfg(test)]
mod tests {
    use super::super::{float, integer, string};
    use super::{document, float_item, integer_item, integer_length, string_item, timestamp};
    use crate::literal::{ITEM, Time};

    #[test]
    fn what_is_written_is_read() {
        let mut values = vec![0, 1, 127, 128, 16_383, 16_384, (1 << 56) - 1, -1, i64::MIN, i64::MAX, -12_345_678];
        values.extend((0..63).map(|bit| 1 << bit));
        values.extend((0..63).map(|bit| -1 << bit));
        for value in values {
            let mut out = Vec::new();
            integer::<ITEM>(&mut out, value);
            let length = out.len();
            out.extend_from_slice(&[0xff; 16]);
            assert_eq!(integer_item(&out), Some((value, length)), "{value}");
            assert_eq!(integer_length(&out), Some(((), length)), "{value}");
        }
        let too_long = b"\x0a\x0f\x0a\x0d\x0a\x0b\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x03";
        assert_eq!(integer_item(too_long), None, "left to the general reader");
        let mut out = Vec::new();
        float::<ITEM>(&mut out, -0.5);
        assert_eq!(float_item(&out), Some((-0.5, 15)));
        for text in [String::new(), "x".repeat(50), "x".repeat(111)] {
            let mut out = Vec::new();
            string::<ITEM>(&mut out, &text);
            assert_eq!(string_item(&out), Some((text.as_bytes(), out.len())));
        }
    }

    #[test]
    fn an_integer_is_read_whole_or_not_at_all() {
        for value in [0, 1, -1, 127, 128, i64::MAX, i64::MIN, 1 << 35] {
            let mut out = Vec::new();
            super::super::integer::<{ super::super::BARE }>(&mut out, value);
            assert_eq!(super::integer(&out), Some(value));
            out.push(0);
            assert_eq!(super::integer(&out), None);
        }
        assert_eq!(super::integer(b"\x0a\x04\x0a\x02\x08\x80"), None);
        assert_eq!(super::integer(b"\x0a\x05\x0a\x03\x08\x01\x01"), None);
        assert_eq!(super::integer(b"\x0a\x03\x0a\x01\x08"), None);
    }

    #[test]
    fn times_and_documents_are_read_as_written() {
        for (seconds, nanos) in [(1_600_000_000, 0), (1, 999_999_000), (-1, 500_000_000)] {
            let mut out = Vec::new();
            super::super::timestamp(&mut out, seconds, nanos);
            assert_eq!(timestamp(&out), Some(Time { seconds, nanos }));
            assert_eq!(timestamp(&out[..out.len() - 1]), None);
        }
        let mut out = Vec::new();
        super::super::binary(&mut out, |out: &mut Vec<u8>| {
            out.extend_from_slice(b"\x81\xa1a\x01");
            Ok::<(), std::convert::Infallible>(())
        })
        .unwrap();
        assert_eq!(document(&out), Some(&b"\x81\xa1a\x01"[..]));
        out.push(0);
        assert_eq!(document(&out), None);
        let mut long = Vec::new();
        super::super::binary(&mut long, |out: &mut Vec<u8>| {
            out.extend(std::iter::repeat_n(0xc0, 20_000));
            Ok::<(), std::convert::Infallible>(())
        })
        .unwrap();
        assert_eq!(document(&long).map(<[u8]>::len), Some(20_000));
    }

    #[test]
    fn other_bytes_are_left_alone() {
        let good = [0x0a, 6, 0x0a, 4, 0x0a, 2, 0x08, 5, 0, 0, 0, 0, 0, 0, 0, 0];
        assert_eq!(integer_item(&good), Some((5, 8)));
        for (position, byte) in [(0, 0x12), (1, 7), (3, 5), (5, 3), (6, 0x10), (7, 0x85), (5, 1), (5, 0)] {
            let mut bad = good;
            bad[position] = byte;
            assert_eq!(integer_item(&bad), None, "{position}");
        }
        for end in 0..15 {
            assert_eq!(integer_item(&good[..end]), None);
        }
    }
}
