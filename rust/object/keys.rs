use std::sync::Mutex;

use pyo3::prelude::*;
use pyo3::types::PyString;

use super::text;

/// Keys that are remembered, and the longest of them. Maps of a document mostly have the same few short keys.
const SLOTS: usize = 1024;
const LONGEST: usize = 32;

static KEYS: Mutex<Vec<Option<Py<PyString>>>> = Mutex::new(Vec::new());

/// The `str` of a map's key: an earlier one with the same text, hash and all, if there is one.
#[inline]
pub fn key<'py>(py: Python<'py>, bytes: &[u8]) -> PyResult<Option<Bound<'py, PyString>>> {
    if bytes.len() > LONGEST || !bytes.is_ascii() {
        return text(py, bytes);
    }
    // Whoever finds the keys taken by another thread goes without.
    let Ok(mut keys) = KEYS.try_lock() else { return text(py, bytes) };
    if keys.is_empty() {
        keys.resize_with(SLOTS, || None);
    }
    let slot = &mut keys[hash(bytes) % SLOTS];
    if let Some(known) = slot {
        let known = known.bind(py);
        if known.to_str().is_ok_and(|text| text.as_bytes() == bytes) {
            return Ok(Some(known.clone()));
        }
    }
    let made = text(py, bytes)?;
    let replaced = std::mem::replace(slot, made.as_ref().map(|made| made.clone().unbind()));
    drop(keys);
    // Freed after the lock, though a `str` runs nobody's code.
    drop(replaced);
    Ok(made)
}

/// FNV-1a: a key is short.
#[inline]
fn hash(bytes: &[u8]) -> usize {
    let hash = bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3));
    #[expect(clippy::cast_possible_truncation, reason = "any bits will do")]
    let hash = (hash ^ (hash >> 32)) as usize;
    hash
}
