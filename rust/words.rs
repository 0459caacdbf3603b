//! How messages call literals, msgpack tokens and Python values. No message ever holds a whole literal.

use pyo3::prelude::*;
use pyo3::types::{
    PyBool, PyBytes, PyDate, PyDateTime, PyDelta, PyDict, PyFloat, PyFrozenSet, PyInt, PyList, PySet, PyString, PyTuple,
};

use crate::literal::{Items, View, literal_type};
use crate::msgpack::Token;

/// Characters of a value that a message shows.
const PREVIEW: usize = 200;
/// An integer of more bits is described, not printed: printing is slow, and Python refuses beyond 4,300 digits.
const PRINTED_BITS: usize = 640;

/// What to do about a null where a value is declared.
pub const OPTIONAL: &str = "declare Optional[...] where None is allowed";

/// A literal in literal words: `string 'abc'`, `collection of 3`, `nothing`.
#[cold]
pub fn literal(py: Python<'_>, view: &View<'_>) -> String {
    match view {
        View::Nothing => "nothing".to_owned(),
        View::Integer(value) => format!("integer {value}"),
        View::Float(value) => format!("float {}", float(py, *value)),
        View::String(content) => format!("string {}", string(py, content)),
        View::Boolean(value) => format!("boolean {value}"),
        View::Datetime(_) => "datetime".to_owned(),
        View::Duration(_) => "duration".to_owned(),
        View::NoneType => "none".to_owned(),
        View::Binary(_) => "binary".to_owned(),
        View::Union(union) => {
            let tag = literal_type::names(&union.literal_type).ok().and_then(|names| names.tag).unwrap_or_default();
            format!("union of tag {}", string(py, tag))
        }
        View::Generic(_) => "struct".to_owned(),
        View::Blob(_) => "blob".to_owned(),
        View::Schema(_) => "schema".to_owned(),
        View::Error => "error".to_owned(),
        View::StructuredDataset(_) => "structured dataset".to_owned(),
        View::Collection(content) => counted("collection", content),
        View::Map(content) => counted("map", content),
        View::Offloaded(_) => "offloaded literal".to_owned(),
    }
}

fn counted(word: &str, content: &[u8]) -> String {
    Items::new(content).count().map_or_else(|_| word.to_owned(), |count| format!("{word} of {count}"))
}

/// A value of a msgpack document in literal words.
#[cold]
pub fn packed(py: Python<'_>, token: &Token<'_>) -> String {
    match token {
        Token::Nil => "none".to_owned(),
        Token::Bool(value) => format!("boolean {value}"),
        Token::Int(value) => format!("integer {value}"),
        Token::UInt(value) => format!("integer {value}"),
        Token::Float(value) => format!("float {}", float(py, *value)),
        Token::Str(content) => format!("string {}", string(py, content)),
        Token::Bin(content) => format!("binary of {} bytes", content.len()),
        Token::Array(count) => format!("collection of {count}"),
        Token::Map(count) => format!("map of {count}"),
        Token::Ext(code) => format!("extension of type {code}"),
    }
}

/// A Python value in Python words: `str 'abc'`, `list of 3`, `None`.
#[cold]
pub fn python(value: &Bound<'_, PyAny>) -> String {
    if value.is_none() {
        return "None".to_owned();
    }
    let name = class_name(&value.get_type());
    let is_container = value.is_instance_of::<PyList>()
        || value.is_instance_of::<PyTuple>()
        || value.is_instance_of::<PyDict>()
        || value.is_instance_of::<PySet>()
        || value.is_instance_of::<PyFrozenSet>();
    if is_container {
        return value.len().map_or_else(|_| name.clone(), |count| format!("{name} of {count}"));
    }
    match preview(value) {
        text if text.is_empty() => name,
        text => format!("{name} {text}"),
    }
}

/// A scalar's `repr`, cut; empty for anything whose `repr` may be long, slow or wrong.
#[cold]
pub fn preview(value: &Bound<'_, PyAny>) -> String {
    if let Ok(text) = value.cast_exact::<PyString>() {
        return cut(&repr(
            &text.as_any().get_item(pyo3::types::PySlice::new(value.py(), 0, 201, 1)).unwrap_or_else(|_| value.clone()),
        ));
    }
    if let Ok(bytes) = value.cast_exact::<PyBytes>() {
        let content = bytes.as_bytes();
        return cut(&repr(PyBytes::new(value.py(), &content[..content.len().min(PREVIEW + 1)]).as_any()));
    }
    if let Ok(number) = value.cast_exact::<PyInt>() {
        let bits = number.call_method0("bit_length").and_then(|bits| bits.extract::<usize>()).unwrap_or(usize::MAX);
        return if bits > PRINTED_BITS { format!("of {bits} bits") } else { cut(&repr(value)) };
    }
    let is_short = value.is_none()
        || value.is_exact_instance_of::<PyBool>()
        || value.is_exact_instance_of::<PyFloat>()
        || value.is_exact_instance_of::<PyDateTime>()
        || value.is_exact_instance_of::<PyDate>()
        || value.is_exact_instance_of::<PyDelta>();
    if is_short { cut(&repr(value)) } else { String::new() }
}

/// `a`, `b` and `c` of values.
pub fn listing<'py>(values: impl Iterator<Item = Bound<'py, PyAny>>) -> String {
    cut(&values.map(|value| preview(&value)).collect::<Vec<_>>().join(", "))
}

/// The bare name of a class.
pub fn class_name(class: &Bound<'_, pyo3::types::PyType>) -> String {
    class.name().map_or_else(|_| "object".to_owned(), |name| name.to_string())
}

/// UTF-8 text as Python would print it, cut.
pub fn string(py: Python<'_>, content: &[u8]) -> String {
    let text = String::from_utf8_lossy(&content[..content.len().min(4 * (PREVIEW + 1))]);
    let text: String = text.chars().take(PREVIEW + 1).collect();
    cut(&repr(PyString::new(py, &text).as_any()))
}

fn float(py: Python<'_>, value: f64) -> String {
    repr(PyFloat::new(py, value).as_any())
}

fn repr(value: &Bound<'_, PyAny>) -> String {
    value.repr().map_or_else(|_| String::new(), |text| text.to_string_lossy().into_owned())
}

fn cut(text: &str) -> String {
    if text.chars().count() <= PREVIEW {
        return text.to_owned();
    }
    text.chars().take(PREVIEW - 1).chain(['…']).collect()
}
