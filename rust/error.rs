//! What goes wrong, where, and the single conversion to a Python exception.

use std::borrow::Cow;
use std::fmt::Write as _;

use pyo3::exceptions::{PyException, PyIndexError, PyMemoryError};
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::object::exceptions;
use crate::wire::WireError;
use crate::words;

pub type Result<T> = std::result::Result<T, CodecError>;

/// An error on its way out. Each container on the way adds the step that leads to the value; the text is made once, at
/// the edge.
#[derive(Debug)]
pub struct CodecError(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: Kind,
    /// Innermost first.
    steps: Vec<Step>,
}

#[derive(Debug)]
enum Kind {
    Data(Mismatch),
    Wire(WireError),
    /// The same in a msgpack document of so many bytes, after so many.
    Document {
        error: WireError,
        length: usize,
        offset: usize,
    },
    Index {
        index: usize,
        length: usize,
    },
    /// The literal is stored elsewhere.
    Offloaded(String),
    /// Python code raised: a transformer, a constructor, the interpreter itself.
    Python(PyErr),
}

/// The value is not of its declared type.
#[derive(Debug, Default)]
pub struct Mismatch {
    pub expected: Cow<'static, str>,
    pub got: Cow<'static, str>,
    /// What to do about it; may be empty.
    pub hint: Cow<'static, str>,
    /// The sentence, where "expected …, got …" does not say it.
    pub message: Option<String>,
}

#[derive(Debug)]
enum Step {
    Index(usize),
    Key(String),
    /// A key that is no text, as Python prints it.
    Entry(String),
    Name(String),
}

impl CodecError {
    #[cold]
    pub fn new(mismatch: Mismatch) -> Self {
        Self::of(Kind::Data(mismatch))
    }

    /// "expected …, got …".
    #[cold]
    pub fn mismatch(expected: impl Into<Cow<'static, str>>, got: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Mismatch { expected: expected.into(), got: got.into(), ..Mismatch::default() })
    }

    /// A sentence of its own.
    #[cold]
    pub fn saying(message: impl Into<String>) -> Self {
        Self::new(Mismatch { message: Some(message.into()), ..Mismatch::default() })
    }

    #[cold]
    pub fn index(index: usize, length: usize) -> Self {
        Self::of(Kind::Index { index, length })
    }

    /// Says where in a document malformed bytes were found: `rest` bytes before its end.
    #[cold]
    pub fn in_document(mut self, length: usize, rest: usize) -> Self {
        if let Kind::Wire(error) = self.0.kind {
            self.0.kind = Kind::Document { error, length, offset: length - rest };
        }
        self
    }

    /// The literal has to be fetched first; `got` says from where.
    #[cold]
    pub fn offloaded(got: String) -> Self {
        Self::of(Kind::Offloaded(got))
    }

    #[cold]
    fn of(kind: Kind) -> Self {
        Self(Box::new(Inner { kind, steps: Vec::new() }))
    }

    /// Adds what to do, unless something is said already.
    #[cold]
    pub fn hint(mut self, hint: impl Into<Cow<'static, str>>) -> Self {
        if let Kind::Data(mismatch) = &mut self.0.kind
            && mismatch.hint.is_empty()
        {
            mismatch.hint = hint.into();
        }
        self
    }

    /// Whether another variant of a union may still fit: false when the interpreter wants to stop, and when nobody can
    /// know yet.
    pub fn is_about_data(&self, py: Python<'_>) -> bool {
        match &self.0.kind {
            Kind::Python(error) => is_about_data(py, error),
            Kind::Offloaded(_) => false,
            _ => true,
        }
    }

    fn place(&self, root: &str) -> String {
        let mut place = root.to_owned();
        for step in self.0.steps.iter().rev() {
            let written = match step {
                Step::Index(index) => write!(place, "[{index}]"),
                Step::Key(key) => write!(place, "[{key:?}]"),
                Step::Entry(key) => write!(place, "[{key}]"),
                Step::Name(name) => write!(place, ".{name}"),
            };
            debug_assert!(written.is_ok(), "a String takes all that is written");
        }
        place
    }

    fn sentence(&self, py: Python<'_>) -> String {
        match &self.0.kind {
            Kind::Data(Mismatch { expected, got, hint, message }) => {
                let sentence = message.clone().unwrap_or_else(|| format!("expected {expected}, got {got}"));
                if hint.is_empty() { sentence } else { format!("{sentence}; {hint}") }
            }
            Kind::Wire(error) => format!("malformed bytes: {error}"),
            Kind::Document { error, length, offset } => {
                format!("malformed msgpack of {length} bytes, at byte {offset}: {error}")
            }
            Kind::Offloaded(got) => format!("expected a literal, got {got}"),
            Kind::Index { index, length } => format!("element {index} of a collection of {length}"),
            Kind::Python(error) if inner_path(py, error).is_some() => {
                let text = error.value(py).str().map_or_else(|_| String::new(), |text| text.to_string());
                let path = inner_path(py, error).unwrap_or_default();
                preview_of(text.strip_prefix(&format!("{path}: ")).unwrap_or(&text), EXCEPTION)
            }
            Kind::Python(error) => {
                let class = error.get_type(py).name().map_or_else(|_| "Exception".to_owned(), |name| name.to_string());
                format!(
                    "{class}: {}",
                    preview_of(&error.value(py).str().map_or_else(|_| String::new(), |s| s.to_string()), EXCEPTION)
                )
            }
        }
    }

