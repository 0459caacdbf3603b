//! An array of numbers: nested collections, filled and written without an object for each number; or a blob.

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyFloat, PyList, PyTuple};

use super::locations::Locations;
use super::{Codec, document, unwrapped, wrong};
use crate::error::{At, CodecError, Result};
use crate::literal::numbers::{self, Element, Expected, Fault, FaultKind, Survey};
use crate::literal::{COLLECTION, ITEM, Items, View, boolean, float, integer};
use crate::object::{Output, fill_array, read_array};
use crate::packed::Packed;
use crate::value;
use crate::wire::{Sink, message, message_of};
use crate::words;

#[derive(Debug)]
pub struct NumbersCodec {
    /// What the cells are declared to be; none for what the literal holds.
    element: Option<Element>,
    /// How deep the collections are declared to be; 0 for as deep as they are.
    dimensions: usize,
    make: Py<PyAny>,
    take: Py<PyAny>,
    blob: Codec,
    collected: bool,
}

impl NumbersCodec {
    pub fn new(
        element: Option<Element>,
        dimensions: usize,
        make: Py<PyAny>,
        take: Py<PyAny>,
        blob: Codec,
        collected: bool,
    ) -> Self {
        Self { element, dimensions, make, take, blob, collected }
    }

    /// Messages inside the literal that is written.
    pub fn levels(&self) -> u32 {
        if self.collected {
            u32::try_from(self.dimensions).map_or(u32::MAX, |depth| 2 * depth + 2)
        } else {
            self.blob.levels()
        }
    }

    pub fn decode<'py>(&self, py: Python<'py>, literal: &[u8]) -> Result<Bound<'py, PyAny>> {
        match unwrapped(literal)? {
            View::Collection(content) => self.collection(py, &content),
            View::Blob(_) | View::Binary(_) | View::Generic(_) => self.blob.decode(py, literal),
            view => Err(wrong(py, "blob or collection of numbers", &view)),
        }
    }

    fn collection<'py>(&self, py: Python<'py>, content: &[u8]) -> Result<Bound<'py, PyAny>> {
        let mut survey = match py.detach(|| Survey::of(content)) {
            Ok(survey) => survey,
            Err(Fault { kind: FaultKind::Document, .. }) => return self.documents(py, content),
            Err(fault) => return Err(error_of(py, fault)),
        };
        let found = survey.shape.len();
        if self.dimensions != 0 && found != self.dimensions {
            if found > self.dimensions || !survey.shape.contains(&0) {
                let expected = format!("numbers in collections {} deep", self.dimensions);
                return Err(CodecError::mismatch(expected, format!("{found} deep")));
            }
            survey.shape.resize(self.dimensions, 0);
        }
        let element = self.element.unwrap_or_else(|| survey.element());
        let shape = PyTuple::new(py, &survey.shape)?;
        let array = self.make.bind(py).call1((name(element), shape))?;
        let count = survey.shape.iter().product();
        match element {
            Element::Int => fill_array(&array, count, |cells: &mut [i64]| survey.fill(content, cells)),
            Element::Float => fill_array(&array, count, |cells: &mut [f64]| survey.fill(content, cells)),
            Element::Bool => fill_array(&array, count, |cells: &mut [u8]| survey.fill(content, cells)),
        }?
        .map_err(|fault| error_of(py, fault))?;
        Ok(array)
    }

    /// Reads collections whose elements are documents: as one document, of which the transformer makes the array.
    fn documents<'py>(&self, py: Python<'py>, content: &[u8]) -> Result<Bound<'py, PyAny>> {
        match &self.blob {
            Codec::Blob(blob) => blob.load_document(&plain(py, content, numbers::MAX_DIMENSIONS)?.into_any()),
            _ => Err(CodecError::mismatch("number", "binary")),
        }
    }

    pub fn encode(&self, value: &Bound<'_, PyAny>, out: &mut Output<'_>) -> Result<()> {
        let (true, Some(element)) = (self.collected, self.element) else { return self.blob.encode(value, out) };
        let array = self.take.bind(value.py()).call1((value, name(element), self.dimensions))?;
        match element {
            Element::Int => read_array(&array, |shape, cells| write(shape, cells, out, 12, integer::<ITEM>)),
            Element::Float => read_array(&array, |shape, cells| write(shape, cells, out, 15, float::<ITEM>)),
            Element::Bool => read_array(&array, |shape, cells: &[u8]| {
                write(shape, cells, out, 8, |out, cell| boolean::<ITEM>(out, cell != 0));
            }),
        }?;
        Ok(())
    }

    pub fn locate(&self, literal: &[u8], found: &mut Locations) -> Result<()> {
        self.blob.locate(literal, found)
    }
}

