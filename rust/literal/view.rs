use std::borrow::Cow;

use crate::wire::{Reader, Value, WireError};

type Content<'a> = Cow<'a, [u8]>;

/// What a literal holds, down to the scalar. Contents are unread bytes of the message that the variant names.
#[derive(Debug, Clone, PartialEq)]
pub enum View<'a> {
    Nothing,
    Integer(i64),
    Float(f64),
    String(Content<'a>),
    Boolean(bool),
    Datetime(Time),
    Duration(Time),
    NoneType,
    Binary(Binary<'a>),
    Union(Union<'a>),
    Generic(Content<'a>),
    Blob(Content<'a>),
    Schema(Content<'a>),
    Error,
    StructuredDataset(Content<'a>),
    Collection(Content<'a>),
    Map(Content<'a>),
    Offloaded(Content<'a>),
}

/// `google.protobuf.Timestamp` or `Duration`, unchecked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Time {
    pub seconds: i64,
    pub nanos: i32,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Binary<'a> {
    pub value: Content<'a>,
    pub tag: Content<'a>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Union<'a> {
    /// A `Literal`.
    pub value: Content<'a>,
    /// A `LiteralType`.
    pub literal_type: Content<'a>,
}

/// One entry of a literal map.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<'a> {
    pub key: &'a [u8],
    /// A `Literal`.
    pub value: Content<'a>,
}

/// Reads a literal down to its scalar. Fields that Flyte does not define are passed over.
#[inline]
pub fn view(literal: &[u8]) -> Result<View<'_>, WireError> {
    let is_member = |number, value: &Value<'_>| match (number, value) {
        (1 | 2 | 3 | 8, Value::Bytes(_)) => Some(Repeat::Merges),
        _ => None,
    };
    Ok(match member(literal, is_member)? {
        Some((1, Held::Bytes(scalar_bytes))) => within(scalar_bytes, scalar)?,
        Some((2, Held::Bytes(content))) => View::Collection(content),
        Some((3, Held::Bytes(content))) => View::Map(content),
        Some((_, Held::Bytes(content))) => View::Offloaded(content),
        _ => View::Nothing,
    })
}

fn scalar(bytes: &[u8]) -> Result<View<'_>, WireError> {
    let is_member = |number, value: &Value<'_>| match (number, value) {
        (1..=9, Value::Bytes(_)) => Some(Repeat::Merges),
        _ => None,
    };
    let Some((number, Held::Bytes(content))) = member(bytes, is_member)? else { return Ok(View::Nothing) };
    Ok(match number {
        1 => within(content, primitive)?,
        2 => View::Blob(content),
        3 => within(content, binary)?,
        4 => View::Schema(content),
        5 => View::NoneType,
        6 => View::Error,
        7 => View::Generic(content),
        8 => View::StructuredDataset(content),
        _ => within(content, union)?,
    })
}

fn primitive(bytes: &[u8]) -> Result<View<'_>, WireError> {
    let is_member = |number, value: &Value<'_>| match (number, value) {
        (1 | 4, Value::Varint(_)) | (2, Value::Fixed64(_)) | (3, Value::Bytes(_)) => Some(Repeat::Replaces),
        (5 | 6, Value::Bytes(_)) => Some(Repeat::Merges),
        _ => None,
    };
    Ok(match member(bytes, is_member)? {
        Some((1, Held::Number(value))) => View::Integer(value.cast_signed()),
        Some((4, Held::Number(value))) => View::Boolean(value != 0),
        Some((_, Held::Number(bits))) => View::Float(f64::from_bits(bits)),
        Some((3, Held::Bytes(text))) => View::String(text),
        Some((5, Held::Bytes(content))) => View::Datetime(time(&content)?),
        Some((_, Held::Bytes(content))) => View::Duration(time(&content)?),
        None => View::Nothing,
    })
}

fn time(bytes: &[u8]) -> Result<Time, WireError> {
    let mut time = Time::default();
    let mut reader = Reader::new(bytes);
    while let Some(field) = reader.field()? {
        match (field.number, field.value) {
            (1, Value::Varint(seconds)) => time.seconds = seconds.cast_signed(),
            #[expect(clippy::cast_possible_truncation, reason = "protobuf keeps the low 32 bits of an int32 field")]
            (2, Value::Varint(nanos)) => time.nanos = nanos as i32,
            _ => {}
        }
    }
    Ok(time)
}

fn binary(bytes: &[u8]) -> Result<View<'_>, WireError> {
    let (mut value, mut tag): (&[u8], &[u8]) = (&[], &[]);
    let mut reader = Reader::new(bytes);
    while let Some(field) = reader.field()? {
        match (field.number, field.value) {
            (1, Value::Bytes(content)) => value = content,
            (2, Value::Bytes(content)) => tag = content,
            _ => {}
        }
    }
    Ok(View::Binary(Binary { value: value.into(), tag: tag.into() }))
}

fn union(bytes: &[u8]) -> Result<View<'_>, WireError> {
    let (mut value, mut literal_type) = (None, None);
    let mut reader = Reader::new(bytes);
    while let Some(field) = reader.field()? {
        match (field.number, field.value) {
            (1, Value::Bytes(content)) => value = Some(merged(value, content)),
            (2, Value::Bytes(content)) => literal_type = Some(merged(literal_type, content)),
            _ => {}
        }
    }
    Ok(View::Union(Union { value: value.unwrap_or_default(), literal_type: literal_type.unwrap_or_default() }))
}

