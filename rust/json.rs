//! JSON text and msgpack documents, each written as the other. Knows nothing of Python.
//!
//! Classes that convert themselves to JSON (pydantic models, mashumaro's JSON mixin) are stored as msgpack of what the JSON
//! says (type-system spec 2.11, 4.2). JSON is read by `jiter`, which pydantic reads it with.

use jiter::{Jiter, JiterError, Peek};

use crate::decimal;
use crate::msgpack::{self, MAX_DEPTH, Token};
use crate::wire::{Sink, WireError};

/// Why JSON text has no msgpack form.
#[derive(Debug)]
pub enum JsonError {
    Syntax(String),
    /// An integer beyond 64 bits.
    Integer(String),
    TooDeep,
}

impl From<JiterError> for JsonError {
    fn from(error: JiterError) -> Self {
        Self::Syntax(format!("{} at byte {}", error.error_type, error.index))
    }
}

/// Appends the msgpack value of JSON text, which is inside `depth` containers. `NaN`, `Infinity` and `-Infinity` are numbers, as Python's `json` has them.
pub fn msgpack_of(text: &[u8], out: &mut impl Sink, depth: u32) -> Result<(), JsonError> {
    let mut json = Jiter::new(text).with_allow_inf_nan();
    let first = json.peek()?;
    write_value(&mut json, first, out, depth)?;
    Ok(json.finish()?)
}

fn write_value(json: &mut Jiter<'_>, next: Peek, out: &mut impl Sink, depth: u32) -> Result<(), JsonError> {
    if depth >= MAX_DEPTH && matches!(next, Peek::Array | Peek::Object) {
        return Err(JsonError::TooDeep);
    }
    match next {
        Peek::Null => {
            json.known_null()?;
            msgpack::nil(out);
        }
        Peek::True | Peek::False => msgpack::boolean(out, json.known_bool(next)?),
        Peek::String => {
            msgpack::string(out, json.known_str()?);
        }
        Peek::Array => {
            let start = msgpack::open_container(out);
            let mut count = 0;
            let mut item = json.known_array()?;
            while let Some(next) = item {
                write_value(json, next, out, depth + 1)?;
                count += 1;
                item = json.array_step()?;
            }
            msgpack::close_array(out, start, count);
        }
        Peek::Object => {
            let start = msgpack::open_container(out);
            let mut count = 0;
            let mut more = write_key(json.known_object()?, out);
            while more {
                let next = json.peek()?;
                write_value(json, next, out, depth + 1)?;
                count += 1;
                more = write_key(json.next_key()?, out);
            }
            msgpack::close_map(out, start, count);
        }
        _ => write_number(json, next, out)?,
    }
    Ok(())
}

fn write_key(key: Option<&str>, out: &mut impl Sink) -> bool {
    key.is_some_and(|key| msgpack::string(out, key))
}

fn write_number(json: &mut Jiter<'_>, next: Peek, out: &mut impl Sink) -> Result<(), JsonError> {
    let digits = json.known_number_bytes(next)?;
    let text = String::from_utf8_lossy(digits).into_owned();
    if let Ok(value) = text.parse::<i64>() {
        msgpack::int(out, value);
    } else if let Ok(value) = text.parse::<u64>() {
        msgpack::uint(out, value);
    } else if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        return Err(JsonError::Integer(text));
    } else {
        // Rust reads `NaN`, `Infinity` and everything that JSON has, each to the nearest double.
        let value = text.parse().map_err(|_| JsonError::Syntax(format!("{text} is no number")))?;
        msgpack::float(out, value);
    }
    Ok(())
}

/// Why a msgpack value has no JSON form.
#[derive(Debug, PartialEq, Eq)]
pub enum Unjsonable {
    Wire(WireError),
    Bytes,
    Extension,
    /// A map key that JSON has no text for.
    Key,
}

impl From<WireError> for Unjsonable {
    fn from(error: WireError) -> Self {
        Self::Wire(error)
    }
}

