//! A dataclass: a msgpack map in field order (type-system spec 2.10, 4.3).

use std::sync::OnceLock;

use pyo3::exceptions::PyAttributeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple, PyType};

use super::{Cursor, Packed, any, check_depth, fits, refused, skip_nil, wrong};
use crate::error::{At, CodecError, Mismatch, Result};
use crate::msgpack::{self, Token};
use crate::object::{Output, create, for_each_entry, set_field};
use crate::wire::Sink;
use crate::words;

/// Fields that the direct way keeps account of.
const DIRECT_FIELDS: usize = 128;

#[derive(Debug)]
pub struct DataclassCodec {
    class: Py<PyType>,
    name: String,
    direct: bool,
    no_arguments: Py<PyTuple>,
    /// Set once, after the fields are compiled: these may refer to this codec.
    fields: OnceLock<Vec<Field>>,
}

#[derive(Debug)]
pub struct Field {
    name: Py<PyString>,
    text: String,
    /// The name as msgpack.
    key: Vec<u8>,
    codec: Packed,
    default: Default,
    /// Whether the default is None, which makes a null a value of the field.
    nullable: bool,
    init: bool,
    kw_only: bool,
}

#[derive(Debug)]
pub enum Default {
    Required,
    Value(Py<PyAny>),
    Factory(Py<PyAny>),
}

impl Field {
    pub fn new(py: Python<'_>, text: String, codec: Packed, default: Default, init: bool, kw_only: bool) -> Self {
        let mut key = Vec::with_capacity(text.len() + 5);
        msgpack::string(&mut key, &text);
        let nullable = matches!(&default, Default::Value(value) if value.is_none(py));
        Self { name: PyString::intern(py, &text).unbind(), text, key, codec, default, nullable, init, kw_only }
    }

    fn default<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyAny>>> {
        match &self.default {
            Default::Required => Ok(None),
            Default::Value(value) => Ok(Some(value.bind(py).clone())),
            Default::Factory(factory) => Ok(Some(factory.bind(py).call0()?)),
        }
    }
}

impl DataclassCodec {
    /// A codec whose fields are still to be set.
    ///
    /// `direct` says that making an instance and setting its fields is the same as calling the class.
    pub fn new(class: &Bound<'_, PyType>, direct: bool) -> Self {
        let py = class.py();
        let (name, no_arguments) = (words::class_name(class), PyTuple::empty(py).unbind());
        Self { class: class.clone().unbind(), name, direct, no_arguments, fields: OnceLock::new() }
    }

    pub fn set_fields(&self, fields: Vec<Field>) {
        let already = self.fields.set(fields).is_err();
        debug_assert!(!already, "a plan compiles a dataclass once");
    }

