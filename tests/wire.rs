//! Properties of the layers that know nothing of Python.

use _core::literal::{self, Items, View, calendar, structure};
use _core::msgpack::{self, Token};
use _core::wire::{self, Reader, Value};
use proptest::prelude::*;

proptest! {
    #[test]
    fn arbitrary_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let mut reader = Reader::new(&bytes);
        let mut fields = 0;
        while let Ok(Some(_)) = reader.field() {
            fields += 1;
        }
        prop_assert!(fields <= bytes.len());
        let _ = literal::view(&bytes);
        let mut document = msgpack::Reader::new(&bytes);
        let _ = document.skip();
        let _ = structure::struct_to_msgpack(&bytes, &mut Vec::new());
    }

    #[test]
    fn varints_round_trip(value: u64) {
        let mut out = Vec::new();
        wire::varint(&mut out, value);
        prop_assert_eq!(out.len(), wire::varint_len(value));
        prop_assert_eq!(Reader::new(&out).varint(), Ok(value));
        for end in 0..out.len() {
            prop_assert!(Reader::new(&out[..end]).varint().is_err());
        }
    }

    #[test]
    fn fields_round_trip(number in 1u32..1 << 29, content in proptest::collection::vec(any::<u8>(), 0..300)) {
        let mut out = Vec::new();
        wire::tag(&mut out, number, 2);
        wire::varint(&mut out, content.len() as u64);
        out.extend_from_slice(&content);
        let mut reader = Reader::new(&out);
        let field = reader.field().unwrap().unwrap();
        prop_assert_eq!((field.number, field.value), (number, Value::Bytes(&content)));
        prop_assert!(reader.is_empty());
    }

    #[test]
    fn integers_and_texts_are_viewed_as_written(number: i64, text: String) {
        let mut out = Vec::new();
        literal::integer::<{ literal::BARE }>(&mut out, number);
        prop_assert_eq!(literal::view(&out), Ok(View::Integer(number)));
        out.clear();
        literal::string::<{ literal::BARE }>(&mut out, &text);
        prop_assert_eq!(literal::view(&out), Ok(View::String(text.as_bytes().into())));
    }

    #[test]
    fn timestamps_and_durations_are_viewed_as_written(seconds: i64, nanos in -999_999_999i32..1_000_000_000) {
        let time = literal::Time { seconds, nanos };
        let mut out = Vec::new();
        literal::timestamp(&mut out, seconds, nanos);
        prop_assert_eq!(literal::view(&out), Ok(View::Datetime(time)));
        out.clear();
        literal::duration(&mut out, seconds, nanos);
        prop_assert_eq!(literal::view(&out), Ok(View::Duration(time)));
    }

    #[test]
    fn a_date_is_its_days(seconds in calendar::FIRST_SECOND..=calendar::LAST_SECOND) {
        let civil = calendar::civil(literal::Time { seconds, nanos: 0 }).unwrap();
        let days = calendar::days_since_epoch(civil.year, civil.month, civil.day);
        prop_assert_eq!(days, seconds.div_euclid(86_400));
    }

    #[test]
    fn msgpack_integers_round_trip(value: i64) {
        let mut out = Vec::new();
        msgpack::int(&mut out, value);
        prop_assert_eq!(msgpack::Reader::new(&out).token(), Ok(Token::Int(value)));
    }

    #[test]
    fn a_collection_has_the_items_that_were_written(items in proptest::collection::vec(any::<i64>(), 0..50)) {
        let mut content = Vec::new();
        for item in &items {
            literal::integer::<{ literal::ITEM }>(&mut content, *item);
        }
        let mut read = Items::new(&content);
        prop_assert_eq!(read.count(), Ok(items.len()));
        for item in &items {
            prop_assert_eq!(literal::view(read.item().unwrap().unwrap()), Ok(View::Integer(*item)));
        }
    }
}
