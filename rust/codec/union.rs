//! `Union`, `Optional`, `A | B`: `scalar.union`, which stores the variant's type beside the value (type-system spec 2.7).
//!
//! Writing, the exact class of the value chooses; reading, the stored type does. Only what neither settles is tried, and
//! then two variants that fit are an error, because nothing says which was meant.

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDate, PyDateTime, PyDelta, PyDict, PyFloat, PyInt, PyList, PyString, PyType};

use super::{Codec, Location, Locations, document, wrong};
use crate::error::{CodecError, Result};
use crate::literal::literal_type::{self, Rule};
use crate::literal::{self, ITEM, SCALAR, UNION, UNION_TYPE, View, view};
use crate::object::Output;
use crate::packed::Packed;
use crate::wire::{Sink, delimited, message};
use crate::words;

#[derive(Debug)]
pub struct UnionCodec {
    variants: Vec<Variant>,
    packed: Option<Packed>,
}

#[derive(Debug)]
pub struct Variant {
    pub codec: Codec,
    /// The name of the transformer, as flytekit spells it.
    pub tag: Vec<u8>,
    /// The serialized `LiteralType` that is stored beside the value.
    pub literal_type: Vec<u8>,
    /// How messages call the variant.
    pub label: String,
    /// Whether no other variant has the same `literal_type`.
    pub unique: bool,
}

impl UnionCodec {
    pub fn new(mut variants: Vec<Variant>, packed: Option<Packed>) -> Self {
        for index in 0..variants.len() {
            let same = variants.iter().filter(|other| other.literal_type == variants[index].literal_type).count();
            variants[index].unique = same == 1;
        }
        Self { variants, packed }
    }

    pub fn calls_transformers(&self) -> bool {
        self.variants.iter().any(|variant| variant.codec.calls_transformers())
            || self.packed.as_ref().is_some_and(Packed::calls_transformers)
    }

    pub fn variants(&self) -> &[Variant] {
        &self.variants
    }

