//! The protobuf wire format. Knows nothing of Python and nothing of Flyte.

mod error;
mod reader;
mod sink;
mod writer;

pub use error::WireError;
pub use reader::{Field, Reader, Value};
pub use sink::Sink;
pub use writer::{delimited, map_entry, message, message_of, tag, varint, varint_len};
