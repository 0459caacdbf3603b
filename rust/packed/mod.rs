//! A compiled packed node: a value inside a msgpack document to a Python value and back. One file for each node.
//!
//! The rules are those that flytekit inherits from mashumaro (type-system spec 4.3), without the coercions that lose or
//! invent data; `docs/differences.md` lists these.

pub mod any;
mod array;
mod callback;
mod choice;
mod cursor;
mod dataclass;
mod document;
mod enum_;
mod json;
mod mapping;
mod one_of;
mod scalar;
mod temporal;
mod text;
mod tuple;

use std::sync::{Arc, Weak};

use pyo3::prelude::*;
use pyo3::types::PyType;

use crate::error::{CodecError, Result};
use crate::msgpack::{MAX_DEPTH, Token};
use crate::object::Output;
use crate::words;

pub use array::{ArrayCodec, Container};
pub use callback::CallbackCodec;
pub use choice::ChoiceCodec;
pub use cursor::{Cursor, Memo};
pub use dataclass::{DataclassCodec, Default, Field};
pub use document::DocumentCodec;
pub use enum_::EnumCodec;
pub use json::JsonCodec;
pub use mapping::MappingCodec;
pub use one_of::OneOfCodec;
pub use text::TextCodec;
pub use tuple::TupleCodec;

#[derive(Debug)]
pub enum Packed {
    Any,
    None,
    Bool,
    Int,
    Float,
    Str,
    Bytes,
    /// A class of `datetime` with an ISO 8601 form, by its name.
    Iso(&'static str),
    Timedelta,
    Text(Box<TextCodec>),
    Enum(Box<EnumCodec>),
    Choice(Box<ChoiceCodec>),
    Array(Box<ArrayCodec>),
    Tuple(Box<TupleCodec>),
    Mapping(Box<MappingCodec>),
    Optional(Box<Packed>),
    OneOf(Box<OneOfCodec>),
    Dataclass(Arc<DataclassCodec>),
    /// The dataclass again, inside its own fields.
    Recursion(Weak<DataclassCodec>),
    Json(Box<JsonCodec>),
    Document(Box<DocumentCodec>),
    Callback(Box<CallbackCodec>),
}

impl Packed {
    /// The value that comes next in the document.
    #[inline]
    pub fn decode<'py>(&self, py: Python<'py>, reader: &mut Cursor<'_>) -> Result<Bound<'py, PyAny>> {
        match self {
            Self::Any => any::decode(py, reader),
            Self::None => scalar::none(py, reader),
            Self::Bool => scalar::boolean(py, reader),
            Self::Int => scalar::int(py, reader),
            Self::Float => scalar::float(py, reader),
            Self::Str => scalar::string(py, reader),
            Self::Bytes => scalar::bytes(py, reader),
            Self::Iso(class) => temporal::decode_iso(py, reader, class),
            Self::Timedelta => temporal::decode_seconds(py, reader),
            Self::Text(codec) => codec.decode(py, reader),
            Self::Enum(codec) => codec.decode(py, reader),
            Self::Choice(codec) => codec.decode(py, reader),
            Self::Array(codec) => codec.decode(py, reader),
            Self::Tuple(codec) => codec.decode(py, reader),
            Self::Mapping(codec) => codec.decode(py, reader),
            Self::Optional(item) if skip_nil(reader) => {
                let _ = item;
                Ok(py.None().into_bound(py))
            }
            Self::Optional(item) => item.decode(py, reader),
            Self::OneOf(codec) => codec.decode(py, reader),
            Self::Dataclass(codec) => codec.decode(py, reader),
            Self::Recursion(codec) => alive(codec)?.decode(py, reader),
            Self::Json(codec) => codec.decode(py, reader),
            Self::Document(codec) => codec.decode(py, reader),
            Self::Callback(codec) => codec.decode(py, reader),
        }
    }