    pub fn decode<'py>(&self, py: Python<'py>, literal: &[u8]) -> Result<Bound<'py, PyAny>> {
        match (view(literal)?, &self.packed) {
            (View::Union(union), _) => self.stored(py, &union, literal),
            (View::Binary(binary), Some(packed)) => document(py, &binary, |reader| packed.decode(py, reader)),
            (view @ View::Offloaded(_), _) => Err(wrong(py, "a literal", &view)),
            (view, _) => self.bare(py, &view, literal),
        }
    }

    fn stored<'py>(&self, py: Python<'py>, union: &literal::Union<'_>, whole: &[u8]) -> Result<Bound<'py, PyAny>> {
        let written = |variant: &&Variant| variant.unique && variant.literal_type == *union.literal_type;
        if let Some(variant) = self.variants.iter().find(written) {
            return variant.codec.decode(py, &union.value);
        }
        let names = literal_type::names(&union.literal_type)?;
        let tag = names.tag.unwrap_or_default();
        let mut candidates = self.castable(&union.literal_type, tag, Rule::Strict)?;
        if candidates.is_empty() {
            candidates = self.castable(&union.literal_type, tag, Rule::Relaxed)?;
        }
        if let Some(title) = names.title {
            let titled: Vec<_> = candidates.iter().copied().filter(|v| v.is_titled(py, title)).collect();
            if !titled.is_empty() {
                candidates = titled;
            }
        }
        match candidates.as_slice() {
            [] => Err(self.none_fits(py, whole)),
            [variant] => variant.codec.decode(py, &union.value),
            _ => {
                let mut reasons = Vec::new();
                match only(py, candidates, &union.value, whole, &mut reasons)? {
                    Some(value) => Ok(value),
                    None => Err(because(self.none_fits(py, whole), &reasons)),
                }
            }
        }
    }

    /// Adds the location of the value, which every variant that may be meant would find at the same place. It is worth
    /// fetching if one of them needs it.
    pub fn locate(&self, literal: &[u8], found: &mut Locations) -> Result<()> {
        let (value, variants): (_, Vec<_>) = match view(literal)? {
            View::Union(union) => {
                let tag = literal_type::names(&union.literal_type)?.tag.unwrap_or_default().to_vec();
                let named = |variant: &&Variant| tag.is_empty() || variant.tag == tag;
                (union.value, self.variants.iter().filter(named).collect())
            }
            _ => (literal.into(), self.variants.iter().collect()),
        };
        let start = found.found.len();
        for variant in variants {
            let before = found.found.len();
            variant.codec.locate(&value, found)?;
            let again: Vec<Location> = found.found.drain(before..).collect();
            for location in again {
                match found.found[start..].iter_mut().find(|known| known.path == location.path) {
                    Some(known) => known.eager |= location.eager,
                    None => found.found.push(location),
                }
            }
        }
        Ok(())
    }

    /// The variants of this tag, or of any if it is empty, as which the stored type may be read.
    fn castable(&self, stored: &[u8], tag: &[u8], rule: Rule) -> Result<Vec<&Variant>> {
        let mut candidates = Vec::new();
        for variant in self.variants.iter().filter(|variant| tag.is_empty() || variant.tag == tag) {
            if literal_type::castable(stored, &variant.literal_type, rule)? {
                candidates.push(variant);
            }
        }
        Ok(candidates)
    }

    /// A literal that is no union. First it goes to the variants that would have written its kind; then to flytekit's
    /// only coercions; then to all, so that what flytekit cannot read never makes ambiguous what it can.
    fn bare<'py>(&self, py: Python<'py>, view: &View<'_>, literal: &[u8]) -> Result<Bound<'py, PyAny>> {
        for belongs in [writes, coerces, |_: &Codec, _: &View<'_>| true] {
            let candidates = self.variants.iter().filter(|variant| belongs(&variant.codec, view)).collect();
            if let Some(value) = only(py, candidates, literal, literal, &mut Vec::new())? {
                return Ok(value);
            }
        }
        Err(self.none_fits(py, literal))
    }

    #[cold]
    fn none_fits(&self, py: Python<'_>, literal: &[u8]) -> CodecError {
        let got = view(literal).map_or_else(|error| error.to_string(), |view| words::literal(py, &view));
        CodecError::mismatch(format!("one of {}", self.labels()), got)
    }

    fn labels(&self) -> String {
        self.variants.iter().map(|variant| variant.label.as_str()).collect::<Vec<_>>().join(", ")
    }

    pub fn encode(&self, value: &Bound<'_, PyAny>, out: &mut Output<'_>) -> Result<()> {
        for admits in [Variant::is_class_of, Variant::is_base_of, Variant::admits, Variant::resembles] {
            let mut candidates = self.variants.iter().filter(|variant| admits(variant, value));
            match (candidates.next(), candidates.next()) {
                (None, _) => {}
                (Some(variant), None) => return variant.write(value, out),
                (Some(first), Some(second)) => {
                    let candidates = [first, second].into_iter().chain(candidates).collect();
                    return self.encode_only(value, candidates, out);
                }
            }
        }
        self.encode_by_transformer(value, out, Vec::new())
    }

    /// Writes the only one of several candidates that takes the value.
    fn encode_only(&self, value: &Bound<'_, PyAny>, candidates: Vec<&Variant>, out: &mut Output<'_>) -> Result<()> {
        let start = out.len();
        // A bare string is a `str` before it is the value of an enum or one of a choice.
        if let Some(variant) = candidates.iter().find(|variant| matches!(variant.codec, Codec::Str)) {
            return variant.write(value, out);
        }
        let mut fitting: Option<(&Variant, Vec<u8>)> = None;
        let mut labels = Vec::new();
        let mut reasons = Vec::new();
        for variant in candidates {
            match variant.write(value, out) {
                Ok(()) => {
                    labels.push(variant.label.as_str());
                    fitting = Some((variant, out.as_slice()[start..].to_vec()));
                }
                Err(error) if error.is_about_data(value.py()) => reasons.push(error.reason(value.py(), &variant.label)),
                Err(error) => return Err(error),
            }
            out.truncate(start);
        }
        match fitting {
            Some((_, literal)) if labels.len() == 1 => {
                out.extend_from_slice(&literal);
                Ok(())
            }
            Some(_) => Err(ambiguous(&words::python(value), &labels)),
            None => self.encode_by_transformer(value, out, reasons),
        }
    }

    /// Python transformers take what nothing else takes, the first that does. An only one says itself why it does not.
    /// `reasons` are those of the variants that were tried before.
    fn encode_by_transformer(
        &self,
        value: &Bound<'_, PyAny>,
        out: &mut Output<'_>,
        mut reasons: Vec<String>,
    ) -> Result<()> {
        let start = out.len();
        let mut refusals = Vec::new();
        for variant in self.variants.iter().filter(|variant| variant.codec.is_transformer()) {
            match variant.write(value, out) {
                Ok(()) => return Ok(()),
                Err(error) if error.is_about_data(value.py()) => refusals.push((variant, error)),
                Err(error) => return Err(error),
            }
            out.truncate(start);
        }
        match refusals.pop() {
            Some((_, only)) if refusals.is_empty() => Err(only),
            last => {
                refusals.extend(last);
                reasons.extend(refusals.iter().map(|(variant, error)| error.reason(value.py(), &variant.label)));
                Err(because(self.refuses(value), &reasons))
            }
        }
    }

    #[cold]
    fn refuses(&self, value: &Bound<'_, PyAny>) -> CodecError {
        CodecError::mismatch(format!("one of {}", self.labels()), words::python(value))
    }
}

