//! Nested collections of numbers as one array: its shape, and its cells in C order. Knows nothing of Python.
//!
//! Two passes over the bytes. The first finds shape and kind of number, so that the array is made once and in its last
//! place; the second fills it. Neither makes an object for a number.

use super::canonical;
use super::integers::Parts;
use super::view::{Items, View, view};
use crate::msgpack::{self, Token};
use crate::wire::WireError;

/// Numpy's own limit is 64.
pub const MAX_DIMENSIONS: usize = 32;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Element {
    Int,
    Float,
    Bool,
}

/// One number of a literal.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Number {
    Int(i64),
    Float(f64),
    Bool(bool),
}

/// What is wrong, and where: the indices that lead there, innermost first.
#[derive(Debug, PartialEq)]
pub struct Fault {
    pub steps: Vec<usize>,
    pub kind: FaultKind,
}

#[derive(Debug, PartialEq)]
pub enum FaultKind {
    Wire(WireError),
    /// Not a number where the others are numbers; not a collection where the others are. `expected` says which.
    Other {
        expected: Expected,
        got: View<'static>,
    },
    /// A collection of another length than the ones beside it.
    Ragged {
        expected: usize,
        got: usize,
        leaf: bool,
    },
    /// A boolean among numbers, or a number among booleans.
    Mixed {
        expected: Element,
        got: Element,
    },
    /// A float with a fraction, or beyond 64 bits, where integers are declared.
    Fraction(f64),
    TooDeep,
    /// An element is a document with numbers of its own, as attribute access makes them: not an error, but another way.
    Document,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    Number,
    Collection,
}

impl From<WireError> for Fault {
    fn from(error: WireError) -> Self {
        FaultKind::Wire(error).into()
    }
}

impl From<FaultKind> for Fault {
    fn from(kind: FaultKind) -> Self {
        Self { steps: Vec::new(), kind }
    }
}

impl Fault {
    fn at(mut self, index: usize) -> Self {
        self.steps.push(index);
        self
    }
}

/// What the first pass finds.
#[derive(Debug, Default, PartialEq)]
pub struct Survey {
    /// The lengths of the collections, outermost first.
    pub shape: Vec<usize>,
    ints: bool,
    floats: bool,
    bools: bool,
    /// Where a long list of integers is read.
    parts: Option<Parts>,
}

impl Survey {
    /// Looks through the content of a collection.
    pub fn of(content: &[u8]) -> Result<Self, Fault> {
        if let Some(parts) = Parts::of(content) {
            return Ok(Self { shape: vec![parts.count()], ints: true, parts: Some(parts), ..Self::default() });
        }
        let mut survey = Self::default();
        survey.collection(content, 0)?;
        Ok(survey)
    }

    /// The kind of number that holds them all: float if one is, also where there is none.
    pub fn element(&self) -> Element {
        match (self.ints, self.floats, self.bools) {
            (_, _, true) => Element::Bool,
            (true, false, _) => Element::Int,
            _ => Element::Float,
        }
    }

    /// Fills the cells with the numbers of the content that this is of.
    pub fn fill<T: Cell>(&self, content: &[u8], cells: &mut [T]) -> Result<(), Fault> {
        let filled = self.parts.as_ref().and_then(|parts| {
            let cell = |value| T::of(Number64(Number::Int(value))).ok();
            parts.fill(content, cells, cell)
        });
        filled.map_or_else(|| fill(content, &self.shape, cells), Ok)
    }

    fn collection(&mut self, content: &[u8], depth: usize) -> Result<(), Fault> {
        let known = self.shape.get(depth).copied();
        let leaf = self.shape.len() == depth + 1;
        if known.is_none() {
            if depth == MAX_DIMENSIONS {
                return Err(FaultKind::TooDeep.into());
            }
            self.shape.push(0);
        }
        let mut count = 0;
        let looked = self.items(Items::new(content), depth, &mut count);
        if looked.is_err() {
            count = Items::new(content).count()?;
        }
        // That rows differ in length comes before what is wrong in one of them.
        match known {
            Some(expected) if expected != count => return Err(FaultKind::Ragged { expected, got: count, leaf }.into()),
            _ => self.shape[depth] = count,
        }
        looked
    }