/// Key and value of an entry of `Literal.metadata`.
type Note<'a> = (&'a [u8], &'a [u8]);

/// The entries of `Literal.metadata`, in wire order: of two with one key the last counts.
pub fn metadata(literal: &[u8]) -> Result<Vec<Note<'_>>, WireError> {
    let mut entries = Vec::new();
    let mut reader = Reader::new(literal);
    while let Some(field) = reader.field()? {
        if let (5, Value::Bytes(content)) = (field.number, field.value) {
            let (mut key, mut value): (&[u8], &[u8]) = (&[], &[]);
            let mut entry = Reader::new(content);
            while let Some(field) = entry.field()? {
                match (field.number, field.value) {
                    (1, Value::Bytes(content)) => key = content,
                    (2, Value::Bytes(content)) => value = content,
                    _ => {}
                }
            }
            entries.push((key, value));
        }
    }
    Ok(entries)
}

/// What `Literal.metadata` says under `format`.
pub fn metadata_format(literal: &[u8]) -> Result<Option<&[u8]>, WireError> {
    Ok(metadata(literal)?.into_iter().rev().find_map(|(key, value)| (key == b"format").then_some(value)))
}

/// One entry of `map<string, Literal>`. A missing key is empty, a missing value an empty literal.
#[inline]
pub fn entry(bytes: &[u8]) -> Result<Entry<'_>, WireError> {
    let mut reader = Reader::new(bytes);
    if let Some(key) = reader.short(0x0a)
        && let Some(value) = reader.short(0x12)
        && reader.is_empty()
    {
        return Ok(Entry { key, value: value.into() });
    }
    let mut reader = Reader::new(bytes);
    let mut key: &[u8] = &[];
    let mut value = None;
    while let Some(field) = reader.field()? {
        match (field.number, field.value) {
            (1, Value::Bytes(content)) => key = content,
            (2, Value::Bytes(content)) => value = Some(merged(value, content)),
            _ => {}
        }
    }
    Ok(Entry { key, value: value.unwrap_or_default() })
}

/// The elements of a collection, or the entries of a map: field 1 of either, in wire order.
#[derive(Debug, Clone, Copy)]
pub struct Items<'a> {
    reader: Reader<'a>,
}

impl<'a> Items<'a> {
    pub fn new(message: &'a [u8]) -> Self {
        Self { reader: Reader::new(message) }
    }

    /// What is left.
    pub fn rest(&self) -> &'a [u8] {
        self.reader.rest()
    }

    #[inline]
    pub fn item(&mut self) -> Result<Option<&'a [u8]>, WireError> {
        if let Some(item) = self.reader.short(0x0a) {
            return Ok(Some(item));
        }
        while let Some(field) = self.reader.field()? {
            if let (1, Value::Bytes(content)) = (field.number, field.value) {
                return Ok(Some(content));
            }
        }
        Ok(None)
    }

    /// The next item as `read` finds it at the start of what is left, if it does.
    #[inline(always)]
    pub fn quick<T>(&mut self, read: impl Fn(&'a [u8]) -> Option<(T, usize)>) -> Option<T> {
        let rest = self.reader.rest();
        let (value, length) = read(rest)?;
        self.reader = Reader::new(rest.get(length..)?);
        Some(value)
    }

    /// Passes over bytes that hold items.
    pub fn skip(&mut self, bytes: usize) {
        self.reader = Reader::new(self.reader.rest().get(bytes..).unwrap_or_default());
    }

    /// How many are left. Costs a hop over each, without a look inside.
    pub fn count(mut self) -> Result<usize, WireError> {
        let mut count = 0;
        while self.item()?.is_some() {
            count += 1;
        }
        Ok(count)
    }
}

/// What a second occurrence of the same oneof member does.
#[derive(PartialEq)]
enum Repeat {
    Merges,
    Replaces,
}

enum Held<'a> {
    Number(u64),
    Bytes(Content<'a>),
}

