//! `int`: `primitive.integer`. Also read: an integral float, a packed integer (type-system spec 2.1, 2.3).

use pyo3::prelude::*;
use pyo3::types::PyInt;

use super::{document, refused, unwrapped, wrong, wrong_document};
use crate::error::{CodecError, Result};
use crate::literal::{View, integer};
use crate::msgpack::Token;
use crate::object::{Output, as_i64};
use crate::value::{self, unsigned, whole_number};
use crate::words;

#[inline]
pub fn decode<'py>(py: Python<'py>, literal: &[u8]) -> Result<Bound<'py, PyAny>> {
    match canonical(literal) {
        Some(value) => Ok(value::int(py, value)),
        None => decode_any(py, literal),
    }
}

/// The value, if the bytes are what every writer makes of a small literal: one-byte lengths, nothing else set.
#[inline(always)]
fn canonical(literal: &[u8]) -> Option<i64> {
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

#[cold]
#[inline(never)]
fn decode_any<'py>(py: Python<'py>, literal: &[u8]) -> Result<Bound<'py, PyAny>> {
    match unwrapped(literal)? {
        View::Integer(value) => Ok(value::int(py, value)),
        View::Float(value) => whole_number(py, value),
        View::Binary(binary) => document(py, &binary, |reader| match reader.token()? {
            Token::Int(value) => Ok(value::int(py, value)),
            Token::UInt(value) => Ok(unsigned(py, value)),
            token => Err(wrong_document(py, "integer", &token)),
        }),
        view => Err(wrong(py, "integer", &view)),
    }
}

#[inline]
pub fn encode<const FRAME: u8>(value: &Bound<'_, PyAny>, out: &mut Output<'_>) -> Result<()> {
    let Ok(number) = value.cast_exact::<PyInt>() else { return Err(refused("int", value)) };
    match as_i64(number) {
        Some(number) => {
            integer::<FRAME>(out, number);
            Ok(())
        }
        None => Err(CodecError::mismatch("int of 64 bits", words::python(value))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::literal::BARE;

    #[test]
    fn the_quick_way_reads_what_is_written_and_nothing_else() {
        for value in [0, 1, -1, 127, 128, i64::MAX, i64::MIN, 1 << 35] {
            let mut out = Vec::new();
            integer::<BARE>(&mut out, value);
            assert_eq!(canonical(&out), Some(value));
            out.push(0);
            assert_eq!(canonical(&out), None);
        }
        assert_eq!(canonical(b"\x0a\x04\x0a\x02\x08\x80"), None);
        assert_eq!(canonical(b"\x0a\x05\x0a\x03\x08\x01\x01"), None);
        assert_eq!(canonical(b"\x0a\x03\x0a\x01\x08"), None);
    }
}