    /// In a few words, where and why: what is said of a variant that was tried.
    #[cold]
    pub fn reason(&self, py: Python<'_>, label: &str) -> String {
        preview_text(&format!("{}: {}", self.place(label), self.sentence(py)))
    }

    /// The Python exception; `root` is what the path starts with.
    #[cold]
    pub fn into_pyerr(self, py: Python<'_>, root: &str) -> PyErr {
        self.raise(py, root).unwrap_or_else(|error| error)
    }

    fn raise(self, py: Python<'_>, root: &str) -> PyResult<PyErr> {
        let mut place = self.place(root);
        if let Kind::Python(cause) = &self.0.kind
            && let Some(inner) = inner_path(py, cause)
        {
            place.push_str(&inner[inner.find(['.', '[']).unwrap_or(inner.len())..]);
        }
        let message = format!("{place}: {}", self.sentence(py));
        let error = match self.0.kind {
            Kind::Data(mismatch) => {
                let error = exceptions::type_transformer_failed(py)?.call1((message,))?;
                error.setattr("expected", &*mismatch.expected)?;
                error.setattr("got", &*mismatch.got)?;
                error.setattr("hint", &*mismatch.hint)?;
                error
            }
            Kind::Wire(_) | Kind::Document { .. } => exceptions::malformed_literal(py)?.call1((message,))?,
            Kind::Offloaded(got) => {
                let error = exceptions::offloaded_literal(py)?.call1((message,))?;
                error.setattr("expected", "a literal")?;
                error.setattr("got", got)?;
                error
            }
            Kind::Index { .. } => py.get_type::<PyIndexError>().call1((message,))?,
            Kind::Python(cause) if is_about_data(py, &cause) => {
                let error = exceptions::type_transformer_failed(py)?.call1((message,))?;
                if inner_path(py, &cause).is_some() {
                    for attribute in ["expected", "got", "hint"] {
                        error.setattr(attribute, cause.value(py).getattr(attribute)?)?;
                    }
                }
                error.setattr("path", place)?;
                let error = PyErr::from_value(error);
                error.set_cause(py, Some(cause));
                return Ok(error);
            }
            Kind::Python(cause) => return Ok(cause),
        };
        error.setattr("path", place)?;
        Ok(PyErr::from_value(error))
    }

    /// The same inside the variable of this name.
    #[cold]
    pub fn named(self, name: &str) -> Self {
        self.with_step(Step::Name(preview_text(name)))
    }

    #[cold]
    fn with_step(mut self, step: Step) -> Self {
        self.0.steps.push(step);
        self
    }
}

impl From<WireError> for CodecError {
    #[cold]
    fn from(error: WireError) -> Self {
        Self::of(Kind::Wire(error))
    }
}

impl From<PyErr> for CodecError {
    #[cold]
    fn from(error: PyErr) -> Self {
        Self::of(Kind::Python(error))
    }
}

/// Says where the error was found. Costs nothing as long as there is none.
pub trait At {
    fn at_index(self, index: usize) -> Self;
    fn at_key(self, key: &str) -> Self;
    fn at_name(self, name: &str) -> Self;
    /// The entry of a dict, whose key may be anything.
    fn at_entry(self, key: &Bound<'_, PyAny>) -> Self;
}

impl<T> At for Result<T> {
    #[inline]
    fn at_index(self, index: usize) -> Self {
        self.map_err(|error| error.with_step(Step::Index(index)))
    }

    #[inline]
    fn at_key(self, key: &str) -> Self {
        self.map_err(|error| error.with_step(Step::Key(preview_text(key))))
    }

    #[inline]
    fn at_name(self, name: &str) -> Self {
        self.map_err(|error| error.with_step(Step::Name(name.to_owned())))
    }

    #[inline]
    fn at_entry(self, key: &Bound<'_, PyAny>) -> Self {
        self.map_err(|error| {
            let text = key.cast_exact::<PyString>().ok().and_then(|key| key.to_str().ok());
            error.with_step(text.map_or_else(|| Step::Entry(words::preview(key)), |text| Step::Key(preview_text(text))))
        })
    }
}

/// Whether an exception says something of the value, and not of the process.
fn is_about_data(py: Python<'_>, error: &PyErr) -> bool {
    error.is_instance_of::<PyException>(py) && !error.is_instance_of::<PyMemoryError>(py)
}

/// Where an error that a transformer raised was found by a codec of its own: the path without its root.
fn inner_path(py: Python<'_>, error: &PyErr) -> Option<String> {
    if !error.get_type(py).is_subclass(exceptions::type_transformer_failed(py).ok()?).ok()? {
        return None;
    }
    error.value(py).getattr("path").ok()?.extract().ok()
}

/// Characters of a value that a message shows.
const PREVIEW: usize = 200;
/// Characters of a message that a transformer's own exception adds.
const EXCEPTION: usize = 2000;

/// The text, cut to what a message shows of a value.
pub fn preview_text(text: &str) -> String {
    preview_of(text, PREVIEW)
}

fn preview_of(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}
