//! A compiled literal node: literal bytes to a Python value and back. One file for each node.

mod blob;
mod bool_;
mod callback;
mod choice;
mod date;
mod datetime;
mod elements;
mod enum_;
mod float;
mod hashed;
mod int;
mod interface;
mod list;
mod locations;
mod map;
mod none;
mod numbers;
mod packed;
mod str_;
mod timedelta;
mod union;

use pyo3::prelude::*;

use crate::error::{CodecError, Result};
use crate::literal::{BARE, Binary, Items, MSGPACK_TAG, View, entry, offloaded, view};
use crate::msgpack::{self, Token};
use crate::object::Output;
use crate::packed::{Cursor, Memo};
use crate::words;

pub use blob::BlobCodec;
pub use callback::CallbackCodec;
pub use choice::ChoiceCodec;
pub use elements::Elements;
pub use enum_::EnumCodec;
pub use hashed::HashedCodec;
pub use interface::{Element, Interface, each_literal};
pub use list::ListCodec;
pub use locations::{Location, Locations};
pub use map::MapCodec;
pub use numbers::NumbersCodec;
pub use packed::PackedCodec;
pub use union::{UnionCodec, Variant};

/// Messages inside messages that flytekit's protobuf library reads, the outermost not counted (type-system spec 1.1).
pub const MAX_LEVELS: u32 = 100;

#[derive(Debug)]
pub enum Codec {
    Int,
    Float,
    Str,
    Bool,
    None,
    Datetime,
    Date,
    Timedelta,
    Enum(Box<EnumCodec>),
    Choice(Box<ChoiceCodec>),
    List(Box<ListCodec>),
    Map(Box<MapCodec>),
    Union(Box<UnionCodec>),
    Packed(Box<PackedCodec>),
    Hashed(Box<HashedCodec>),
    Callback(Box<CallbackCodec>),
    Blob(Box<BlobCodec>),
    Numbers(Box<NumbersCodec>),
}

impl Codec {
    /// The value of a serialized `Literal`.
    #[inline]
    pub fn decode<'py>(&self, py: Python<'py>, literal: &[u8]) -> Result<Bound<'py, PyAny>> {
        match self {
            Self::Int => int::decode(py, literal),
            Self::Float => float::decode(py, literal),
            Self::Str => str_::decode(py, literal),
            Self::Bool => bool_::decode(py, literal),
            Self::None => none::decode(py, literal),
            Self::Datetime => datetime::decode(py, literal),
            Self::Date => date::decode(py, literal),
            Self::Timedelta => timedelta::decode(py, literal),
            Self::Enum(codec) => codec.decode(py, literal),
            Self::Choice(codec) => codec.decode(py, literal),
            Self::List(codec) => codec.decode(py, literal),
            Self::Map(codec) => codec.decode(py, literal),
            Self::Union(codec) => codec.decode(py, literal),
            Self::Packed(codec) => codec.decode(py, literal),
            Self::Hashed(codec) => codec.decode(py, literal),
            Self::Callback(codec) => codec.decode(py, literal),
            Self::Blob(codec) => codec.decode(py, literal),
            Self::Numbers(codec) => codec.decode(py, literal),
        }
    }

    /// Appends the serialized `Literal` of a value. What is appended when it fails is of no use.
    #[inline]
    pub fn encode(&self, value: &Bound<'_, PyAny>, out: &mut Output<'_>) -> Result<()> {
        match self {
            Self::Int => int::encode::<BARE>(value, out),
            Self::Float => float::encode::<BARE>(value, out),
            Self::Str => str_::encode::<BARE>(value, out),
            Self::Bool => bool_::encode::<BARE>(value, out),
            Self::None => none::encode(value, out),
            Self::Datetime => datetime::encode(value, out),
            Self::Date => date::encode(value, out),
            Self::Timedelta => timedelta::encode(value, out),
            Self::Enum(codec) => codec.encode(value, out),
            Self::Choice(codec) => codec.encode(value, out),
            Self::List(codec) => codec.encode(value, out),
            Self::Map(codec) => codec.encode(value, out),
            Self::Union(codec) => codec.encode(value, out),
            Self::Packed(codec) => codec.encode(value, out),
            Self::Hashed(codec) => codec.encode(value, out),
            Self::Callback(codec) => codec.encode(value, out),
            Self::Blob(codec) => codec.encode(value, out),
            Self::Numbers(codec) => codec.encode(value, out),
        }
    }

    /// Whether decoding calls transformers of the user's.
    pub fn calls_transformers(&self) -> bool {
        match self {
            Self::Callback(_) | Self::Blob(_) | Self::Numbers(_) => true,
            Self::Choice(codec) => codec.base().calls_transformers(),
            Self::Hashed(codec) => codec.item().calls_transformers(),
            Self::List(codec) => codec.calls_transformers(),
            Self::Map(codec) => codec.calls_transformers(),
            Self::Union(codec) => codec.calls_transformers(),
            Self::Packed(codec) => codec.calls_transformers(),
            _ => false,
        }
    }

    /// Whether Python converts the values, so that only trying tells which ones it takes.
    pub fn is_transformer(&self) -> bool {
        matches!(self, Self::Callback(_) | Self::Blob(_) | Self::Numbers(_))
    }

    /// Messages inside the `Literal` that this node writes. A document's own nesting is bytes, not messages.
    pub fn levels(&self) -> u32 {
        match self {
            Self::Choice(codec) => codec.base().levels(),
            Self::Hashed(codec) => codec.item().levels(),
            Self::List(codec) => 2 + codec.item().levels(),
            Self::Map(codec) => 3 + codec.value().levels(),
            Self::Union(codec) => 3 + codec.variants().iter().map(|variant| variant.codec.levels()).max().unwrap_or(0),
            Self::Datetime | Self::Date | Self::Timedelta => 3,
            Self::Blob(_) => 4,
            Self::Numbers(codec) => codec.levels(),
            _ => 2,
        }
    }

    /// Whether a value of this node, or one inside it, may lie at a location.
    pub fn has_locations(&self) -> bool {
        match self {
            Self::Callback(_) | Self::Blob(_) | Self::Numbers(_) => true,
            Self::Hashed(codec) => codec.item().has_locations(),
            Self::List(codec) => codec.item().has_locations(),
            Self::Map(codec) => codec.value().has_locations(),
            Self::Union(codec) => codec.variants().iter().any(|variant| variant.codec.has_locations()),
            _ => false,
        }
    }

    /// Adds the locations that the literal names. Where it does not fit the node, that is left to `decode`.
    pub fn locate(&self, literal: &[u8], found: &mut Locations) -> Result<()> {
        if !self.has_locations() {
            return Ok(());
        }
        match self {
            Self::Callback(codec) => codec.locate(literal, found),
            Self::Blob(codec) => codec.locate(literal, found),
            Self::Numbers(codec) => codec.locate(literal, found),
            Self::Hashed(codec) => codec.item().locate(literal, found),
            Self::List(codec) => match unwrapped(literal)? {
                View::Collection(content) => {
                    let mut items = Items::new(&content);
                    let mut index = 0;
                    while let Some(item) = items.item()? {
                        found.at_index(index, |found| codec.item().locate(item, found))?;
                        index += 1;
                    }
                    Ok(())
                }
                _ => Ok(()),
            },
            Self::Map(codec) => match unwrapped(literal)? {
                View::Map(content) => {
                    let mut items = Items::new(&content);
                    while let Some(item) = items.item()? {
                        let entry = entry(item)?;
                        found.at_key(entry.key, |found| codec.value().locate(&entry.value, found))?;
                    }
                    Ok(())
                }
                _ => Ok(()),
            },
            Self::Union(codec) => codec.locate(literal, found),
            _ => Ok(()),
        }
    }
}