/// The value of the only variant that reads the literal; an error if two do.
fn only<'py>(
    py: Python<'py>,
    candidates: Vec<&Variant>,
    literal: &[u8],
    whole: &[u8],
    reasons: &mut Vec<String>,
) -> Result<Option<Bound<'py, PyAny>>> {
    let mut fitting = Vec::new();
    let mut found = None;
    for variant in candidates {
        match variant.codec.decode(py, literal) {
            Ok(value) => {
                fitting.push(variant.label.as_str());
                found = Some(value);
            }
            Err(error) if error.is_about_data(py) => reasons.push(error.reason(py, &variant.label)),
            Err(error) => return Err(error),
        }
    }
    if fitting.len() > 1 {
        return Err(ambiguous(&words::literal(py, &view(whole)?), &fitting));
    }
    Ok(found)
}

/// Variants of which an error says why they did not fit.
const REASONS: usize = 4;

/// The error with the reasons of the variants that were tried.
#[cold]
fn because(error: CodecError, reasons: &[String]) -> CodecError {
    let more = if reasons.len() > REASONS { "; …" } else { "" };
    let told = reasons.iter().take(REASONS).map(String::as_str).collect::<Vec<_>>().join("; ");
    error.hint(format!("{told}{more}"))
}

#[cold]
fn ambiguous(got: &str, labels: &[&str]) -> CodecError {
    CodecError::new(crate::error::Mismatch {
        expected: "one variant".into(),
        got: got.to_owned().into(),
        hint: "".into(),
        message: Some(format!("ambiguous: {got} fits {}", labels.join(", "))),
    })
}

impl Variant {
    fn write(&self, value: &Bound<'_, PyAny>, out: &mut Output<'_>) -> Result<()> {
        message(out, SCALAR, |out| {
            message(out, UNION, |out| {
                message(out, ITEM, |out| self.codec.encode(value, out))?;
                delimited(out, UNION_TYPE, &self.literal_type);
                Ok(())
            })
        })
    }

