//! Borrowed views of `flyteidl.core.Literal` and its relatives, by field number. Knows nothing of Python.
//!
//! Field numbers and presence rules: `flyteidl/protos/flyteidl/core/{literals,types,errors}.proto`. Every oneof member is
//! written also when it is zero or empty, the last member on the wire wins, and a message that occurs twice is merged.

pub mod attribute;
pub mod blob;
pub mod calendar;
pub mod canonical;
pub mod document;
mod frame;
mod integers;
pub mod numbers;
pub mod offloaded;
pub mod structure;
mod view;

pub mod literal_type;

pub use frame::{
    BARE, COLLECTION, GENERIC, ITEM, LITERAL_HASH, MAP, MSGPACK_TAG, NONE, SCALAR, UNION, UNION_TYPE, VALUE, binary,
    boolean, duration, float, integer, metadata_entry, string, timestamp,
};
pub use view::{Binary, Entry, Items, Time, Union, View, entry, metadata, metadata_format, view};