    fn items(&mut self, mut items: Items<'_>, depth: usize, count: &mut usize) -> Result<(), Fault> {
        loop {
            let leaf = depth + 1 == self.shape.len();
            if leaf && self.floats {
                let floats = canonical::float_items(items.rest()).count();
                items.skip(floats * canonical::FLOAT_ITEM);
                *count += floats;
            }
            // What an integer is, is read when the array is filled.
            if leaf && self.ints && items.quick(canonical::integer_length).is_some() {
                *count += 1;
                continue;
            }
            let Some(item) = items.item()? else { return Ok(()) };
            self.item(item, depth).map_err(|fault| fault.at(*count))?;
            *count += 1;
        }
    }

    fn item(&mut self, item: &[u8], depth: usize) -> Result<(), Fault> {
        let leaf = depth + 1 == self.shape.len();
        match number(item) {
            Ok(found) if leaf => self.note(found),
            Ok(_) => Err(match view(item)? {
                View::Union(union) => other(Expected::Collection, &union.value)?,
                found => FaultKind::Other { expected: Expected::Collection, got: found.into_owned() }.into(),
            }),
            Err(Fault { kind: FaultKind::Other { got: View::Collection(content), .. }, .. })
                if !(leaf && (self.ints || self.floats || self.bools)) =>
            {
                self.collection(&content, depth + 1)
            }
            Err(fault) => Err(fault),
        }
    }

    fn note(&mut self, number: Number) -> Result<(), Fault> {
        match number {
            Number::Int(_) => self.ints = true,
            Number::Float(_) => self.floats = true,
            Number::Bool(_) => self.bools = true,
        }
        if self.bools && (self.ints || self.floats) {
            let got = match number {
                Number::Int(_) => Element::Int,
                Number::Float(_) => Element::Float,
                Number::Bool(_) => Element::Bool,
            };
            let expected = if got == Element::Bool { Element::Float } else { Element::Bool };
            return Err(FaultKind::Mixed { expected, got }.into());
        }
        Ok(())
    }
}

fn other(expected: Expected, literal: &[u8]) -> Result<Fault, WireError> {
    Ok(FaultKind::Other { expected, got: view(literal)?.into_owned() }.into())
}

/// The next item of a collection as a number.
#[inline(always)]
fn next(items: &mut Items<'_>) -> Result<Number, Fault> {
    if let Some(value) = items.quick(canonical::integer_item) {
        return Ok(Number::Int(value));
    }
    if let Some(value) = items.quick(canonical::float_item) {
        return Ok(Number::Float(value));
    }
    number(items.item()?.ok_or(WireError::Truncated)?)
}

fn number(literal: &[u8]) -> Result<Number, Fault> {
    if let Some(value) = canonical::integer(literal) {
        return Ok(Number::Int(value));
    }
    number_of(view(literal)?)
}

#[cold]
fn number_of(found: View<'_>) -> Result<Number, Fault> {
    Ok(match found {
        View::Integer(value) => Number::Int(value),
        View::Float(value) => Number::Float(value),
        View::Boolean(value) => Number::Bool(value),
        // One union around it, as for every other type.
        View::Union(union) => match view(&union.value)? {
            inner @ View::Union(_) => return Err(refused(inner)),
            inner => return number_of(inner.into_owned()),
        },
        View::Binary(ref binary) if *binary.tag == *super::MSGPACK_TAG => {
            let mut reader = msgpack::Reader::new(&binary.value);
            let token = reader.token()?;
            if let Token::Array(_) = token {
                return Err(FaultKind::Document.into());
            }
            reader.finish()?;
            match token {
                Token::Int(value) => Number::Int(value),
                Token::Float(value) => Number::Float(value),
                Token::Bool(value) => Number::Bool(value),
                _ => return Err(refused(found)),
            }
        }
        found => return Err(refused(found)),
    })
}