/// A collection as lists of whatever it holds.
fn plain<'py>(py: Python<'py>, content: &[u8], depth: usize) -> Result<Bound<'py, PyList>> {
    let Some(depth) = depth.checked_sub(1) else { return Err(error_of(py, FaultKind::TooDeep.into())) };
    let list = PyList::empty(py);
    let mut items = Items::new(content);
    while let Some(item) = items.item()? {
        let index = list.len();
        let value = match unwrapped(item)? {
            View::Collection(content) => plain(py, &content, depth).map(Bound::into_any),
            View::Binary(binary) => document(py, &binary, |reader| Packed::Any.decode(py, reader)),
            View::Integer(value) => Ok(value::int(py, value)),
            View::Float(value) => Ok(PyFloat::new(py, value).into_any()),
            View::Boolean(value) => Ok(PyBool::new(py, value).to_owned().into_any()),
            view => Err(wrong(py, "number", &view)),
        };
        list.append(value.at_index(index)?)?;
    }
    Ok(list)
}

fn name(element: Element) -> &'static str {
    match element {
        Element::Int => "int",
        Element::Float => "float",
        Element::Bool => "bool",
    }
}

/// Appends a collection of this shape; `cell` appends one item, of about `size` bytes.
fn write<S: Sink, T: Copy>(shape: &[usize], cells: &[T], out: &mut S, size: usize, cell: impl Fn(&mut S, T) + Copy) {
    let guess = cells.len() * size;
    out.reserve(guess);
    let Ok(()) = message_of(out, COLLECTION, guess, |out| {
        match shape {
            [] | [_] => cells.iter().for_each(|value| cell(out, *value)),
            [count, inner @ ..] => {
                for index in 0..*count {
                    let length = cells.len() / count;
                    let part = &cells[index * length..(index + 1) * length];
                    let Ok(()) = message(out, ITEM, |out| {
                        write(inner, part, out, size, cell);
                        Ok::<_, std::convert::Infallible>(())
                    });
                }
            }
        }
        Ok::<_, std::convert::Infallible>(())
    });
}

#[cold]
fn error_of(py: Python<'_>, fault: Fault) -> CodecError {
    let error = match fault.kind {
        FaultKind::Wire(error) => error.into(),
        FaultKind::Other { expected: Expected::Number, got } => wrong(py, "number", &got),
        FaultKind::Other { expected: Expected::Collection, got } => wrong(py, "collection", &got),
        FaultKind::Ragged { expected, got, leaf } => {
            let word = if leaf { "numbers" } else { "collections" };
            CodecError::mismatch(format!("{expected} {word}"), got.to_string())
                .hint("the rows of an array are of one length")
        }
        FaultKind::Mixed { expected, got } => {
            let word = |element| if element == Element::Bool { "boolean" } else { "number" };
            CodecError::mismatch(word(expected), word(got)).hint("an array holds either numbers or booleans")
        }
        FaultKind::Fraction(value) => CodecError::mismatch("integer", words::literal(py, &View::Float(value))),
        FaultKind::Document => CodecError::mismatch("number", "binary"),
        FaultKind::TooDeep => {
            CodecError::saying(format!("collections nested more than {} deep make no array", numbers::MAX_DIMENSIONS))
        }
    };
    fault.steps.into_iter().fold(Err::<(), _>(error), At::at_index).unwrap_err()
}
