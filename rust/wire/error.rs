use std::fmt;

/// Why bytes are not a well-formed message. Small and without payload on the heap: it is made on hot paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WireError {
    /// The message ends inside a field.
    Truncated,
    /// A varint of more than ten bytes.
    VarintTooLong,
    /// Field number 0, or one above 2^29 - 1.
    FieldNumber,
    /// A wire type that protobuf does not define.
    WireType(u8),
    /// An end-group tag without its start, or the reverse.
    Group,
    /// Nested more deeply than any message that a Flyte component writes.
    TooDeep,
    /// Text that is not UTF-8.
    Utf8,
    /// Bytes after the end of a msgpack document.
    Trailing(usize),
    /// A byte that msgpack does not define.
    MsgpackByte(u8),
    /// A part repeated so often that merging it would need a multiple of the input's memory.
    Repeated,
}

impl fmt::Display for WireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncated => write!(f, "the bytes end inside a field"),
            Self::VarintTooLong => write!(f, "a varint is longer than ten bytes"),
            Self::FieldNumber => write!(f, "a field number is out of range"),
            Self::WireType(kind) => write!(f, "wire type {kind} does not exist"),
            Self::Group => write!(f, "a group is not closed, or closed twice"),
            Self::TooDeep => write!(f, "the nesting is too deep"),
            Self::Utf8 => write!(f, "text is not UTF-8"),
            Self::Trailing(count) => write!(f, "{count} bytes follow the msgpack document"),
            Self::MsgpackByte(byte) => write!(f, "0x{byte:02x} does not start a msgpack value"),
            Self::Repeated => write!(f, "a part is repeated too often"),
        }
    }
}