fn refused(found: View<'_>) -> Fault {
    FaultKind::Other { expected: Expected::Number, got: found.into_owned() }.into()
}

/// A kind of cell that an array may have.
pub trait Cell: Sized {
    fn of(number: Number64) -> Result<Self, FaultKind>;

    /// Fills cells with the float items that the bytes begin with; how many that were.
    #[inline(always)]
    fn floats(_content: &[u8], _cells: &mut [Self]) -> usize {
        0
    }
}

/// A number on its way into a cell.
pub struct Number64(Number);

impl Cell for i64 {
    #[inline(always)]
    fn of(number: Number64) -> Result<Self, FaultKind> {
        match number.0 {
            Number::Int(value) => Ok(value),
            Number::Float(value) => whole(value).ok_or(FaultKind::Fraction(value)),
            Number::Bool(_) => Err(FaultKind::Mixed { expected: Element::Int, got: Element::Bool }),
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::float_cmp, reason = "compared with what it came from")]
fn whole(value: f64) -> Option<i64> {
    let number = value as i64;
    // 2^63 itself saturates to a number that is equal again when it is a float.
    #[expect(clippy::cast_precision_loss, reason = "a whole float within the range is exact")]
    (number as f64 == value && number != i64::MAX).then_some(number)
}

impl Cell for f64 {
    #[inline(always)]
    #[expect(clippy::cast_precision_loss, reason = "as Python's float(int), which flytekit applies")]
    fn of(number: Number64) -> Result<Self, FaultKind> {
        match number.0 {
            Number::Int(value) => Ok(value as f64),
            Number::Float(value) => Ok(value),
            Number::Bool(_) => Err(FaultKind::Mixed { expected: Element::Float, got: Element::Bool }),
        }
    }

