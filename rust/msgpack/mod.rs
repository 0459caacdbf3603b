//! msgpack documents: tokens in, tokens out. Knows nothing of Python.

mod reader;
mod writer;

pub use reader::{MAX_DEPTH, Reader, Token};
pub use writer::{
    array_header, bin, boolean, close_array, close_map, float, int, map_header, nil, open_container, str_header,
    string, uint,
};
