//! Everything that knows how `CPython` lays out its objects. The only folder with `unsafe`; its functions are safe to call.

#![allow(unsafe_code, reason = "each block states why it holds")]

mod array;
mod collector;
mod dict;
pub mod exceptions;
mod input;
mod instance;
mod int;
mod keys;
mod list;
mod memory;
mod output;
mod text;

pub use array::{fill as fill_array, read as read_array};
pub use collector::without_collector;
pub use dict::for_each as for_each_entry;
pub use input::Input;
pub use instance::{create, set_field};
pub use int::as_i64;
pub use keys::key;
pub use list::build as build_list;
pub use memory::{guarded, silence_panics};
pub use output::Output;
pub use text::text;
