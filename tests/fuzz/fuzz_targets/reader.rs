//! Everything that reads bytes without Python: no input may panic, hang, or be read past its end, and what is written
//! from what was read must read back.

#![no_main]

use _core::literal::literal_type::{self, Rule};
use _core::literal::{self, Items, View, attribute, structure};
use _core::msgpack;
use _core::wire::Reader;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut reader = Reader::new(data);
    while let Ok(Some(_)) = reader.field() {}

    walk(data, 0);
    let _ = literal_type::names(data);
    let (first, second) = data.split_at(data.len() / 2);
    for rule in [Rule::Strict, Rule::Relaxed] {
        assert_ne!(literal_type::castable(data, data, rule), Ok(false));
        let _ = literal_type::castable(first, second, rule);
    }

    documents(data);
    structures(data);
});

/// Every literal inside the bytes, as a codec would come upon it.
fn walk(bytes: &[u8], depth: u32) {
    if depth > 64 {
        return;
    }
    match literal::view(bytes) {
        Ok(View::Collection(content)) => {
            let mut items = Items::new(&content);
            let count = items.count();
            let mut seen = 0;
            while let Ok(Some(item)) = items.item() {
                walk(item, depth + 1);
                seen += 1;
            }
            assert!(count.is_err() || count == Ok(seen));
        }
        Ok(View::Map(content)) => {
            let mut items = Items::new(&content);
            while let Ok(Some(item)) = items.item() {
                if let Ok(entry) = literal::entry(item) {
                    walk(&entry.value, depth + 1);
                }
            }
        }
        Ok(View::Union(union)) => {
            let _ = literal_type::names(&union.literal_type);
            walk(&union.value, depth + 1);
        }
        Ok(View::Binary(binary)) => documents(&binary.value),
        Ok(View::Generic(content)) => structures(&content),
        _ => {}
    }
    let mut packed = Vec::new();
    if attribute::packed_of(bytes, &mut packed, 0).is_ok() {
        assert!(msgpack::Reader::new(&packed).skip().is_ok() || packed.len() > 1 << 16);
    }
}

/// A msgpack document: skipped, made a literal, made a struct.
fn documents(bytes: &[u8]) {
    let mut reader = msgpack::Reader::new(bytes);
    let skipped = reader.skip().is_ok();
    let mut again = msgpack::Reader::new(bytes);
    let mut literal = Vec::new();
    if attribute::literal_of(&mut again, &mut literal).is_ok() {
        assert!(skipped);
        assert!(literal::view(&literal).is_ok());
    }
    let mut written = Vec::new();
    if structure::msgpack_to_struct(bytes, &mut written, structure::BytesAs::Base64, 100).is_ok() {
        assert!(skipped);
        let mut back = Vec::new();
        structure::struct_to_msgpack(&written, &mut back).expect("what is written reads back");
    }
}

fn structures(bytes: &[u8]) {
    let mut document = Vec::new();
    if structure::struct_to_msgpack(bytes, &mut document).is_ok() {
        assert!(document.len() <= bytes.len() * 16 + 16, "a struct grew from {} to {}", bytes.len(), document.len());
        let mut reader = msgpack::Reader::new(&document);
        assert!(reader.skip().is_ok() && reader.finish().is_ok());
    }
}