/// The oneof member that a message holds: the last on the wire.
#[inline]
fn member<'a>(
    bytes: &'a [u8],
    is_member: impl Fn(u32, &Value<'a>) -> Option<Repeat>,
) -> Result<Option<(u32, Held<'a>)>, WireError> {
    let mut held: Option<(u32, Held<'a>)> = None;
    let mut reader = Reader::new(bytes);
    while let Some(field) = reader.field()? {
        let Some(repeat) = is_member(field.number, &field.value) else { continue };
        let value = match field.value {
            Value::Varint(number) | Value::Fixed64(number) => Held::Number(number),
            Value::Bytes(content) => match held {
                Some((number, Held::Bytes(before))) if number == field.number && repeat == Repeat::Merges => {
                    Held::Bytes(merged(Some(before), content))
                }
                _ => Held::Bytes(content.into()),
            },
            Value::Fixed32(_) | Value::Group => continue,
        };
        held = Some((field.number, value));
    }
    Ok(held)
}

/// Two occurrences of a message are merged by joining their bytes.
fn merged<'a>(before: Option<Content<'a>>, content: &'a [u8]) -> Content<'a> {
    match before {
        None => content.into(),
        Some(mut before) => {
            before.to_mut().extend_from_slice(content);
            before
        }
    }
}

#[inline]
fn within<'a>(
    bytes: Content<'a>,
    read: impl for<'b> Fn(&'b [u8]) -> Result<View<'b>, WireError>,
) -> Result<View<'a>, WireError> {
    match bytes {
        Cow::Borrowed(bytes) => read(bytes),
        Cow::Owned(bytes) => Ok(read(&bytes)?.into_owned()),
    }
}

impl View<'_> {
    /// The same, free of the bytes that it was read from.
    pub fn into_owned(self) -> View<'static> {
        let own = |content: Content<'_>| Content::Owned(content.into_owned());
        match self {
            View::Nothing => View::Nothing,
            View::Integer(value) => View::Integer(value),
            View::Float(value) => View::Float(value),
            View::String(text) => View::String(own(text)),
            View::Boolean(value) => View::Boolean(value),
            View::Datetime(time) => View::Datetime(time),
            View::Duration(time) => View::Duration(time),
            View::NoneType => View::NoneType,
            View::Binary(binary) => View::Binary(Binary { value: own(binary.value), tag: own(binary.tag) }),
            View::Union(union) => View::Union(Union { value: own(union.value), literal_type: own(union.literal_type) }),
            View::Generic(content) => View::Generic(own(content)),
            View::Blob(content) => View::Blob(own(content)),
            View::Schema(content) => View::Schema(own(content)),
            View::Error => View::Error,
            View::StructuredDataset(content) => View::StructuredDataset(own(content)),
            View::Collection(content) => View::Collection(own(content)),
            View::Map(content) => View::Map(own(content)),
            View::Offloaded(content) => View::Offloaded(own(content)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_golden_literals_of_the_specification() {
        let cases: [(&[u8], View<'_>); 6] = [
            (b"\x0a\x04\x0a\x02\x08\x00", View::Integer(0)),
            (b"\x0a\x0b\x0a\x09\x11\0\0\0\0\0\0\xf8\x3f", View::Float(1.5)),
            (b"\x0a\x04\x0a\x02\x1a\x00", View::String(Cow::Borrowed(b""))),
            (b"\x0a\x02\x2a\x00", View::NoneType),
            (b"\x12\x00", View::Collection(Cow::Borrowed(b""))),
            (b"", View::Nothing),
        ];
        for (bytes, expected) in cases {
            assert_eq!(view(bytes), Ok(expected));
        }
    }

    #[test]
    fn the_last_member_wins_and_repeated_messages_merge() {
        assert_eq!(view(b"\x12\x00\x0a\x02\x2a\x00"), Ok(View::NoneType));
        // Two scalars, each with half of a union: value in one, type in the other.
        let halves = b"\x0a\x08\x4a\x06\x0a\x04\x0a\x02\x2a\x00\x0a\x06\x4a\x04\x12\x02\x08\x00";
        let Ok(View::Union(union)) = view(halves) else { panic!("not a union") };
        assert_eq!((&*union.value, &*union.literal_type), (&b"\x0a\x02\x2a\x00"[..], &b"\x08\x00"[..]));
        // A string is replaced, a timestamp merged.
        assert_eq!(view(b"\x0a\x08\x0a\x06\x1a\x01a\x1a\x01b"), Ok(View::String(Cow::Borrowed(b"b"))));
        let time = Time { seconds: 1, nanos: 2 };
        assert_eq!(view(b"\x0a\x0a\x0a\x08\x2a\x02\x08\x01\x2a\x02\x10\x02"), Ok(View::Datetime(time)));
    }

    #[test]
    fn items_pass_over_unknown_fields() {
        let items = Items::new(b"\x0a\x01x\x10\x05\x0a\x00\x1a\x01y\x0a\x01z");
        assert_eq!(items.count(), Ok(3));
    }
}