    /// The class of a dataclass or an enum.
    fn class<'a, 'py>(&'a self, py: Python<'py>) -> Option<&'a Bound<'py, PyType>> {
        match &self.codec {
            Codec::Enum(codec) => Some(codec.class().bind(py)),
            Codec::Packed(codec) => codec.class(py),
            _ => None,
        }
    }

    fn is_class_of(&self, value: &Bound<'_, PyAny>) -> bool {
        self.class(value.py()).is_some_and(|class| value.get_type().is(class))
    }

    fn is_base_of(&self, value: &Bound<'_, PyAny>) -> bool {
        self.class(value.py()).is_some_and(|class| value.is_instance(class).unwrap_or(false))
    }

    /// Whether a value of this type is one of the variant's, as far as the outside of it tells.
    fn admits(&self, value: &Bound<'_, PyAny>) -> bool {
        match &self.codec {
            Codec::Int => value.is_exact_instance_of::<PyInt>(),
            Codec::Float => value.is_exact_instance_of::<PyFloat>(),
            Codec::Str => value.is_exact_instance_of::<PyString>(),
            Codec::Bool => value.is_exact_instance_of::<PyBool>(),
            Codec::None => value.is_none(),
            Codec::Datetime => value.is_exact_instance_of::<PyDateTime>(),
            Codec::Date => value.is_exact_instance_of::<PyDate>(),
            Codec::Timedelta => value.is_exact_instance_of::<PyDelta>(),
            Codec::Enum(codec) => codec.holds(value).unwrap_or(false),
            Codec::Choice(codec) => codec.allowed().holds(value),
            Codec::List(_) => value.is_exact_instance_of::<PyList>(),
            Codec::Map(_) | Codec::Packed(_) => value.is_exact_instance_of::<PyDict>(),
            // A hash is the whole union's affair: none is described inside of one (type-system spec 2.19).
            Codec::Union(_) => true,
            Codec::Hashed(_) | Codec::Callback(_) | Codec::Blob(_) | Codec::Numbers(_) => false,
        }
    }

    /// Whether the value is of another class that looks the same.
    fn resembles(&self, value: &Bound<'_, PyAny>) -> bool {
        match &self.codec {
            Codec::Enum(codec) => codec.resembles(value),
            Codec::Packed(codec) => codec.resembles(value),
            _ => false,
        }
    }

    fn is_titled(&self, py: Python<'_>, title: &[u8]) -> bool {
        match &self.codec {
            Codec::Packed(codec) => codec.class(py).is_some_and(|class| words::class_name(class).as_bytes() == title),
            _ => false,
        }
    }
}

/// Whether flytekit, too, makes a value of the node's type from such a literal.
fn coerces(codec: &Codec, view: &View<'_>) -> bool {
    matches!((codec, view), (Codec::Int, View::Float(_)) | (Codec::Float, View::Integer(_)))
}

/// Whether the node itself writes such a literal; everything else that it reads is a coercion.
fn writes(codec: &Codec, view: &View<'_>) -> bool {
    match codec {
        Codec::Int => matches!(view, View::Integer(_)),
        Codec::Float => matches!(view, View::Float(_)),
        Codec::Str | Codec::Enum(_) => matches!(view, View::String(_)),
        Codec::Bool => matches!(view, View::Boolean(_)),
        Codec::None => matches!(view, View::NoneType),
        Codec::Datetime | Codec::Date => matches!(view, View::Datetime(_)),
        Codec::Timedelta => matches!(view, View::Duration(_)),
        Codec::Choice(codec) => writes(codec.base(), view),
        Codec::List(_) => matches!(view, View::Collection(_)),
        Codec::Map(_) => matches!(view, View::Map(_)),
        Codec::Packed(_) => matches!(view, View::Binary(_) | View::Generic(_)),
        Codec::Blob(_) => matches!(view, View::Blob(_)),
        Codec::Numbers(_) => matches!(view, View::Blob(_) | View::Collection(_)),
        Codec::Union(_) | Codec::Hashed(_) | Codec::Callback(_) => false,
    }
}
