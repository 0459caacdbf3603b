//! Python values that literals and documents share: numbers, text, dates, the allowed values of a choice.

mod allowed;
mod number;
mod temporal;
mod text;

pub use allowed::Allowed;
pub use number::{int, unsigned, whole_number};
pub use temporal::{from_iso, from_seconds};
pub use text::{key, string, utf8};
