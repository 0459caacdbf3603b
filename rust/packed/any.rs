//! A value of no declared type: whatever msgpack holds.

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyByteArray, PyBytes, PyDict, PyFloat, PyInt, PyList, PyMemoryView, PyString, PyTuple};

use super::{Cursor, check_depth, claimed, fits, wrong};
use crate::error::{At, CodecError, Result};
use crate::msgpack::{self, Token};
use crate::object::{Output, as_i64, build_list, for_each_entry};
use crate::value;
use crate::words;

pub fn decode<'py>(py: Python<'py>, reader: &mut Cursor<'_>) -> Result<Bound<'py, PyAny>> {
    match reader.token()? {
        Token::Array(count) => {
            let count = claimed(reader, count)?;
            reader.enter()?;
            let list = build_list(py, count, |index| decode(py, reader).at_index(index))?;
            reader.leave();
            Ok(list.into_any())
        }
        Token::Map(count) => {
            reader.enter()?;
            let dict = PyDict::new(py);
            for _ in 0..count {
                let key = match reader.token()? {
                    token @ (Token::Array(_) | Token::Map(_) | Token::Ext(_)) => {
                        return Err(wrong(py, "a key that can be hashed", &token));
                    }
                    Token::Str(content) => value::key(py, content)?.into_any(),
                    token => scalar(py, &token)?,
                };
                let value = decode(py, reader).at_entry(&key)?;
                dict.set_item(key, value)?;
            }
            reader.leave();
            Ok(dict.into_any())
        }
        token => scalar(py, &token),
    }
}

/// The value of a token that is no container.
pub fn scalar<'py>(py: Python<'py>, token: &Token<'_>) -> Result<Bound<'py, PyAny>> {
    Ok(match token {
        Token::Nil => py.None().into_bound(py),
        Token::Bool(value) => PyBool::new(py, *value).to_owned().into_any(),
        Token::Int(value) => value::int(py, *value),
        Token::UInt(value) => value::unsigned(py, *value),
        Token::Float(value) => PyFloat::new(py, *value).into_any(),
        Token::Str(content) => value::string(py, content)?.into_any(),
        Token::Bin(content) => PyBytes::new(py, content).into_any(),
        Token::Array(_) | Token::Map(_) | Token::Ext(_) => return Err(wrong(py, "a msgpack value", token)),
    })
}

#[inline]
pub fn encode(value: &Bound<'_, PyAny>, out: &mut Output<'_>, depth: u32) -> Result<()> {
    if let Ok(text) = value.cast_exact::<PyString>() {
        return fits(msgpack::string(out, value::utf8(text)?));
    }
    if let Ok(number) = value.cast_exact::<PyInt>() {
        return encode_int(number, out);
    }
    if let Ok(number) = value.cast_exact::<PyFloat>() {
        msgpack::float(out, number.value());
        return Ok(());
    }
    encode_other(value, out, depth)
}

fn encode_other(value: &Bound<'_, PyAny>, out: &mut Output<'_>, depth: u32) -> Result<()> {
    if value.is_none() {
        msgpack::nil(out);
        Ok(())
    } else if let Ok(truth) = value.cast::<PyBool>() {
        msgpack::boolean(out, truth.is_true());
        Ok(())
    } else if let Ok(dict) = value.cast_exact::<PyDict>() {
        check_depth(depth)?;
        fits(msgpack::map_header(out, dict.len()))?;
        for_each_entry(dict, |key, item| encode_entry(&key, &item, out, depth))
    } else if let Ok(list) = value.cast::<PyList>() {
        check_depth(depth)?;
        fits(msgpack::array_header(out, list.len()))?;
        encode_items(list.iter(), out, depth)
    } else if let Ok(tuple) = value.cast::<PyTuple>() {
        check_depth(depth)?;
        fits(msgpack::array_header(out, tuple.len()))?;
        encode_items(tuple.iter(), out, depth)
    } else if let Ok(bytes) = value.cast::<PyBytes>() {
        fits(msgpack::bin(out, bytes.as_bytes()))
    } else {
        encode_subclass(value, out, depth)
    }
}

fn encode_items<'py>(items: impl Iterator<Item = Bound<'py, PyAny>>, out: &mut Output<'_>, depth: u32) -> Result<()> {
    for (index, item) in items.enumerate() {
        encode(&item, out, depth + 1).at_index(index)?;
    }
    Ok(())
}

fn encode_entry(key: &Bound<'_, PyAny>, item: &Bound<'_, PyAny>, out: &mut Output<'_>, depth: u32) -> Result<()> {
    encode(key, out, depth + 1).at_entry(key)?;
    encode(item, out, depth + 1).at_entry(key)
}

/// What msgpack-python takes by `isinstance`: an `IntEnum`, a `numpy.float64`, an `OrderedDict`, a `bytearray`.
fn encode_subclass(value: &Bound<'_, PyAny>, out: &mut Output<'_>, depth: u32) -> Result<()> {
    if let Ok(number) = value.cast::<PyInt>() {
        encode_int(number, out)
    } else if let Ok(number) = value.cast::<PyFloat>() {
        msgpack::float(out, number.value());
        Ok(())
    } else if let Ok(text) = value.cast::<PyString>() {
        fits(msgpack::string(out, value::utf8(text)?))
    } else if let Ok(dict) = value.cast::<PyDict>() {
        // A subclass has an order, and perhaps entries, of its own.
        check_depth(depth)?;
        let pairs = dict.as_any().call_method0("items")?.try_iter()?.collect::<PyResult<Vec<_>>>()?;
        fits(msgpack::map_header(out, pairs.len()))?;
        pairs.into_iter().try_for_each(|pair| {
            let (key, item) = pair.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>()?;
            encode_entry(&key, &item, out, depth)
        })
    } else if let Ok(bytes) = value.cast::<PyByteArray>() {
        fits(msgpack::bin(out, &bytes.to_vec()))
    } else if value.is_instance_of::<PyMemoryView>() {
        let bytes = value.call_method0("tobytes")?;
        fits(msgpack::bin(out, bytes.cast::<PyBytes>().map_err(PyErr::from)?.as_bytes()))
    } else {
        let class = words::class_name(&value.get_type());
        Err(CodecError::saying(format!("cannot be written as msgpack: object of type {class}")))
    }
}

#[inline]
fn encode_int(number: &Bound<'_, PyInt>, out: &mut Output<'_>) -> Result<()> {
    match as_i64(number) {
        Some(value) => msgpack::int(out, value),
        None => msgpack::uint(out, number.extract::<u64>().map_err(|_| outside(number))?),
    }
    Ok(())
}

#[cold]
fn outside(number: &Bound<'_, PyInt>) -> CodecError {
    let number = words::python(number.as_any());
    CodecError::saying(format!("cannot be written as msgpack: {number} is outside 64 bits"))
}