/// Reads one msgpack value and appends its JSON text, as Python's `json.dumps` would mean it.
pub fn json_of(reader: &mut msgpack::Reader<'_>, out: &mut Vec<u8>) -> Result<(), Unjsonable> {
    match reader.token()? {
        Token::Nil => out.extend_from_slice(b"null"),
        Token::Bool(value) => out.extend_from_slice(if value { b"true" } else { b"false" }),
        Token::Int(value) => out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes()),
        Token::UInt(value) => out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes()),
        Token::Float(value) if value.is_finite() => {
            out.extend_from_slice(ryu::Buffer::new().format_finite(value).as_bytes());
        }
        Token::Float(value) => out.extend_from_slice(decimal::python(value).as_bytes()),
        Token::Str(text) => string(text, out)?,
        Token::Bin(_) => return Err(Unjsonable::Bytes),
        Token::Ext(_) => return Err(Unjsonable::Extension),
        Token::Array(count) => {
            reader.enter()?;
            out.push(b'[');
            for index in 0..count {
                if index > 0 {
                    out.push(b',');
                }
                json_of(reader, out)?;
            }
            out.push(b']');
            reader.leave();
        }
        Token::Map(count) => {
            reader.enter()?;
            out.push(b'{');
            for index in 0..count {
                if index > 0 {
                    out.push(b',');
                }
                key(reader, out)?;
                out.push(b':');
                json_of(reader, out)?;
            }
            out.push(b'}');
            reader.leave();
        }
    }
    Ok(())
}

fn key(reader: &mut msgpack::Reader<'_>, out: &mut Vec<u8>) -> Result<(), Unjsonable> {
    let text = match reader.token()? {
        Token::Str(text) => return Ok(string(text, out)?),
        Token::Nil => "null".to_owned(),
        Token::Bool(value) => value.to_string(),
        Token::Int(value) => value.to_string(),
        Token::UInt(value) => value.to_string(),
        Token::Float(value) => decimal::python(value),
        _ => return Err(Unjsonable::Key),
    };
    Ok(string(text.as_bytes(), out)?)
}

fn string(text: &[u8], out: &mut Vec<u8>) -> Result<(), WireError> {
    let text = std::str::from_utf8(text).map_err(|_| WireError::Utf8)?;
    out.push(b'"');
    for byte in text.bytes() {
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            0..0x20 => out.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
            _ => out.push(byte),
        }
    }
    out.push(b'"');
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(text: &str) -> Result<Vec<u8>, JsonError> {
        let mut out = Vec::new();
        msgpack_of(text.as_bytes(), &mut out, 0).map(|()| out)
    }

    #[test]
    fn what_json_says_comes_back() {
        let many = format!("[{}]", vec!["1"; 70_000].join(","));
        let cases = [
            "null",
            "true",
            "-5",
            "18446744073709551615",
            "1.5",
            "1e300",
            "NaN",
            "-Infinity",
            r#""a\"b\\""#,
            "[]",
            "{}",
            r#"{"a":[1,2.0,{"b":null}],"c":"é"}"#,
            &many,
        ];
        for text in cases {
            let document = packed(text).unwrap();
            let mut back = Vec::new();
            json_of(&mut msgpack::Reader::new(&document), &mut back).unwrap();
            assert_eq!(String::from_utf8(back).unwrap(), text);
        }
    }

    #[test]
    fn what_is_no_json_or_does_not_fit_is_refused() {
        for text in ["", "[1", "{\"a\"}", "tru", "1 2"] {
            assert!(matches!(packed(text), Err(JsonError::Syntax(_))), "{text}");
        }
        assert!(matches!(packed("18446744073709551616"), Err(JsonError::Integer(_))));
        assert!(matches!(packed(&"[".repeat(100_000)), Err(JsonError::TooDeep)));
        let bytes = msgpack_reader(b"\xc4\x01x");
        assert_eq!(bytes, Err(Unjsonable::Bytes));
    }

    fn msgpack_reader(document: &[u8]) -> Result<(), Unjsonable> {
        json_of(&mut msgpack::Reader::new(document), &mut Vec::new())
    }
}
