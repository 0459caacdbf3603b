//! A union inside a document. Nothing is stored beside the value, so its form decides when reading, its exact type when
//! writing. flytekit's choice depends on the order of the variants and may write a dict as its keys (spec 4.3, 8.1).

use pyo3::prelude::*;
use pyo3::types::{
    PyBool, PyBytes, PyDate, PyDateTime, PyDelta, PyDict, PyFloat, PyFrozenSet, PyInt, PyList, PySet, PyString, PyTime,
    PyTuple,
};

use super::cursor::Remembered;
use super::{Container, Cursor, Packed, alive, any, refused};
use crate::error::{CodecError, Mismatch, Result};
use crate::msgpack::Token;
use crate::object::Output;
use crate::wire::Sink;
use crate::words;

#[derive(Debug)]
pub struct OneOfCodec {
    variants: Vec<Packed>,
}

impl OneOfCodec {
    pub fn new(variants: Vec<Packed>) -> Self {
        Self { variants }
    }

    pub fn variants(&self) -> &[Packed] {
        &self.variants
    }

    /// Three rounds in declared order: variants that would have written this form; other variants that understand it
    /// without changing its kind; the coercing scalars.
    pub fn decode<'py>(&self, py: Python<'py>, reader: &mut Cursor<'_>) -> Result<Bound<'py, PyAny>> {
        let node = std::ptr::from_ref(self) as usize;
        let start = *reader;
        let found = match start.remembered(py, node) {
            Remembered::Value(value, behind) => Some((value, behind)),
            Remembered::NoneFits => None,
            Remembered::Unknown => self.decode_first(py, start)?,
        };
        let Some((value, behind)) = found else {
            start.remember(node, None);
            return Err(self.none_fits(py, start));
        };
        start.remember(node, Some((&value, &behind)));
        reader.accept(behind);
        Ok(value)
    }