    pub fn class(&self) -> &Py<PyType> {
        &self.class
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    fn fields(&self) -> &[Field] {
        self.fields.get().map_or(&[], Vec::as_slice)
    }

    pub fn calls_transformers(&self) -> bool {
        self.fields().iter().any(|field| field.codec.calls_transformers())
    }

    pub fn decode<'py>(&self, py: Python<'py>, reader: &mut Cursor<'_>) -> Result<Bound<'py, PyAny>> {
        let count = match reader.token()? {
            Token::Map(count) => count,
            token => return Err(wrong(py, format!("map for {}", self.name), &token)),
        };
        reader.enter()?;
        let value = if self.direct && self.fields().len() <= DIRECT_FIELDS {
            self.make(py, reader, count)
        } else {
            self.call(py, reader, count)
        };
        reader.leave();
        value
    }

    /// Makes an instance and sets its fields as they come.
    fn make<'py>(&self, py: Python<'py>, reader: &mut Cursor<'_>, count: usize) -> Result<Bound<'py, PyAny>> {
        let fields = self.fields();
        let instance = create(self.class.bind(py), self.no_arguments.bind(py))?;
        let mut seen = 0u128;
        let mut next = 0;
        for _ in 0..count {
            let Some(index) = self.field_of(reader, next)? else {
                reader.skip()?;
                continue;
            };
            next = index + 1;
            let field = &fields[index];
            let value = field.decode(py, reader)?;
            set_field(&instance, field.name.bind(py), &value)?;
            seen |= 1 << index;
        }
        if seen.count_ones() as usize != fields.len() {
            for (index, field) in fields.iter().enumerate().filter(|(index, _)| seen & (1 << index) == 0) {
                debug_assert!(index < DIRECT_FIELDS);
                let value = field.default(py)?.ok_or_else(|| self.missing(field))?;
                set_field(&instance, field.name.bind(py), &value)?;
            }
        }
        Ok(instance)
    }

    /// Collects the fields and calls the class, whose own code then runs.
    fn call<'py>(&self, py: Python<'py>, reader: &mut Cursor<'_>, count: usize) -> Result<Bound<'py, PyAny>> {
        let fields = self.fields();
        let mut values: Vec<Option<Bound<'py, PyAny>>> = vec![None; fields.len()];
        let mut next = 0;
        for _ in 0..count {
            match self.field_of(reader, next)? {
                Some(index) if fields[index].init => {
                    next = index + 1;
                    values[index] = Some(fields[index].decode(py, reader)?);
                }
                _ => reader.skip()?,
            }
        }
        let mut positional = Vec::with_capacity(fields.len());
        let keywords = PyDict::new(py);
        for (field, value) in fields.iter().zip(values).filter(|(field, _)| field.init) {
            let value = match value {
                Some(value) => value,
                None => field.default(py)?.ok_or_else(|| self.missing(field))?,
            };
            if field.kw_only {
                keywords.set_item(&field.name, value)?;
            } else {
                positional.push(value);
            }
        }
        let positional = PyTuple::new(py, positional)?;
        let keywords = (!keywords.is_empty()).then_some(&keywords);
        Ok(self.class.bind(py).call(positional, keywords)?)
    }

    /// Which field the next key names; `next` is the one that writers in field order would send. Passes over the key.
    #[inline]
    fn field_of(&self, reader: &mut Cursor<'_>, next: usize) -> Result<Option<usize>> {
        let fields = self.fields();
        match reader.token()? {
            Token::Str(key) => {
                if fields.get(next).is_some_and(|field| field.text.as_bytes() == key) {
                    return Ok(Some(next));
                }
                Ok(fields.iter().position(|field| field.text.as_bytes() == key))
            }
            Token::Array(count) => {
                (0..count).try_for_each(|_| reader.skip())?;
                Ok(None)
            }
            Token::Map(count) => {
                (0..count).try_for_each(|_| reader.skip().and_then(|()| reader.skip()))?;
                Ok(None)
            }
            _ => Ok(None),
        }
    }

    #[cold]
    fn missing(&self, field: &Field) -> CodecError {
        let what = format!("field '{}' of {}", field.text, self.name);
        CodecError::new(Mismatch {
            message: Some(format!("missing {what}")),
            expected: what.into(),
            got: "nothing".into(),
            hint: "".into(),
        })
    }

    /// Writes the declared fields of whatever object has them: the declared class says what is read.
    pub fn encode(&self, value: &Bound<'_, PyAny>, out: &mut Output<'_>, depth: u32) -> Result<()> {
        let py = value.py();
        if value.is_none() {
            return Err(refused(self.name.clone(), value));
        }
        check_depth(depth)?;
        fits(msgpack::map_header(out, self.fields().len()))?;
        for field in self.fields() {
            out.extend_from_slice(&field.key);
            let item = match value.getattr(field.name.bind(py)) {
                Ok(item) => item,
                Err(error) if error.is_instance_of::<PyAttributeError>(py) => {
                    let expected = format!("field '{}' of {}", field.text, self.name);
                    return Err(refused(expected, value)).at_name(&field.text);
                }
                Err(error) => return Err(CodecError::from(error)).at_name(&field.text),
            };
            if field.nullable && item.is_none() {
                msgpack::nil(out);
            } else {
                field.codec.encode(&item, out, depth + 1).at_name(&field.text)?;
            }
        }
        Ok(())
    }

    /// The root of a document, which alone may be a plain dict in place of an instance (type-system spec 2.10).
    pub fn encode_top(&self, value: &Bound<'_, PyAny>, out: &mut Output<'_>) -> Result<()> {
        if let Ok(dict) = value.cast_exact::<PyDict>() {
            return self.encode_dict(dict, out);
        }
        if value.get_type().hasattr(intern!(value.py(), "__dataclass_fields__"))? {
            return self.encode(value, out, 0);
        }
        let error = refused(self.name.clone(), value);
        if value.is_none() {
            return Err(error.hint(format!("declare Optional[{}] if None is allowed", self.name)));
        }
        Err(error)
    }

    /// A dict with the class's keys is written unchanged; a default does not make a key optional, `Optional` does.
    fn encode_dict(&self, dict: &Bound<'_, PyDict>, out: &mut Output<'_>) -> Result<()> {
        for_each_entry(dict, |key, _| {
            let known = key.cast::<PyString>().ok().and_then(|key| key.to_str().ok());
            match known {
                Some(known) if self.fields().iter().any(|field| field.text == known) => Ok(()),
                _ => {
                    let key = words::preview(&key);
                    Err(CodecError::saying(format!("unknown field {key} of {}", self.name)))
                }
            }
        })?;
        for field in self.fields() {
            if !matches!(field.codec, Packed::Optional(_)) && !dict.contains(&field.name)? {
                return Err(CodecError::saying(format!("missing field '{}' of {}", field.text, self.name)));
            }
        }
        any::encode(dict.as_any(), out, 0)
    }

    /// Whether the map that comes next has exactly the fields' names for keys: every field is written, so that other
    /// keys mean another class.
    pub fn matches(&self, mut reader: Cursor<'_>) -> bool {
        let Ok(Token::Map(count)) = reader.token() else { return false };
        let mut seen = vec![false; self.fields().len()];
        for position in 0..count {
            match self.field_of(&mut reader, position) {
                Ok(Some(index)) if reader.skip().is_ok() => seen[index] = true,
                _ => return false,
            }
        }
        seen.into_iter().all(|seen| seen)
    }

    /// Whether the value is an instance of another dataclass with the same fields: the same class, imported twice.
    pub fn resembles(&self, value: &Bound<'_, PyAny>) -> bool {
        let Ok(fields) = value.get_type().getattr(intern!(value.py(), "__dataclass_fields__")) else { return false };
        let same = |field: &Field| fields.contains(&field.name).unwrap_or(false);
        fields.len().is_ok_and(|count| count == self.fields().len()) && self.fields().iter().all(same)
    }
}

impl Field {
    #[inline]
    fn decode<'py>(&self, py: Python<'py>, reader: &mut Cursor<'_>) -> Result<Bound<'py, PyAny>> {
        if self.nullable && skip_nil(reader) {
            return Ok(py.None().into_bound(py));
        }
        self.codec.decode(py, reader).at_name(&self.text)
    }
}
