//! `flyteidl.core.LiteralType`, as far as choosing a union variant needs it.

use crate::wire::{Reader, Value, WireError};

/// Types inside types. A list of lists of … deeper than this is not written by anybody.
const MAX_DEPTH: u32 = 100;
const SIMPLE_STRING: u64 = 3;

/// The part of a type that flytekit's castability rule looks at: metadata, structure and annotation are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Shape<'a> {
    Nothing,
    Simple(u64),
    Schema(&'a [u8]),
    Collection(Box<Shape<'a>>),
    Map(Box<Shape<'a>>),
    Blob { format: &'a [u8], multipart: bool },
    Enum(Vec<&'a [u8]>),
    StructuredDataset(&'a [u8]),
    Union(Vec<Shape<'a>>),
}

/// How far a cast goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// As flytekit's.
    Strict,
    /// Also an enum with other values, or another order, a file of another format, and a table of another format or with
    /// other columns: reading goes by the value there.
    /// To be asked only where the strict rule finds nothing.
    Relaxed,
}

/// What a stored type says beyond its shape.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Names<'a> {
    /// `structure.tag`: the name of the transformer that wrote the value.
    pub tag: Option<&'a [u8]>,
    /// `metadata["title"]`: the class name of a dataclass.
    pub title: Option<&'a [u8]>,
}

/// Whether a value stored as `upstream` may be read as `downstream` (type-system spec 2.7).
pub fn castable(upstream: &[u8], downstream: &[u8], rule: Rule) -> Result<bool, WireError> {
    Ok(fits(&shape(upstream, MAX_DEPTH)?, &shape(downstream, MAX_DEPTH)?, rule))
}

fn fits(upstream: &Shape<'_>, downstream: &Shape<'_>, rule: Rule) -> bool {
    match (upstream, downstream) {
        (Shape::Union(variants), _) => variants.iter().all(|variant| fits(variant, downstream, rule)),
        (_, Shape::Union(variants)) => variants.iter().any(|variant| fits(upstream, variant, rule)),
        (Shape::Collection(upstream), Shape::Collection(downstream))
        | (Shape::Map(upstream), Shape::Map(downstream)) => fits(upstream, downstream, rule),
        (Shape::Enum(_), Shape::Simple(SIMPLE_STRING)) => true,
        (Shape::Enum(_), Shape::Enum(_)) | (Shape::StructuredDataset(_), Shape::StructuredDataset(_))
            if rule == Rule::Relaxed =>
        {
            true
        }
        (Shape::Blob { multipart: upstream, .. }, Shape::Blob { multipart: downstream, .. })
            if rule == Rule::Relaxed =>
        {
            upstream == downstream
        }
        _ => upstream == downstream,
    }
}

fn shape(bytes: &[u8], depth: u32) -> Result<Shape<'_>, WireError> {
    let depth = depth.checked_sub(1).ok_or(WireError::TooDeep)?;
    let mut found = Shape::Nothing;
    let mut reader = Reader::new(bytes);
    while let Some(field) = reader.field()? {
        found = match (field.number, field.value) {
            (1, Value::Varint(simple)) => Shape::Simple(simple),
            (2, Value::Bytes(schema)) => Shape::Schema(schema),
            (3, Value::Bytes(item)) => Shape::Collection(Box::new(shape(item, depth)?)),
            (4, Value::Bytes(value)) => Shape::Map(Box::new(shape(value, depth)?)),
            (5, Value::Bytes(blob)) => self::blob(blob)?,
            (7, Value::Bytes(values)) => Shape::Enum(repeated(values)?),
            (8, Value::Bytes(dataset)) => Shape::StructuredDataset(dataset),
            (10, Value::Bytes(union)) => Shape::Union(
                repeated(union)?.into_iter().map(|variant| shape(variant, depth)).collect::<Result<_, _>>()?,
            ),
            _ => continue,
        };
    }
    Ok(found)
}

/// The occurrences of field 1.
fn repeated(message: &[u8]) -> Result<Vec<&[u8]>, WireError> {
    let mut items = Vec::new();
    let mut reader = Reader::new(message);
    while let Some(field) = reader.field()? {
        if let (1, Value::Bytes(item)) = (field.number, field.value) {
            items.push(item);
        }
    }
    Ok(items)
}

fn blob(bytes: &[u8]) -> Result<Shape<'_>, WireError> {
    let (mut format, mut multipart): (&[u8], bool) = (&[], false);
    let mut reader = Reader::new(bytes);
    while let Some(field) = reader.field()? {
        match (field.number, field.value) {
            (1, Value::Bytes(content)) => format = content,
            (2, Value::Varint(dimensionality)) => multipart = dimensionality == 1,
            _ => {}
        }
    }
    Ok(Shape::Blob { format, multipart })
}

/// The tag and the title that a stored type carries.
pub fn names(bytes: &[u8]) -> Result<Names<'_>, WireError> {
    let mut names = Names::default();
    let mut reader = Reader::new(bytes);
    while let Some(field) = reader.field()? {
        match (field.number, field.value) {
            (6, Value::Bytes(metadata)) => names.title = string_in_struct(metadata, b"title")?.or(names.title),
            (11, Value::Bytes(structure)) => names.tag = Some(last_bytes(structure, 1)?.unwrap_or_default()),
            _ => {}
        }
    }
    Ok(names)
}

/// The string under `key` of a `google.protobuf.Struct`.
fn string_in_struct<'a>(bytes: &'a [u8], key: &[u8]) -> Result<Option<&'a [u8]>, WireError> {
    let mut found = None;
    let mut reader = Reader::new(bytes);
    while let Some(field) = reader.field()? {
        if let (1, Value::Bytes(entry)) = (field.number, field.value)
            && last_bytes(entry, 1)? == Some(key)
        {
            found = match last_bytes(entry, 2)? {
                Some(value) => last_bytes(value, 3)?,
                None => None,
            };
        }
    }
    Ok(found)
}