    #[inline(always)]
    fn floats(content: &[u8], cells: &mut [Self]) -> usize {
        let mut count = 0;
        for (cell, value) in cells.iter_mut().zip(canonical::float_items(content)) {
            *cell = value;
            count += 1;
        }
        count
    }
}

impl Cell for u8 {
    #[inline(always)]
    fn of(number: Number64) -> Result<Self, FaultKind> {
        let got = match number.0 {
            Number::Bool(value) => return Ok(Self::from(value)),
            Number::Int(_) => Element::Int,
            Number::Float(_) => Element::Float,
        };
        Err(FaultKind::Mixed { expected: Element::Bool, got })
    }
}

/// Fills the cells with the numbers of a collection of this shape, which a survey has found.
fn fill<T: Cell>(content: &[u8], shape: &[usize], cells: &mut [T]) -> Result<(), Fault> {
    match shape {
        [] => Ok(()),
        [_] => fill_row(Items::new(content), cells),
        [count, inner @ ..] => {
            let size = cells.len().checked_div(*count).unwrap_or(0);
            let mut items = Items::new(content);
            for index in 0..*count {
                let item = items.item()?.ok_or(WireError::Truncated)?;
                let row = &mut cells[index * size..(index + 1) * size];
                fill_item(item, inner, row).map_err(|fault| fault.at(index))?;
            }
            Ok(())
        }
    }
}

fn fill_item<T: Cell>(item: &[u8], shape: &[usize], cells: &mut [T]) -> Result<(), Fault> {
    match view(item)? {
        View::Collection(content) => fill(&content, shape, cells),
        View::Union(union) => match view(&union.value)? {
            View::Collection(content) => fill(&content, shape, cells),
            _ => Err(other(Expected::Collection, &union.value)?),
        },
        _ => Err(other(Expected::Collection, item)?),
    }
}

fn fill_row<T: Cell>(mut items: Items<'_>, cells: &mut [T]) -> Result<(), Fault> {
    let mut index = 0;
    while index < cells.len() {
        let floats = T::floats(items.rest(), &mut cells[index..]);
        if floats > 0 {
            items.skip(floats * canonical::FLOAT_ITEM);
            index += floats;
            continue;
        }
        let number = next(&mut items).map_err(|fault| fault.at(index))?;
        cells[index] = T::of(Number64(number)).map_err(|kind| Fault::from(kind).at(index))?;
        index += 1;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{BARE, COLLECTION, ITEM, boolean, float, integer, string};
    use super::*;
    use crate::wire::{delimited, message};
    use std::convert::Infallible;

    fn content(items: &[Vec<u8>]) -> Vec<u8> {
        let mut out = Vec::new();
        for item in items {
            delimited(&mut out, ITEM, item);
        }
        out
    }

    fn list(items: &[Vec<u8>]) -> Vec<u8> {
        let mut out = Vec::new();
        let Ok(()) = message(&mut out, COLLECTION, |out| {
            out.extend_from_slice(&content(items));
            Ok::<_, Infallible>(())
        });
        out
    }

    fn int(value: i64) -> Vec<u8> {
        let mut out = Vec::new();
        integer::<BARE>(&mut out, value);
        out
    }

    fn real(value: f64) -> Vec<u8> {
        let mut out = Vec::new();
        float::<BARE>(&mut out, value);
        out
    }

    #[test]
    fn a_table_is_read() {
        let bytes = content(&[list(&[int(1), int(-2), real(2.5)]), list(&[int(4), int(5), int(6)])]);
        let survey = Survey::of(&bytes).unwrap();
        assert_eq!((survey.shape.as_slice(), survey.element()), (&[2, 3][..], Element::Float));
        let mut cells = [0.0; 6];
        survey.fill(&bytes, &mut cells).unwrap();
        assert_eq!(cells.map(|cell| format!("{cell}")).join(" "), "1 -2 2.5 4 5 6");
        let mut ints = [0i64; 6];
        let fault = survey.fill(&bytes, &mut ints).unwrap_err();
        assert_eq!(fault, Fault { steps: vec![2, 0], kind: FaultKind::Fraction(2.5) });
    }

    #[test]
    fn empty_collections_have_a_shape() {
        for (items, shape) in [(vec![], vec![0]), (vec![list(&[]), list(&[])], vec![2, 0])] {
            assert_eq!(Survey::of(&content(&items)).unwrap().shape, shape);
        }
    }

    #[test]
    fn what_is_no_table_is_refused_with_its_place() {
        let mut yes = Vec::new();
        boolean::<BARE>(&mut yes, true);
        let mut text = Vec::new();
        string::<BARE>(&mut text, "a");
        let steps = |items: &[Vec<u8>]| Survey::of(&content(items)).unwrap_err();
        assert_eq!(steps(&[int(1), text]).steps, [1]);
        assert_eq!(steps(&[int(1), list(&[int(1)])]).steps, [1]);
        assert_eq!(steps(&[list(&[int(1)]), int(1)]).steps, [1]);
        assert_eq!(steps(&[list(&[]), list(&[int(1)])]).kind, FaultKind::Ragged { expected: 0, got: 1, leaf: true });
        let mixed = FaultKind::Mixed { expected: Element::Float, got: Element::Bool };
        assert_eq!(steps(&[int(1), yes.clone()]).kind, mixed);
        let mut deep = int(1);
        for _ in 0..40 {
            deep = list(&[deep]);
        }
        assert_eq!(steps(&[deep]).kind, FaultKind::TooDeep);
    }

    #[test]
    fn whole_floats_are_integers() {
        let cases = [(3.0, Some(3)), (-0.0, Some(0)), (3.5, None), (f64::NAN, None), (1e300, None)];
        for (value, expected) in cases {
            assert_eq!(whole(value), expected, "{value}");
        }
        assert_eq!(whole(9_223_372_036_854_775_808.0), None);
        assert_eq!(whole(-9_223_372_036_854_775_808.0), Some(i64::MIN));
    }
}