    /// The value of the first variant that fits, and the cursor behind it.
    fn decode_first<'py, 'a>(
        &self,
        py: Python<'py>,
        start: Cursor<'a>,
    ) -> Result<Option<(Bound<'py, PyAny>, Cursor<'a>)>> {
        let rounds: [&dyn Fn(&Packed) -> bool; 3] =
            [&|variant| wrote(py, variant, start), &|variant| !coerces(variant), &coerces];
        for belongs in rounds {
            for variant in self.variants.iter().filter(|variant| belongs(variant)) {
                let mut attempt = start.attempt();
                match variant.decode(py, &mut attempt) {
                    Ok(value) => return Ok(Some((value, attempt))),
                    Err(error) if error.is_about_data(py) => {}
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(None)
    }

    #[cold]
    fn none_fits(&self, py: Python<'_>, start: Cursor<'_>) -> CodecError {
        let token = match { start }.token() {
            Ok(token) => token,
            Err(error) => return error.into(),
        };
        // A document that ends too early fits nothing either, but that is not what is wrong with it.
        if let Err(error) = { start }.skip() {
            return error.into();
        }
        let got = words::packed(py, &token);
        CodecError::new(Mismatch {
            message: Some(format!("{got} fits none of {}", self.labels(py))),
            expected: "one of the variants".into(),
            got: got.into(),
            hint: "".into(),
        })
    }

    /// Three rounds: the exact type all the way down, the exact outer class, a subclass or a transformer.
    pub fn encode(&self, value: &Bound<'_, PyAny>, out: &mut Output<'_>, depth: u32) -> Result<()> {
        let start = out.len();
        for belongs in [is, is_outside, may_be] {
            for variant in self.variants.iter().filter(|variant| belongs(variant, value)) {
                match variant.encode(value, out, depth) {
                    Ok(()) => return Ok(()),
                    Err(error) if error.is_about_data(value.py()) => out.truncate(start),
                    Err(error) => return Err(error),
                }
            }
        }
        Err(refused(format!("one of {}", self.labels(value.py())), value))
    }

    fn labels(&self, py: Python<'_>) -> String {
        self.variants.iter().map(|variant| label(py, variant)).collect::<Vec<_>>().join(", ")
    }
}

fn coerces(variant: &Packed) -> bool {
    matches!(variant, Packed::Int | Packed::Float | Packed::Str | Packed::Bool)
}

/// Whether a value of this node may have been packed to the form that comes next.
fn wrote(py: Python<'_>, variant: &Packed, reader: Cursor<'_>) -> bool {
    let Ok(token) = { reader }.token() else { return false };
    match variant {
        Packed::Any => !matches!(token, Token::Ext(_)),
        Packed::None => token == Token::Nil,
        Packed::Bool => matches!(token, Token::Bool(_)),
        Packed::Int => matches!(token, Token::Int(_) | Token::UInt(_)),
        Packed::Float | Packed::Timedelta => matches!(token, Token::Float(_)),
        Packed::Str | Packed::Iso(_) | Packed::Text(_) => matches!(token, Token::Str(_)),
        Packed::Bytes => matches!(token, Token::Bin(_)),
        Packed::Array(_) | Packed::Tuple(_) => matches!(token, Token::Array(_)),
        Packed::Mapping(_) | Packed::Json(_) | Packed::Document(_) => matches!(token, Token::Map(_)),
        Packed::Enum(codec) => any::scalar(py, &token).is_ok_and(|value| codec.holds(&value)),
        Packed::Choice(codec) => any::scalar(py, &token).is_ok_and(|value| codec.allowed().holds(&value)),
        Packed::Optional(item) => token == Token::Nil || wrote(py, item, reader),
        Packed::OneOf(codec) => codec.variants.iter().any(|variant| wrote(py, variant, reader)),
        Packed::Dataclass(codec) => codec.matches(reader),
        Packed::Recursion(codec) => alive(codec).is_ok_and(|codec| codec.matches(reader)),
        Packed::Callback(_) => false,
    }
}

/// Whether the value is of the variant's exact type, and so are its items.
fn is(variant: &Packed, value: &Bound<'_, PyAny>) -> bool {
    let all = |node: &Packed, items: PyResult<Bound<'_, pyo3::types::PyIterator>>| {
        items.is_ok_and(|mut items| items.all(|item| item.is_ok_and(|item| is(node, &item))))
    };
    if !is_outside(variant, value) {
        return false;
    }
    match variant {
        Packed::Array(codec) => all(codec.item(), value.try_iter()),
        Packed::Tuple(codec) => value.cast::<PyTuple>().is_ok_and(|tuple| {
            tuple.len() == codec.items().len()
                && codec.items().iter().zip(tuple.iter()).all(|(node, item)| is(node, &item))
        }),
        Packed::Mapping(codec) => value
            .cast_exact::<PyDict>()
            .is_ok_and(|dict| all(codec.key(), dict.keys().try_iter()) && all(codec.value(), dict.values().try_iter())),
        Packed::Optional(item) => value.is_none() || is(item, value),
        Packed::OneOf(codec) => codec.variants.iter().any(|variant| is(variant, value)),
        _ => true,
    }
}

/// Whether the value's class is exactly the variant's, its items aside.
fn is_outside(variant: &Packed, value: &Bound<'_, PyAny>) -> bool {
    let py = value.py();
    match variant {
        Packed::Any | Packed::Callback(_) => false,
        Packed::None => value.is_none(),
        Packed::Bool => value.is_exact_instance_of::<PyBool>(),
        Packed::Int => value.is_exact_instance_of::<PyInt>(),
        Packed::Float => value.is_exact_instance_of::<PyFloat>(),
        Packed::Str => value.is_exact_instance_of::<PyString>(),
        Packed::Bytes => value.is_exact_instance_of::<PyBytes>(),
        Packed::Iso("datetime") => value.is_exact_instance_of::<PyDateTime>(),
        Packed::Iso("date") => value.is_exact_instance_of::<PyDate>(),
        Packed::Iso(_) => value.is_exact_instance_of::<PyTime>(),
        Packed::Timedelta => value.is_exact_instance_of::<PyDelta>(),
        Packed::Text(codec) => value.get_type().is(codec.class()),
        Packed::Enum(codec) => value.get_type().is(codec.class()),
        Packed::Choice(codec) => codec.allowed().holds(value),
        Packed::Array(codec) => value.get_type().is(codec.container().class(py)),
        Packed::Tuple(codec) => value.get_type().is(codec.class(py)),
        Packed::Mapping(_) => value.is_exact_instance_of::<PyDict>(),
        Packed::Optional(item) => value.is_none() || is_outside(item, value),
        Packed::OneOf(codec) => codec.variants.iter().any(|variant| is_outside(variant, value)),
        Packed::Dataclass(codec) => value.get_type().is(codec.class()),
        Packed::Json(codec) => value.get_type().is(codec.class()),
        Packed::Document(codec) => value.get_type().is(codec.class()),
        Packed::Recursion(codec) => alive(codec).is_ok_and(|codec| value.get_type().is(codec.class())),
    }
}

/// Whether the value may be written as the variant: a subclass, or anything where the node takes anything.
fn may_be(variant: &Packed, value: &Bound<'_, PyAny>) -> bool {
    let derives = |class: &Bound<'_, PyAny>| value.is_instance(class).unwrap_or(false);
    let py = value.py();
    match variant {
        Packed::Any | Packed::Callback(_) => true,
        Packed::None => value.is_none(),
        Packed::Bool => value.is_instance_of::<PyBool>(),
        Packed::Int => value.is_instance_of::<PyInt>(),
        Packed::Float => value.is_instance_of::<PyFloat>(),
        Packed::Str => value.is_instance_of::<PyString>(),
        Packed::Bytes => value.is_instance_of::<PyBytes>(),
        Packed::Iso("datetime") => value.is_instance_of::<PyDateTime>(),
        Packed::Iso("date") => value.is_instance_of::<PyDate>(),
        Packed::Iso(_) => value.is_instance_of::<PyTime>(),
        Packed::Timedelta => value.is_instance_of::<PyDelta>(),
        Packed::Text(codec) => derives(codec.class().bind(py)),
        Packed::Enum(codec) => derives(codec.class().bind(py)),
        Packed::Choice(_) => false,
        Packed::Array(codec) => match codec.container() {
            Container::List => value.is_instance_of::<PyList>(),
            Container::Tuple => value.is_instance_of::<PyTuple>(),
            Container::Set => value.is_instance_of::<PySet>(),
            Container::FrozenSet => value.is_instance_of::<PyFrozenSet>(),
        },
        Packed::Tuple(codec) => derives(&codec.class(py)),
        Packed::Mapping(_) => value.is_instance_of::<PyDict>(),
        Packed::Optional(item) => may_be(item, value),
        Packed::OneOf(codec) => codec.variants.iter().any(|variant| may_be(variant, value)),
        Packed::Dataclass(codec) => derives(codec.class().bind(py)),
        Packed::Json(codec) => derives(codec.class().bind(py)),
        Packed::Document(codec) => derives(codec.class().bind(py)),
        Packed::Recursion(codec) => alive(codec).is_ok_and(|codec| derives(codec.class().bind(py))),
    }
}

/// A variant in messages.
fn label(py: Python<'_>, variant: &Packed) -> String {
    let name = match variant {
        Packed::Any => "any",
        Packed::None => "none",
        Packed::Bool => "bool",
        Packed::Int => "int",
        Packed::Float => "float",
        Packed::Str => "str",
        Packed::Bytes => "bytes",
        Packed::Iso(class) => class,
        Packed::Timedelta => "timedelta",
        Packed::Choice(_) => "choice",
        Packed::Array(_) => "array",
        Packed::Tuple(_) => "tuple",
        Packed::Mapping(_) => "mapping",
        Packed::Optional(_) => "optional",
        Packed::OneOf(_) => "oneof",
        Packed::Callback(_) => "callback",
        Packed::Text(codec) => return words::class_name(codec.class().bind(py)),
        Packed::Enum(codec) => return words::class_name(codec.class().bind(py)),
        Packed::Dataclass(codec) => codec.name(),
        Packed::Json(codec) => return words::class_name(codec.class().bind(py)),
        Packed::Document(codec) => return words::class_name(codec.class().bind(py)),
        Packed::Recursion(codec) => {
            return alive(codec).map_or_else(|_| String::new(), |codec| codec.name().to_owned());
        }
    };
    name.to_owned()
}
