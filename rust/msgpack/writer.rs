//! The smallest form of each value, as msgpack-python packs with `use_bin_type=True`: cache keys depend on the bytes.

use crate::wire::Sink;

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "each arm's range fits its form")]
#[inline]
pub fn int(out: &mut impl Sink, value: i64) {
    match value {
        0.. => uint(out, value as u64),
        -32..0 => out.push(value as u8),
        -0x80..-32 => out.extend_from_slice(&[0xd0, value as u8]),
        -0x8000..-0x80 => with_head(out, 0xd1, (value as i16).to_be_bytes()),
        -0x8000_0000..-0x8000 => with_head(out, 0xd2, (value as i32).to_be_bytes()),
        _ => with_head(out, 0xd3, value.to_be_bytes()),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "each arm's range fits its form")]
#[inline]
pub fn uint(out: &mut impl Sink, value: u64) {
    match value {
        0..=0x7f => out.push(value as u8),
        0x80..=0xff => out.extend_from_slice(&[0xcc, value as u8]),
        0x100..=0xffff => with_head(out, 0xcd, (value as u16).to_be_bytes()),
        0x1_0000..=0xffff_ffff => with_head(out, 0xce, (value as u32).to_be_bytes()),
        _ => with_head(out, 0xcf, value.to_be_bytes()),
    }
}

pub fn nil(out: &mut impl Sink) {
    out.push(0xc0);
}

pub fn boolean(out: &mut impl Sink, value: bool) {
    out.push(if value { 0xc3 } else { 0xc2 });
}

pub fn float(out: &mut impl Sink, value: f64) {
    with_head(out, 0xcb, value.to_be_bytes());
}

/// False where msgpack cannot hold so long a text; nothing is written then.
#[expect(clippy::cast_possible_truncation, reason = "each arm's range fits its form")]
pub fn str_header(out: &mut impl Sink, length: usize) -> bool {
    match length {
        0..=31 => out.push(0xa0 | length as u8),
        32..=0xff => out.extend_from_slice(&[0xd9, length as u8]),
        0x100..=0xffff => with_head(out, 0xda, (length as u16).to_be_bytes()),
        0x1_0000..=0xffff_ffff => with_head(out, 0xdb, (length as u32).to_be_bytes()),
        _ => return false,
    }
    true
}

#[inline]
pub fn string(out: &mut impl Sink, text: &str) -> bool {
    let fits = str_header(out, text.len());
    if fits {
        out.extend_from_slice(text.as_bytes());
    }
    fits
}

#[expect(clippy::cast_possible_truncation, reason = "each arm's range fits its form")]
pub fn bin(out: &mut impl Sink, content: &[u8]) -> bool {
    match content.len() {
        length @ 0..=0xff => out.extend_from_slice(&[0xc4, length as u8]),
        length @ 0x100..=0xffff => with_head(out, 0xc5, (length as u16).to_be_bytes()),
        length @ 0x1_0000..=0xffff_ffff => with_head(out, 0xc6, (length as u32).to_be_bytes()),
        _ => return false,
    }
    out.extend_from_slice(content);
    true
}

pub fn array_header(out: &mut impl Sink, count: usize) -> bool {
    container_header(out, count, 0x90, 0xdc)
}

pub fn map_header(out: &mut impl Sink, count: usize) -> bool {
    container_header(out, count, 0x80, 0xde)
}

/// Begins a container whose count is not known yet, and says where.
pub fn open_container(out: &mut impl Sink) -> usize {
    out.push(0);
    out.len()
}

/// Ends an array that was opened at `start`.
pub fn close_array(out: &mut impl Sink, start: usize, count: usize) -> bool {
    close_container(out, start, count, 0x90, 0xdc)
}

/// Ends a map that was opened at `start`.
pub fn close_map(out: &mut impl Sink, start: usize, count: usize) -> bool {
    close_container(out, start, count, 0x80, 0xde)
}

fn close_container(out: &mut impl Sink, start: usize, count: usize, small: u8, large: u8) -> bool {
    let mut header = Vec::with_capacity(5);
    if !container_header(&mut header, count, small, large) {
        return false;
    }
    let end = out.len();
    out.extend_from_slice(&[0; 4][..header.len() - 1]);
    let bytes = out.as_mut_slice();
    bytes.copy_within(start..end, start + header.len() - 1);
    bytes[start - 1..start - 1 + header.len()].copy_from_slice(&header);
    true
}

#[expect(clippy::cast_possible_truncation, reason = "each arm's range fits its form")]
fn container_header(out: &mut impl Sink, count: usize, small: u8, large: u8) -> bool {
    match count {
        0..=15 => out.push(small | count as u8),
        16..=0xffff => with_head(out, large, (count as u16).to_be_bytes()),
        0x1_0000..=0xffff_ffff => with_head(out, large + 1, (count as u32).to_be_bytes()),
        _ => return false,
    }
    true
}

#[inline]
fn with_head<const N: usize>(out: &mut impl Sink, head: u8, body: [u8; N]) {
    out.push(head);
    out.extend_from_slice(&body);
}

#[cfg(test)]
mod tests {
    use super::super::{Reader, Token};
    use super::*;

    #[test]
    fn integers_take_the_smallest_form_and_come_back() {
        let lengths = [
            (0, 1),
            (127, 1),
            (128, 2),
            (255, 2),
            (256, 3),
            (65_535, 3),
            (65_536, 5),
            (1 << 32, 9),
            (-1, 1),
            (-32, 1),
            (-33, 2),
            (-128, 2),
            (-129, 3),
            (-32_768, 3),
            (-32_769, 5),
            (i64::MIN, 9),
        ];
        for (value, length) in lengths {
            let mut out = Vec::new();
            int(&mut out, value);
            assert_eq!(out.len(), length, "{value}");
            assert_eq!(Reader::new(&out).token(), Ok(Token::Int(value)));
        }
    }

    #[test]
    fn texts_and_containers_of_every_size_class_come_back() {
        for length in [0, 15, 16, 31, 32, 255, 256, 65_535, 65_536] {
            let text = "x".repeat(length);
            let mut out = Vec::new();
            assert!(string(&mut out, &text));
            assert_eq!(Reader::new(&out).token(), Ok(Token::Str(text.as_bytes())));
            out.clear();
            assert!(bin(&mut out, text.as_bytes()));
            assert_eq!(Reader::new(&out).token(), Ok(Token::Bin(text.as_bytes())));
            out.clear();
            assert!(array_header(&mut out, length));
            assert_eq!(Reader::new(&out).token(), Ok(Token::Array(length)));
            out.clear();
            assert!(map_header(&mut out, length));
            assert_eq!(Reader::new(&out).token(), Ok(Token::Map(length)));
        }
    }
}
