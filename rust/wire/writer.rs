//! Writing goes forward into a `Sink`: a submessage reserves one byte for its length, and the rare longer ones are
//! moved up by the missing bytes when their length is known.

use super::Sink;

#[inline]
pub fn varint(out: &mut impl Sink, mut value: u64) {
    while value >= 0x80 {
        #[expect(clippy::cast_possible_truncation, reason = "the low seven bits and the continuation bit")]
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    #[expect(clippy::cast_possible_truncation, reason = "below 0x80")]
    out.push(value as u8);
}

/// Bytes that `varint` takes for `value`: 1 to 10.
#[inline]
pub fn varint_len(value: u64) -> usize {
    let bits = 64 - (value | 1).leading_zeros() as usize;
    bits.div_ceil(7)
}

pub fn tag(out: &mut impl Sink, number: u32, wire_type: u8) {
    varint(out, u64::from(number) << 3 | u64::from(wire_type));
}

/// A length-delimited field whose content is known. `tag` is the whole tag byte.
#[inline]
pub fn delimited(out: &mut impl Sink, tag: u8, content: &[u8]) {
    out.push(tag);
    varint(out, content.len() as u64);
    out.extend_from_slice(content);
}

/// A length-delimited field whose content `body` appends. On an error the output is left half-written.
#[inline]
pub fn message<S: Sink, E>(out: &mut S, tag: u8, body: impl FnOnce(&mut S) -> Result<(), E>) -> Result<(), E> {
    message_of(out, tag, 0, body)
}

/// The same with a guess of the content's length, which saves moving a long one.
#[inline]
pub fn message_of<S: Sink, E>(
    out: &mut S,
    tag: u8,
    guess: usize,
    body: impl FnOnce(&mut S) -> Result<(), E>,
) -> Result<(), E> {
    out.push(tag);
    let start = out.len();
    let reserved = varint_len(guess as u64);
    out.extend_from_slice(&[0; 10][..reserved]);
    body(out)?;
    let length = out.len() - start - reserved;
    if reserved == 1 && length < 0x80 {
        #[expect(clippy::cast_possible_truncation, reason = "below 0x80")]
        let byte = length as u8;
        out.as_mut_slice()[start] = byte;
    } else {
        patch(out, start, reserved, length);
    }
    Ok(())
}

/// An entry of a `map<string, message>` field. `value` appends the whole value field, tag and length included.
#[inline]
pub fn map_entry<S: Sink, E>(
    out: &mut S,
    tag: u8,
    key: &str,
    value: impl FnOnce(&mut S) -> Result<(), E>,
) -> Result<(), E> {
    const KEY: u8 = 0x0a;
    if key.len() >= 0x80 {
        return message(out, tag, |out| {
            delimited(out, KEY, key.as_bytes());
            value(out)
        });
    }
    let start = out.len() + 2;
    #[expect(clippy::cast_possible_truncation, reason = "below 0x80")]
    out.extend_from_slice(&[tag, 0, KEY, key.len() as u8]);
    out.extend_from_slice(key.as_bytes());
    value(out)?;
    let length = out.len() - start;
    if length < 0x80 {
        #[expect(clippy::cast_possible_truncation, reason = "below 0x80")]
        let byte = length as u8;
        out.as_mut_slice()[start - 1] = byte;
    } else {
        patch(out, start - 1, 1, length);
    }
    Ok(())
}

#[cold]
fn patch(out: &mut impl Sink, start: usize, reserved: usize, length: usize) {
    let needed = varint_len(length as u64);
    let content = start + reserved;
    if needed > reserved {
        out.extend_from_slice(&[0; 10][..needed - reserved]);
    }
    if needed != reserved {
        out.as_mut_slice().copy_within(content..content + length, start + needed);
        out.truncate(start + needed + length);
    }
    let mut value = length as u64;
    for position in 0..needed {
        let more = if position + 1 < needed { 0x80 } else { 0 };
        let byte = (value & 0x7f) as u8;
        out.as_mut_slice()[start + position] = byte | more;
        value >>= 7;
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Reader, Value};
    use super::*;
    use std::convert::Infallible;

    #[test]
    fn a_message_of_any_length_has_a_canonical_length_whatever_the_guess() {
        for length in [0, 1, 127, 128, 300, 16_383, 16_384, 100_000, 2_097_152] {
            for guess in [0, 127, 128, 20_000, 3_000_000] {
                let mut out = vec![7];
                let written: Result<(), Infallible> = message_of(&mut out, 0x0a, guess, |out| {
                    out.extend(std::iter::repeat_n(9, length));
                    Ok(())
                });
                written.unwrap();
                assert_eq!(out.len(), 2 + varint_len(length as u64) + length);
                let mut reader = Reader::new(&out[1..]);
                let field = reader.field().unwrap().unwrap();
                assert!(matches!(field.value, Value::Bytes(content) if content.iter().all(|byte| *byte == 9)));
                assert!(reader.is_empty());
            }
        }
    }

    #[test]
    fn varints_round_trip() {
        for value in [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX] {
            let mut out = Vec::new();
            varint(&mut out, value);
            assert_eq!(out.len(), varint_len(value));
            assert_eq!(Reader::new(&out).varint(), Ok(value));
        }
    }
}
