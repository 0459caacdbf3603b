//! `flyteidl.core.ErrorDocument`, which tells the control plane why a task failed.

use std::convert::Infallible;

use super::Time;
use crate::wire::{delimited, message, varint};

/// `ContainerError` (runtime-contract spec 4.2).
pub struct ContainerError<'a> {
    pub code: &'a str,
    pub message: &'a str,
    pub recoverable: bool,
    /// 0 unknown, 1 user, 2 system.
    pub origin: u8,
    pub timestamp: Time,
    pub worker: &'a str,
}

impl ContainerError<'_> {
    /// The serialized `ErrorDocument` with this error.
    pub fn document(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.message.len() + 64);
        let written: Result<(), Infallible> = message(&mut out, 0x0a, |out| {
            for (tag, text) in [(0x0a, self.code), (0x12, self.message)] {
                if !text.is_empty() {
                    delimited(out, tag, text.as_bytes());
                }
            }
            for (tag, value) in [(0x18, u8::from(self.recoverable)), (0x20, self.origin)] {
                if value != 0 {
                    out.extend_from_slice(&[tag, value]);
                }
            }
            message(out, 0x2a, |out| {
                out.push(0x08);
                varint(out, self.timestamp.seconds.cast_unsigned());
                out.push(0x10);
                varint(out, i64::from(self.timestamp.nanos).cast_unsigned());
                Ok::<(), Infallible>(())
            })?;
            if !self.worker.is_empty() {
                delimited(out, 0x32, self.worker.as_bytes());
            }
            Ok(())
        });
        let Ok(()) = written;
        out
    }
}
