//! The named inputs or outputs of a task: a `LiteralMap`.

use std::borrow::Cow;
use std::collections::HashSet;

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use super::{Codec, Location, Locations, MAX_LEVELS, too_deep, wrong};
use crate::error::{At, CodecError, Result};
use crate::literal::{ITEM, Items, VALUE, View, entry, view};
use crate::object::Output;
use crate::wire::{Sink, WireError, map_entry, message};
use crate::words;

#[derive(Debug)]
pub struct Interface {
    variables: Vec<Variable>,
}

#[derive(Debug)]
pub struct Variable {
    name: Py<PyString>,
    text: String,
    codec: Codec,
}

/// Which element of a map task's collections is wanted, and which inputs are no such collections.
pub struct Element {
    pub index: usize,
    pub bound: HashSet<String>,
}

impl Interface {
    pub fn new(variables: impl IntoIterator<Item = (Py<PyString>, String, Codec)>) -> Self {
        let variables = variables.into_iter().map(|(name, text, codec)| Variable { name, text, codec }).collect();
        Self { variables }
    }

    pub fn decode<'py>(
        &self,
        py: Python<'py>,
        literal_map: &[u8],
        element: Option<&Element>,
    ) -> Result<Bound<'py, PyDict>> {
        let mut literals: Vec<Option<Cow<'_, [u8]>>> = vec![None; self.variables.len()];
        let mut entries = Items::new(literal_map);
        while let Some(item) = entries.item()? {
            let entry = entry(item)?;
            match self.variables.iter().position(|variable| variable.text.as_bytes() == entry.key) {
                Some(index) => literals[index] = Some(entry.value),
                // A task without inputs takes any map, and so does an element of a map task, as in flytekit
                // (runtime-contract spec 5.3, 6.1).
                None if self.variables.is_empty() || element.is_some() => {}
                None => return Err(self.unknown(py, entry.key)),
            }
        }
        let values = PyDict::new(py);
        for (variable, literal) in self.variables.iter().zip(literals) {
            if let Some(literal) = literal {
                let value = variable.decode(py, &literal, element).at_name(&variable.text)?;
                values.set_item(&variable.name, value)?;
            }
        }
        Ok(values)
    }

    pub fn has_locations(&self) -> bool {
        self.variables.iter().any(|variable| variable.codec.has_locations())
    }

    /// The locations that the literals name, in wire order; of an element of collections, its own.
    pub fn locate(&self, literal_map: &[u8], element: Option<&Element>) -> Result<Vec<Location>> {
        let mut found = Locations::default();
        if !self.has_locations() {
            return Ok(found.found);
        }
        each_literal(literal_map, element, |name, index, literal| {
            let Some(variable) = self.variables.iter().find(|variable| variable.text.as_bytes() == name) else {
                return Ok(());
            };
            found.at_name(&variable.text, |found| match index {
                Some(index) => found.at_index(index, |found| variable.codec.locate(literal, found)),
                None => variable.codec.locate(literal, found),
            })
        })?;
        Ok(found.found)
    }

    #[cold]
    fn unknown(&self, py: Python<'_>, key: &[u8]) -> CodecError {
        let Ok(key) = std::str::from_utf8(key) else { return WireError::Utf8.into() };
        let names: Vec<_> = self.variables.iter().map(|variable| variable.text.as_str()).collect();
        let got = words::string(py, key.as_bytes());
        let error = CodecError::new(crate::error::Mismatch {
            expected: format!("one of {}", names.join(", ")).into(),
            got: got.clone().into(),
            hint: "".into(),
            message: Some(format!("no variable is named {got}; there are {}", names.join(", "))),
        });
        error.named(key)
    }

    /// Where a variable stands, and its name.
    pub fn position(&self, name: &[u8]) -> Option<(usize, &str)> {
        let index = self.variables.iter().position(|variable| variable.text.as_bytes() == name)?;
        Some((index, &self.variables[index].text))
    }

    /// Name, as Python and as Rust have it, and codec of a variable.
    pub fn variable(&self, index: usize) -> (&Py<PyString>, &str, &Codec) {
        let variable = &self.variables[index];
        (&variable.name, &variable.text, &variable.codec)
    }

    /// Appends the map of the given values in the order of the interface. A variable without a value is left out.
    pub fn encode(&self, values: &Bound<'_, PyDict>, out: &mut Output<'_>) -> Result<()> {
        let mut written = 0;
        for variable in &self.variables {
            if let Some(value) = values.get_item(&variable.name)? {
                written += 1;
                let levels = variable.codec.levels() + 2;
                if levels > MAX_LEVELS {
                    return Err(too_deep()).at_name(&variable.text);
                }
                let start = out.len();
                map_entry(out, ITEM, &variable.text, |out| {
                    message(out, VALUE, |out| variable.codec.encode(&value, out))
                })
                .at_name(&variable.text)
                .inspect_err(|_| out.truncate(start))?;
            }
        }
        if written != values.len() {
            for key in values.keys() {
                let name = key.cast::<PyString>().map_err(PyErr::from)?.to_string();
                if !self.variables.iter().any(|variable| variable.text == name) {
                    return Err(self.unknown(values.py(), name.as_bytes()));
                }
            }
        }
        Ok(())
    }
}

impl Variable {
    fn decode<'py>(&self, py: Python<'py>, literal: &[u8], element: Option<&Element>) -> Result<Bound<'py, PyAny>> {
        match element {
            Some(element) if !element.bound.contains(&self.text) => {
                let view = view(literal)?;
                let View::Collection(content) = view else {
                    return Err(wrong(py, "collection, one element of which this map task takes", &view));
                };
                let item = nth(&content, element.index)?;
                self.codec.decode(py, item).at_index(element.index)
            }
            _ => self.codec.decode(py, literal),
        }
    }
}

/// Calls `look` with name, index and literal of each entry of a map; with `element`, with that element of what is a
/// collection of many. What is no collection, or has no such element, is looked at whole: it may be stored elsewhere.
pub fn each_literal(
    literal_map: &[u8],
    element: Option<&Element>,
    mut look: impl FnMut(&[u8], Option<usize>, &[u8]) -> Result<()>,
) -> Result<()> {
    let mut entries = Items::new(literal_map);
    while let Some(item) = entries.item()? {
        let entry = entry(item)?;
        let wanted = element.filter(|element| !element.bound.iter().any(|name| name.as_bytes() == entry.key));
        match (wanted, view(&entry.value)?) {
            (Some(element), View::Collection(content)) => match nth(&content, element.index) {
                Ok(item) => look(entry.key, Some(element.index), item)?,
                Err(_) => look(entry.key, None, &entry.value)?,
            },
            _ => look(entry.key, None, &entry.value)?,
        }
    }
    Ok(())
}

/// One element of a collection. The others are passed over without a look inside.
fn nth(content: &[u8], index: usize) -> Result<&[u8]> {
    let mut items = Items::new(content);
    for _ in 0..index {
        if items.item()?.is_none() {
            return Err(CodecError::index(index, Items::new(content).count()?));
        }
    }
    match items.item()? {
        Some(item) => Ok(item),
        None => Err(CodecError::index(index, Items::new(content).count()?)),
    }
}
