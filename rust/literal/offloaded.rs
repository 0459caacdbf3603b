//! Literals that are stored elsewhere because they are large: `Literal.offloaded_metadata` (runtime-contract spec 4.5).

use std::borrow::Cow;
use std::collections::HashMap;
use std::convert::Infallible;

use super::frame::{COLLECTION, ITEM, MAP, SCALAR, UNION, UNION_TYPE, VALUE};
use super::view::{Items, View, entry, view};
use crate::wire::{Reader, Value, WireError, delimited, map_entry, message};

/// Literals inside literals. Flyte's readers refuse fewer: a literal takes at least two messages, of which they read 100.
const MAX_DEPTH: u32 = 100;

/// What is stored, by URI.
pub type Contents = HashMap<Vec<u8>, Vec<u8>>;

/// `LiteralOffloadedMetadata.uri`
pub fn uri(metadata: &[u8]) -> Result<&[u8], WireError> {
    let mut uri: &[u8] = &[];
    let mut reader = Reader::new(metadata);
    while let Some(field) = reader.field()? {
        if let (1, Value::Bytes(content)) = (field.number, field.value) {
            uri = content;
        }
    }
    Ok(uri)
}

/// Adds the URI of the literal itself, or of those inside it.
pub fn uris(literal: &[u8], found: &mut Vec<Vec<u8>>) -> Result<(), WireError> {
    uris_within(literal, found, MAX_DEPTH)
}

fn uris_within(literal: &[u8], found: &mut Vec<Vec<u8>>, depth: u32) -> Result<(), WireError> {
    let Some(depth) = depth.checked_sub(1) else { return Err(WireError::TooDeep) };
    match view(literal)? {
        View::Offloaded(metadata) => found.push(uri(&metadata)?.to_vec()),
        View::Collection(content) => {
            let mut items = Items::new(&content);
            while let Some(item) = items.item()? {
                uris_within(item, found, depth)?;
            }
        }
        View::Map(content) => {
            let mut items = Items::new(&content);
            while let Some(item) = items.item()? {
                uris_within(&entry(item)?.value, found, depth)?;
            }
        }
        View::Union(union) => uris_within(&union.value, found, depth)?,
        _ => {}
    }
    Ok(())
}

/// The literal with what is stored in the place of what stands for it. What `contents` does not hold stays.
pub fn resolved<'a>(literal: &'a [u8], contents: &Contents) -> Result<Cow<'a, [u8]>, WireError> {
    resolved_within(literal, contents, MAX_DEPTH)
}

fn resolved_within<'a>(literal: &'a [u8], contents: &Contents, depth: u32) -> Result<Cow<'a, [u8]>, WireError> {
    let Some(depth) = depth.checked_sub(1) else { return Err(WireError::TooDeep) };
    let mut out = Vec::new();
    match view(literal)? {
        View::Offloaded(metadata) => {
            return Ok(contents.get(uri(&metadata)?).map_or(literal.into(), |content| content.clone().into()));
        }
        View::Collection(content) => message(&mut out, COLLECTION, |out| {
            let mut items = Items::new(&content);
            while let Some(item) = items.item()? {
                delimited(out, ITEM, &resolved_within(item, contents, depth)?);
            }
            Ok::<_, WireError>(())
        })?,
        View::Map(content) => message(&mut out, MAP, |out| resolve_entries(&content, contents, depth, out))?,
        View::Union(union) => message(&mut out, SCALAR, |out| {
            message(out, UNION, |out| {
                delimited(out, ITEM, &resolved_within(&union.value, contents, depth)?);
                delimited(out, UNION_TYPE, &union.literal_type);
                Ok::<_, WireError>(())
            })
        })?,
        _ => return Ok(literal.into()),
    }
    copy_notes(literal, &mut out)?;
    Ok(out.into())
}

/// The same for a whole `LiteralMap`.
pub fn resolved_map(literal_map: &[u8], contents: &Contents) -> Result<Vec<u8>, WireError> {
    let mut out = Vec::with_capacity(literal_map.len());
    resolve_entries(literal_map, contents, MAX_DEPTH, &mut out)?;
    Ok(out)
}

fn resolve_entries(map: &[u8], contents: &Contents, depth: u32, out: &mut Vec<u8>) -> Result<(), WireError> {
    let mut items = Items::new(map);
    while let Some(item) = items.item()? {
        let entry = entry(item)?;
        let key = std::str::from_utf8(entry.key).map_err(|_| WireError::Utf8)?;
        let value = resolved_within(&entry.value, contents, depth)?;
        let Ok(()) = map_entry(out, ITEM, key, |out| {
            delimited(out, VALUE, &value);
            Ok::<_, Infallible>(())
        });
    }
    Ok(())
}

/// Hash and metadata of a literal that is written anew.
fn copy_notes(literal: &[u8], out: &mut Vec<u8>) -> Result<(), WireError> {
    let mut reader = Reader::new(literal);
    loop {
        let before = reader.rest();
        let Some(field) = reader.field()? else { return Ok(()) };
        if matches!(field.number, 4 | 5) {
            out.extend_from_slice(&before[..before.len() - reader.rest().len()]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{BARE, integer, metadata_entry};
    use super::*;

    fn offloaded(uri: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        let Ok(()) = message(&mut out, 0x42, |out| {
            delimited(out, ITEM, uri);
            Ok::<_, Infallible>(())
        });
        out
    }

    fn collection(items: &[&[u8]]) -> Vec<u8> {
        let mut out = Vec::new();
        let Ok(()) = message(&mut out, COLLECTION, |out| {
            for item in items {
                delimited(out, ITEM, item);
            }
            Ok::<_, Infallible>(())
        });
        out
    }

    #[test]
    fn what_is_stored_takes_the_place_of_what_stands_for_it() {
        let mut five = Vec::new();
        integer::<BARE>(&mut five, 5);
        let mut list = collection(&[&five, &offloaded(b"s3://b/a"), &collection(&[&offloaded(b"s3://b/c")])]);
        metadata_entry(&mut list, "k", "v");
        let mut found = Vec::new();
        uris(&list, &mut found).unwrap();
        assert_eq!(found, [b"s3://b/a", b"s3://b/c"]);
        let contents = found.into_iter().map(|uri| (uri, five.clone())).collect();
        let mut expected = collection(&[&five, &five, &collection(&[&five])]);
        metadata_entry(&mut expected, "k", "v");
        assert_eq!(resolved(&list, &contents).unwrap(), expected);
        assert_eq!(resolved(&list, &Contents::new()).unwrap(), list);
        assert_eq!(resolved(&offloaded(b"s3://b/a"), &contents).unwrap(), five);
    }

    #[test]
    fn nesting_has_an_end() {
        let mut deep = offloaded(b"u");
        for _ in 0..200 {
            deep = collection(&[&deep]);
        }
        assert_eq!(uris(&deep, &mut Vec::new()), Err(WireError::TooDeep));
        assert_eq!(resolved(&deep, &Contents::new()), Err(WireError::TooDeep));
    }
}