fn last_bytes(message: &[u8], number: u32) -> Result<Option<&[u8]>, WireError> {
    let mut found = None;
    let mut reader = Reader::new(message);
    while let Some(field) = reader.field()? {
        if let Value::Bytes(content) = field.value
            && field.number == number
        {
            found = Some(content);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    const INT: &[u8] = b"\x08\x01";
    const TAGGED_INT: &[u8] = b"\x08\x01\x5a\x05\x0a\x03int";
    const STRING: &[u8] = b"\x08\x03";
    const OPTIONAL_INT: &[u8] = b"\x52\x17\x0a\x09\x08\x01\x5a\x05\x0a\x03int\x0a\x0a\x08\x00\x5a\x06\x0a\x04none";

    #[test]
    fn names_and_structure_do_not_matter_to_the_cast() {
        assert_eq!(castable(TAGGED_INT, INT, Rule::Strict), Ok(true));
        assert_eq!(castable(INT, STRING, Rule::Relaxed), Ok(false));
        assert_eq!(castable(INT, OPTIONAL_INT, Rule::Strict), Ok(true));
        assert_eq!(castable(OPTIONAL_INT, INT, Rule::Strict), Ok(false));
        assert_eq!(castable(b"\x3a\x03\x0a\x01a", STRING, Rule::Strict), Ok(true));
    }

    #[test]
    fn the_relaxed_rule_leaves_the_format_and_the_values_to_the_reader() {
        let (file, csv, directory) = (b"\x2a\x00", b"\x2a\x05\x0a\x03csv", b"\x2a\x02\x10\x01");
        assert_eq!(castable(csv, file, Rule::Strict), Ok(false));
        assert_eq!(castable(csv, file, Rule::Relaxed), Ok(true));
        assert_eq!(castable(directory, file, Rule::Relaxed), Ok(false));
        let (ab, ba) = (b"\x3a\x06\x0a\x01a\x0a\x01b", b"\x3a\x06\x0a\x01b\x0a\x01a");
        assert_eq!(castable(ab, ba, Rule::Strict), Ok(false));
        assert_eq!(castable(ab, ba, Rule::Relaxed), Ok(true));
    }

    #[test]
    fn the_tag_is_found() {
        assert_eq!(names(TAGGED_INT).unwrap().tag, Some(&b"int"[..]));
        assert_eq!(names(INT).unwrap().tag, None);
    }

    #[test]
    fn nesting_is_bounded() {
        let mut nested = INT.to_vec();
        for _ in 0..2000 {
            let mut outer = Vec::new();
            crate::wire::delimited(&mut outer, 0x1a, &nested);
            nested = outer;
        }
        assert_eq!(castable(&nested, INT, Rule::Strict), Err(WireError::TooDeep));
    }
}
