//! `Blob`, `Schema` and `StructuredDataset`: values that lie at a location.

use std::convert::Infallible;

use super::frame::{ITEM, SCALAR};
use crate::wire::{Reader, Sink, Value, WireError, delimited, message};

/// `Scalar.blob`
const BLOB: u8 = 0x12;
/// `Blob.metadata`, `BlobMetadata.type`, `BlobType.format`
const FIRST: u8 = ITEM;
/// `Blob.uri`
const URI: u8 = 0x1a;
/// `BlobType.dimensionality`
const DIMENSIONALITY: u8 = 0x10;

/// What a blob literal says: where the value is, in which format, and whether that is a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Blob<'a> {
    pub uri: &'a [u8],
    pub format: &'a [u8],
    pub multipart: bool,
}

/// Reads the content of a `Blob`.
pub fn read(content: &[u8]) -> Result<Blob<'_>, WireError> {
    let mut blob = Blob::default();
    let mut reader = Reader::new(content);
    while let Some(field) = reader.field()? {
        match (field.number, field.value) {
            (1, Value::Bytes(metadata)) => read_metadata(metadata, &mut blob)?,
            (3, Value::Bytes(uri)) => blob.uri = uri,
            _ => {}
        }
    }
    Ok(blob)
}

/// What occurs twice is merged field by field, because each field only replaces itself.
fn read_metadata<'a>(metadata: &'a [u8], blob: &mut Blob<'a>) -> Result<(), WireError> {
    let mut reader = Reader::new(metadata);
    while let Some(field) = reader.field()? {
        let (1, Value::Bytes(kind)) = (field.number, field.value) else { continue };
        let mut reader = Reader::new(kind);
        while let Some(field) = reader.field()? {
            match (field.number, field.value) {
                (1, Value::Bytes(format)) => blob.format = format,
                (2, Value::Varint(dimensionality)) => blob.multipart = dimensionality == 1,
                _ => {}
            }
        }
    }
    Ok(())
}

/// `Schema.uri` or `StructuredDataset.uri`.
pub fn uri(content: &[u8]) -> Result<&[u8], WireError> {
    let mut uri: &[u8] = &[];
    let mut reader = Reader::new(content);
    while let Some(field) = reader.field()? {
        if let (1, Value::Bytes(content)) = (field.number, field.value) {
            uri = content;
        }
    }
    Ok(uri)
}

/// Appends a literal that holds the blob, as protobuf libraries write it: the metadata is there also when it is empty.
pub fn write(out: &mut impl Sink, uri: &str, format: &str, multipart: bool) {
    let Ok(()) = message(out, SCALAR, |out| {
        message(out, BLOB, |out| {
            let Ok(()) = message(out, FIRST, |out| {
                message(out, FIRST, |out| {
                    if !format.is_empty() {
                        delimited(out, FIRST, format.as_bytes());
                    }
                    if multipart {
                        out.extend_from_slice(&[DIMENSIONALITY, 1]);
                    }
                    Ok::<(), Infallible>(())
                })
            });
            if !uri.is_empty() {
                delimited(out, URI, uri.as_bytes());
            }
            Ok::<(), Infallible>(())
        })
    });
}

#[cfg(test)]
mod tests {
    use super::super::{View, view};
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for (uri, format, multipart) in [("s3://b/a", "csv", false), ("", "", false), ("/x y", "", true)] {
            let mut out = Vec::new();
            write(&mut out, uri, format, multipart);
            let Ok(View::Blob(content)) = view(&out) else { panic!("no blob: {out:?}") };
            let expected = Blob { uri: uri.as_bytes(), format: format.as_bytes(), multipart };
            assert_eq!(read(&content), Ok(expected));
        }
    }

    #[test]
    fn halves_are_joined() {
        let halves = b"\x0a\x05\x0a\x03\x0a\x01a\x0a\x04\x0a\x02\x10\x01\x1a\x01u";
        assert_eq!(read(halves), Ok(Blob { uri: b"u", format: b"a", multipart: true }));
        assert_eq!(read(b"\x0a\x09"), Err(WireError::Truncated));
    }
}
