//! The elements of a map task's inputs, each found without passing over all that are before it.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::{Interface, Location, Locations, wrong};
use crate::error::{At, CodecError, Result};
use crate::literal::{Items, View, entry, view};

/// Elements between two whose place is remembered: a hop over one costs nanoseconds, a place eight bytes.
const STRIDE: usize = 64;

/// Where the literals of one document are. The document itself is held by the caller, and is the same in every call.
#[derive(Debug)]
pub struct Elements {
    variables: Vec<Variable>,
}

#[derive(Debug)]
struct Variable {
    /// Its place in the interface.
    index: usize,
    content: Content,
}

#[derive(Debug)]
enum Content {
    /// The same for all elements: a literal.
    Whole(Bytes),
    /// One for each element: the content of a collection, and where every `STRIDE`th item begins in it.
    Each { items: Bytes, marks: Vec<usize>, count: usize },
}

/// A part of the document, or a copy where the document has it in pieces.
#[derive(Debug)]
enum Bytes {
    Part(Range<usize>),
    Copy(Vec<u8>),
}

impl Bytes {
    fn of(content: Cow<'_, [u8]>, document: &[u8]) -> Self {
        match content {
            // An empty part may be none of the document's.
            Cow::Borrowed([]) => Self::Part(0..0),
            Cow::Borrowed(part) => {
                let start = part.as_ptr() as usize - document.as_ptr() as usize;
                Self::Part(start..start + part.len())
            }
            Cow::Owned(copy) => Self::Copy(copy),
        }
    }

    /// The same for what is inside this part.
    fn inner(&self, content: Cow<'_, [u8]>, document: &[u8]) -> Self {
        match self {
            Self::Part(_) => Self::of(content, document),
            Self::Copy(_) => Self::Copy(content.into_owned()),
        }
    }

    fn get<'a>(&'a self, document: &'a [u8]) -> &'a [u8] {
        match self {
            Self::Part(range) => document.get(range.clone()).unwrap_or_default(),
            Self::Copy(copy) => copy,
        }
    }
}

impl Elements {
    /// Finds the literals of an interface. What is not declared is passed over; what is not in `bound` is a collection.
    pub fn find(py: Python<'_>, interface: &Interface, document: &[u8], bound: &HashSet<String>) -> Result<Self> {
        let mut variables = Vec::new();
        let mut entries = Items::new(document);
        while let Some(item) = entries.item()? {
            let entry = entry(item)?;
            let Some((index, name)) = interface.position(entry.key) else { continue };
            variables.retain(|variable: &Variable| variable.index != index); // of two with one name the last counts
            let literal = Bytes::of(entry.value, document);
            let content = if bound.contains(name) {
                Content::Whole(literal)
            } else {
                each(py, &literal, document).at_name(name)?
            };
            variables.push(Variable { index, content });
        }
        variables.sort_by_key(|variable| variable.index);
        Ok(Self { variables })
    }

    /// How many elements each input has that is not the same for all, by its place in the interface.
    pub fn counts(&self) -> impl Iterator<Item = (usize, usize)> {
        self.variables.iter().filter_map(|variable| match &variable.content {
            Content::Each { count, .. } => Some((variable.index, *count)),
            Content::Whole(_) => None,
        })
    }

    /// The values for one element, by name.
    pub fn decode<'py>(
        &self,
        py: Python<'py>,
        interface: &Interface,
        document: &[u8],
        index: usize,
    ) -> Result<Bound<'py, PyDict>> {
        let values = PyDict::new(py);
        for variable in &self.variables {
            let (key, name, codec) = interface.variable(variable.index);
            let value = match &variable.content {
                Content::Whole(literal) => codec.decode(py, literal.get(document)),
                Content::Each { items, marks, count } => nth(items.get(document), marks, *count, index)
                    .and_then(|item| codec.decode(py, item))
                    .at_index(index),
            };
            values.set_item(key, value.at_name(name)?)?;
        }
        Ok(values)
    }

    /// The locations that the literals for one element name.
    pub fn locate(&self, interface: &Interface, document: &[u8], index: usize) -> Result<Vec<Location>> {
        let mut found = Locations::default();
        for variable in &self.variables {
            let (_, name, codec) = interface.variable(variable.index);
            found.at_name(name, |found| match &variable.content {
                Content::Whole(literal) => codec.locate(literal.get(document), found),
                Content::Each { items, marks, count } => {
                    let item = nth(items.get(document), marks, *count, index)?;
                    found.at_index(index, |found| codec.locate(item, found))
                }
            })?;
        }
        Ok(found.found)
    }
}

fn each(py: Python<'_>, literal: &Bytes, document: &[u8]) -> Result<Content> {
    let View::Collection(content) = view(literal.get(document))? else {
        let view = view(literal.get(document))?;
        return Err(wrong(py, "collection, one element of which this map task takes", &view));
    };
    let mut marks = Vec::new();
    let mut items = Items::new(&content);
    let mut count = 0;
    loop {
        let rest = items.rest();
        if items.item()?.is_none() {
            break;
        }
        if count % STRIDE == 0 {
            marks.push(content.len() - rest.len());
        }
        count += 1;
    }
    Ok(Content::Each { items: literal.inner(content, document), marks, count })
}

fn nth<'a>(content: &'a [u8], marks: &[usize], count: usize, index: usize) -> Result<&'a [u8]> {
    let near = marks.get(index / STRIDE).and_then(|mark| content.get(*mark..));
    let (Some(near), true) = (near, index < count) else { return Err(CodecError::index(index, count)) };
    let mut items = Items::new(near);
    for _ in 0..index % STRIDE {
        items.item()?;
    }
    items.item()?.ok_or_else(|| CodecError::index(index, count))
}