    /// Appends a value, which is inside `depth` containers.
    #[inline]
    pub fn encode(&self, value: &Bound<'_, PyAny>, out: &mut Output<'_>, depth: u32) -> Result<()> {
        match self {
            // Scalars are written as they are, whatever was declared (type-system spec 4.3).
            Self::Any | Self::None | Self::Bool | Self::Int | Self::Float | Self::Str | Self::Bytes => {
                any::encode(value, out, depth)
            }
            Self::Iso(class) => temporal::encode_iso(value, out, class),
            Self::Timedelta => temporal::encode_seconds(value, out),
            Self::Text(codec) => codec.encode(value, out),
            Self::Enum(codec) => codec.encode(value, out, depth),
            Self::Choice(codec) => codec.encode(value, out, depth),
            Self::Array(codec) => codec.encode(value, out, depth),
            Self::Tuple(codec) => codec.encode(value, out, depth),
            Self::Mapping(codec) => codec.encode(value, out, depth),
            Self::Optional(_) if value.is_none() => any::encode(value, out, depth),
            Self::Optional(item) => item.encode(value, out, depth),
            Self::OneOf(codec) => codec.encode(value, out, depth),
            Self::Dataclass(codec) => codec.encode(value, out, depth),
            Self::Recursion(codec) => alive(codec)?.encode(value, out, depth),
            Self::Json(codec) => codec.encode(value, out, depth),
            Self::Document(codec) => codec.encode(value, out, depth),
            Self::Callback(codec) => codec.encode(value, out),
        }
    }

    /// Whether decoding calls transformers of the user's.
    pub fn calls_transformers(&self) -> bool {
        match self {
            Self::Callback(_) => true,
            Self::Array(codec) => codec.item().calls_transformers(),
            Self::Tuple(codec) => codec.items().iter().any(Self::calls_transformers),
            Self::Mapping(codec) => codec.key().calls_transformers() || codec.value().calls_transformers(),
            Self::Optional(item) => item.calls_transformers(),
            Self::OneOf(codec) => codec.variants().iter().any(Self::calls_transformers),
            Self::Dataclass(codec) => codec.calls_transformers(),
            _ => false,
        }
    }

    /// The class that the node makes instances of, if it is the user's.
    pub fn class<'a, 'py>(&'a self, py: Python<'py>) -> Option<&'a Bound<'py, PyType>> {
        match self {
            Self::Dataclass(codec) => Some(codec.class().bind(py)),
            Self::Json(codec) => Some(codec.class().bind(py)),
            Self::Document(codec) => Some(codec.class().bind(py)),
            _ => None,
        }
    }
}

/// A recursion lives inside the dataclass that it refers to.
fn alive(codec: &Weak<DataclassCodec>) -> Result<Arc<DataclassCodec>> {
    codec.upgrade().ok_or_else(|| CodecError::saying("this codec is being taken apart"))
}

/// Passes over a nil, and says whether there was one.
#[inline]
fn skip_nil(reader: &mut Cursor<'_>) -> bool {
    let mut ahead = *reader;
    let is_nil = matches!(ahead.token(), Ok(Token::Nil));
    if is_nil {
        *reader = ahead;
    }
    is_nil
}

/// The error of a value of another kind than the type asks for.
#[cold]
fn wrong(py: Python<'_>, expected: impl Into<std::borrow::Cow<'static, str>>, token: &Token<'_>) -> CodecError {
    let error = CodecError::mismatch(expected, words::packed(py, token));
    if *token == Token::Nil { error.hint(words::OPTIONAL) } else { error }
}

/// The error of a Python value of another type than declared.
#[cold]
fn refused(expected: impl Into<std::borrow::Cow<'static, str>>, value: &Bound<'_, PyAny>) -> CodecError {
    let expected = expected.into();
    let hint = if expected.starts_with("one of ") {
        words::OPTIONAL.to_owned()
    } else {
        format!("declare Optional[{expected}] if None is allowed")
    };
    let error = CodecError::mismatch(expected, words::python(value));
    if value.is_none() { error.hint(hint) } else { error }
}

/// Refuses a container inside too many others: a cycle, most of the time.
#[inline]
fn check_depth(depth: u32) -> Result<()> {
    if depth >= MAX_DEPTH { Err(too_deep()) } else { Ok(()) }
}

#[cold]
fn too_deep() -> CodecError {
    CodecError::saying(format!("nested too deeply: more than {MAX_DEPTH} containers"))
}

#[cold]
fn too_long() -> CodecError {
    CodecError::saying("cannot be written as msgpack: more than 2^32 - 1 bytes or items")
}

/// Whether msgpack could hold so many bytes or items.
#[inline]
fn fits(written: bool) -> Result<()> {
    if written { Ok(()) } else { Err(too_long()) }
}

/// A container's claim, if the rest of the document could hold it.
#[inline]
fn claimed(reader: &Cursor<'_>, count: usize) -> Result<usize> {
    if reader.plausible(count) == count { Ok(count) } else { Err(crate::wire::WireError::Truncated.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_stays_small() {
        assert!(size_of::<Packed>() <= 24);
    }
}
