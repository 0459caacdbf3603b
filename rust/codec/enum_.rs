//! An `enum.Enum` of strings: `primitive.string_value`. Also read: a packed string (type-system spec 2.8).

use std::collections::HashMap;

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyType};

use super::{document, str_, unwrapped, wrong, wrong_document};
use crate::error::{CodecError, Result};
use crate::literal::{BARE, View, string};
use crate::msgpack::Token;
use crate::object::Output;
use crate::value;
use crate::words;

#[derive(Debug)]
pub struct EnumCodec {
    class: Py<PyType>,
    members: Vec<Member>,
    by_value: HashMap<Box<str>, usize>,
    by_address: HashMap<usize, usize>,
}

#[derive(Debug)]
struct Member {
    value: Box<str>,
    member: Py<PyAny>,
}

impl EnumCodec {
    pub fn new(class: Py<PyType>, members: Vec<(String, Py<PyAny>)>) -> Self {
        let members: Vec<Member> =
            members.into_iter().map(|(value, member)| Member { value: value.into(), member }).collect();
        let by_value = members.iter().enumerate().map(|(index, member)| (member.value.clone(), index)).collect();
        // The codec keeps the members alive, so that an address stays theirs.
        let by_address = members.iter().enumerate().map(|(index, m)| (m.member.as_ptr() as usize, index)).collect();
        Self { class, members, by_value, by_address }
    }

    pub fn class(&self) -> &Py<PyType> {
        &self.class
    }

    pub fn decode<'py>(&self, py: Python<'py>, literal: &[u8]) -> Result<Bound<'py, PyAny>> {
        if let Some(content) = str_::canonical(literal) {
            return self.member(py, content);
        }
        match unwrapped(literal)? {
            View::String(content) => self.member(py, &content),
            View::Binary(binary) => document(py, &binary, |reader| match reader.token()? {
                Token::Str(content) => self.member(py, content),
                token => Err(wrong_document(py, self.expected(py), &token)),
            }),
            view => Err(wrong(py, self.expected(py), &view)),
        }
    }

    fn member<'py>(&self, py: Python<'py>, content: &[u8]) -> Result<Bound<'py, PyAny>> {
        let known = std::str::from_utf8(content).ok().and_then(|value| self.by_value.get(value));
        if let Some(index) = known {
            return Ok(self.members[*index].member.bind(py).clone());
        }
        // The class may know more values than it lists (`_missing_`).
        let value = value::string(py, content)?;
        self.class.bind(py).call1((&value,)).map_err(|_| {
            let allowed = words::listing(self.members.iter().map(|m| PyString::new(py, &m.value).into_any()));
            CodecError::mismatch(self.expected(py), format!("string {}", words::preview(value.as_any())))
                .hint(format!("allowed: {allowed}"))
        })
    }

    fn expected(&self, py: Python<'_>) -> String {
        format!("value of {}", words::class_name(self.class.bind(py)))
    }

    /// Takes a member, or a plain string that is one's value.
    pub fn encode(&self, value: &Bound<'_, PyAny>, out: &mut Output<'_>) -> Result<()> {
        if let Some(index) = self.by_address.get(&(value.as_ptr() as usize)) {
            string::<BARE>(out, &self.members[*index].value);
            return Ok(());
        }
        if self.holds(value)? {
            return str_::encode::<BARE>(value, out);
        }
        if let Some(index) = self.resembling(value) {
            string::<BARE>(out, &self.members[index].value);
            return Ok(());
        }
        let error = super::refused(&words::class_name(self.class.bind(value.py())), value);
        if value.is_instance_of::<PyString>() {
            let allowed = self.members.iter().map(|member| PyString::new(value.py(), &member.value).into_any());
            return Err(error.hint(format!("allowed: {}", words::listing(allowed))));
        }
        Err(error)
    }

    /// The member of the same value as a member of another enum: the same class, imported twice.
    fn resembling(&self, value: &Bound<'_, PyAny>) -> Option<usize> {
        value.get_type().getattr(intern!(value.py(), "__members__")).ok()?;
        let value = value.getattr(intern!(value.py(), "value")).ok()?;
        self.by_value.get(value.cast::<PyString>().ok()?.to_str().ok()?).copied()
    }

    pub fn resembles(&self, value: &Bound<'_, PyAny>) -> bool {
        self.resembling(value).is_some()
    }

    /// Whether a plain string is one of the values.
    pub fn holds(&self, value: &Bound<'_, PyAny>) -> Result<bool> {
        match value.cast_exact::<PyString>() {
            Ok(text) => Ok(self.by_value.contains_key(value::utf8(text)?)),
            Err(_) => Ok(false),
        }
    }
}
