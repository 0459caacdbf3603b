use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};

use pyo3::prelude::*;

use crate::msgpack::Reader;

/// A place in a document. Copying it is how a union tries a variant and goes back.
#[derive(Debug, Clone, Copy)]
pub struct Cursor<'a> {
    reader: Reader<'a>,
    memo: &'a Memo,
    /// How many unions are trying a variant around this place.
    attempts: u32,
}

/// What unions inside of tried variants came to. Without it, unions inside unions of recursive dataclasses would read the
/// same bytes again for every choice made further out: twice as often with each level.
#[derive(Debug, Default)]
pub struct Memo {
    outcomes: RefCell<BTreeMap<(usize, usize), Outcome>>,
}

/// The value and the bytes that are left behind it, or nothing if no variant fits.
type Outcome = Option<(Py<PyAny>, usize)>;

/// What is known of a union at a place.
pub enum Remembered<'py, 'a> {
    Unknown,
    NoneFits,
    /// The value, and the cursor behind it.
    Value(Bound<'py, PyAny>, Cursor<'a>),
}

impl<'a> Cursor<'a> {
    pub fn new(document: &'a [u8], memo: &'a Memo) -> Self {
        Self { reader: Reader::new(document), memo, attempts: 0 }
    }

    /// The same place, inside a variant that is tried.
    pub fn attempt(self) -> Self {
        Self { attempts: self.attempts + 1, ..self }
    }

    /// Goes to where a tried variant ended.
    pub fn accept(&mut self, attempt: Self) {
        self.reader = attempt.reader;
    }

    /// What the union at `node` came to here before.
    pub fn remembered<'py>(&self, py: Python<'py>, node: usize) -> Remembered<'py, 'a> {
        if self.attempts == 0 {
            return Remembered::Unknown;
        }
        match self.memo.outcomes.borrow().get(&(node, self.rest().len())) {
            None => Remembered::Unknown,
            Some(None) => Remembered::NoneFits,
            Some(Some((value, left))) => {
                let mut behind = *self;
                behind.reader.leave_only(*left);
                Remembered::Value(value.bind(py).clone(), behind)
            }
        }
    }

    /// Keeps what the union at `node` came to here, if somebody may ask again.
    pub fn remember(&self, node: usize, outcome: Option<(&Bound<'_, PyAny>, &Self)>) {
        if self.attempts > 0 {
            let outcome = outcome.map(|(value, behind)| (value.clone().unbind(), behind.rest().len()));
            self.memo.outcomes.borrow_mut().insert((node, self.rest().len()), outcome);
        }
    }
}

impl<'a> Deref for Cursor<'a> {
    type Target = Reader<'a>;

    fn deref(&self) -> &Reader<'a> {
        &self.reader
    }
}

impl<'a> DerefMut for Cursor<'a> {
    fn deref_mut(&mut self) -> &mut Reader<'a> {
        &mut self.reader
    }
}