/// The literal's content, out of one union around it: a value written for an `Optional[T]` is read as `T` too.
fn unwrapped(literal: &[u8]) -> Result<View<'_>> {
    match view(literal)? {
        View::Union(union) => match union.value {
            std::borrow::Cow::Borrowed(value) => Ok(view(value)?),
            std::borrow::Cow::Owned(value) => Ok(view(&value)?.into_owned()),
        },
        view => Ok(view),
    }
}

/// Reads the one msgpack document of a `Binary`.
fn document<T>(py: Python<'_>, binary: &Binary<'_>, read: impl FnOnce(&mut Cursor<'_>) -> Result<T>) -> Result<T> {
    if &*binary.tag != MSGPACK_TAG {
        let got = format!("binary of tag {}", words::string(py, &binary.tag));
        return Err(CodecError::mismatch("binary of tag 'msgpack'", got));
    }
    whole(&binary.value, read)
}

/// Reads one msgpack document that nothing follows.
fn whole<T>(content: &[u8], read: impl FnOnce(&mut Cursor<'_>) -> Result<T>) -> Result<T> {
    let memo = Memo::default();
    let mut cursor = Cursor::new(content, &memo);
    let value = read(&mut cursor).and_then(|value| Ok(cursor.finish().map(|()| value)?));
    value.map_err(|error| error.in_document(content.len(), cursor.rest().len()))
}

/// What flytekit's protobuf library would refuse to read back.
#[cold]
pub fn too_deep() -> CodecError {
    CodecError::saying("nested too deeply: Flyte's readers refuse more than 100 levels of messages")
}

/// The error of a document of another kind than the type asks for.
#[cold]
fn wrong_document(
    py: Python<'_>,
    expected: impl Into<std::borrow::Cow<'static, str>>,
    token: &Token<'_>,
) -> CodecError {
    let error = CodecError::mismatch(expected, words::packed(py, token));
    if *token == Token::Nil { error.hint(words::OPTIONAL) } else { error }
}

/// The error of a literal of another kind than the type asks for.
#[cold]
fn wrong(py: Python<'_>, expected: impl Into<std::borrow::Cow<'static, str>>, view: &View<'_>) -> CodecError {
    let got = match view {
        View::Binary(binary) if &*binary.tag == MSGPACK_TAG => match msgpack::Reader::new(&binary.value).token() {
            Ok(token) => words::packed(py, &token),
            Err(error) => return error.into(),
        },
        View::Binary(binary) => {
            let got = format!("binary of tag {}", words::string(py, &binary.tag));
            return CodecError::mismatch("binary of tag 'msgpack'", got);
        }
        View::Offloaded(metadata) => {
            return match offloaded::uri(metadata) {
                Ok(uri) => CodecError::offloaded(format!("offloaded literal at {}", words::string(py, uri))),
                Err(error) => error.into(),
            };
        }
        _ => words::literal(py, view),
    };
    let is_none = got == "none";
    let error = CodecError::mismatch(expected, got);
    if is_none { error.hint(words::OPTIONAL) } else { error }
}

/// The error of a Python value of another type than declared.
#[cold]
fn refused(expected: &str, value: &Bound<'_, PyAny>) -> CodecError {
    let error = CodecError::mismatch(expected.to_owned(), words::python(value));
    if value.is_none() {
        error.hint(format!("declare Optional[{expected}] if None is allowed"))
    } else if expected == "list" && value.is_instance_of::<pyo3::types::PyTuple>() {
        error.hint("use a list")
    } else {
        error
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_stays_small() {
        assert!(size_of::<Codec>() <= 16);
    }
}
