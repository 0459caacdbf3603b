//! `list[T]`, `tuple[T, ...]`, `set[T]`, `frozenset[T]`: a msgpack array.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyFrozenSet, PyList, PySet, PyString, PyTuple, PyType};

use super::{Cursor, Packed, check_depth, claimed, fits, refused, wrong};
use crate::error::{At, CodecError, Result};
use crate::msgpack::{self, Token};
use crate::object::{Output, build_list};

#[derive(Debug)]
pub struct ArrayCodec {
    item: Packed,
    container: Container,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    List,
    Tuple,
    Set,
    FrozenSet,
}

impl Container {
    /// The container of a class.
    pub fn of(class: &Bound<'_, PyAny>) -> Option<Self> {
        let py = class.py();
        [Self::List, Self::Tuple, Self::Set, Self::FrozenSet].into_iter().find(|it| class.is(it.class(py)))
    }

    pub fn class(self, py: Python<'_>) -> Bound<'_, PyType> {
        match self {
            Self::List => py.get_type::<PyList>(),
            Self::Tuple => py.get_type::<PyTuple>(),
            Self::Set => py.get_type::<PySet>(),
            Self::FrozenSet => py.get_type::<PyFrozenSet>(),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Tuple => "tuple",
            Self::Set => "set",
            Self::FrozenSet => "frozenset",
        }
    }
}

impl ArrayCodec {
    pub fn new(item: Packed, container: Container) -> Self {
        Self { item, container }
    }

    pub fn item(&self) -> &Packed {
        &self.item
    }

    pub fn container(&self) -> Container {
        self.container
    }

    pub fn decode<'py>(&self, py: Python<'py>, reader: &mut Cursor<'_>) -> Result<Bound<'py, PyAny>> {
        let count = match reader.token()? {
            Token::Array(count) => claimed(reader, count)?,
            token => return Err(wrong(py, "collection", &token)),
        };
        reader.enter()?;
        let list = build_list(py, count, |index| self.item.decode(py, reader).at_index(index))?;
        reader.leave();
        match self.container {
            Container::List => Ok(list.into_any()),
            Container::Tuple => Ok(list.to_tuple().into_any()),
            Container::Set | Container::FrozenSet => self.container.class(py).call1((list,)).map_err(|_| {
                CodecError::saying(format!("{} holds values that cannot be hashed", self.container.name()))
            }),
        }
    }

    pub fn encode(&self, value: &Bound<'_, PyAny>, out: &mut Output<'_>, depth: u32) -> Result<()> {
        check_depth(depth)?;
        if let Ok(list) = value.cast_exact::<PyList>() {
            return self.encode_items(list.iter(), list.len(), out, depth);
        }
        let items = items(self.container.name(), value)?;
        let count = items.len();
        self.encode_items(items.into_iter(), count, out, depth)
    }

    fn encode_items<'py>(
        &self,
        items: impl Iterator<Item = Bound<'py, PyAny>>,
        count: usize,
        out: &mut Output<'_>,
        depth: u32,
    ) -> Result<()> {
        fits(msgpack::array_header(out, count))?;
        for (index, item) in items.enumerate() {
            self.item.encode(&item, out, depth + 1).at_index(index)?;
        }
        Ok(())
    }
}

/// The items of anything iterable. Text and maps are iterable too: flytekit would write their characters or keys.
pub fn items<'py>(expected: &'static str, value: &Bound<'py, PyAny>) -> Result<Vec<Bound<'py, PyAny>>> {
    if value.is_instance_of::<PyString>() || value.is_instance_of::<PyDict>() {
        return Err(refused(expected, value));
    }
    match value.try_iter() {
        Ok(items) => Ok(items.collect::<PyResult<Vec<_>>>()?),
        Err(_) => Err(refused(expected, value)),
    }
}
