//! Schema → codec: the only reader of `wingbeat.types.schema`.

use std::sync::{Arc, Weak};

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple, PyType};

use crate::codec::{self, Codec, ListCodec, MapCodec, PackedCodec, UnionCodec, Variant};
use crate::literal::numbers::Element;
use crate::packed::{
    self, ArrayCodec, Container, DataclassCodec, Default, Field, MappingCodec, OneOfCodec, Packed, TextCodec,
    TupleCodec,
};
use crate::value::Allowed;

/// Messages around the literal of an input or output: the entry of the map, and the literal itself.
const ROOT: u32 = 2;

/// Compiles a literal node.
pub fn literal(schema: &Bound<'_, PyAny>) -> PyResult<Codec> {
    literal_within(schema, ROOT)
}

/// `levels` counts the messages down to the literal, which `Codec::levels` counts from there on.
fn literal_within(schema: &Bound<'_, PyAny>, levels: u32) -> PyResult<Codec> {
    Ok(match kind(schema)?.to_str()? {
        "int" => Codec::Int,
        "float" => Codec::Float,
        "str" => Codec::Str,
        "bool" => Codec::Bool,
        "none" => Codec::None,
        "datetime" => Codec::Datetime,
        "date" => Codec::Date,
        "timedelta" => Codec::Timedelta,
        "enum" => Codec::Enum(Box::new(literal_enum(schema)?)),
        "choice" => {
            let base = literal_within(&schema.getattr("base")?, levels)?;
            Codec::Choice(Box::new(codec::ChoiceCodec::new(base, allowed(schema)?)))
        }
        "list" => Codec::List(Box::new(ListCodec::new(
            literal_within(&schema.getattr("item")?, levels + 2)?,
            optional_document(schema)?,
        ))),
        "map" => Codec::Map(Box::new(MapCodec::new(
            literal_within(&schema.getattr("value")?, levels + 3)?,
            optional_document(schema)?,
        ))),
        "union" => {
            let variants = items(schema, "variants")?
                .iter()
                .map(|schema| variant(&schema, levels + 3))
                .collect::<PyResult<_>>()?;
            Codec::Union(Box::new(UnionCodec::new(variants, optional_document(schema)?)))
        }
        "packed" => {
            let target = document(&schema.getattr("target")?)?;
            let legacy = schema.getattr("legacy")?.extract()?;
            let format = schema.getattr("metadata_format")?.extract()?;
            let pickled = schema.getattr("pickled")?;
            let pickled = if pickled.is_none() { None } else { Some(pickled.unbind()) };
            Codec::Packed(Box::new(PackedCodec::new(target, legacy, format, levels + 2, pickled)))
        }
        "hashed" => {
            let item = literal_within(&schema.getattr("item")?, levels)?;
            Codec::Hashed(Box::new(codec::HashedCodec::new(item, schema.getattr("hash")?.unbind())))
        }
        "callback" => {
            let (decode, encode) = callables(schema)?;
            let eager = schema.getattr("eager")?.extract()?;
            Codec::Callback(Box::new(codec::CallbackCodec::new(decode, encode, eager)))
        }
        "blob" => {
            let (decode, encode) = callables(schema)?;
            let document = schema.getattr("document")?;
            let document = if document.is_none() { None } else { Some(document.unbind()) };
            let eager = schema.getattr("eager")?.extract()?;
            Codec::Blob(Box::new(codec::BlobCodec::new(decode, encode, document, eager)))
        }
        "numbers" => Codec::Numbers(Box::new(numbers(schema, levels)?)),
        _ => return Err(unknown(schema, "literal")),
    })
}

fn numbers(schema: &Bound<'_, PyAny>, levels: u32) -> PyResult<codec::NumbersCodec> {
    let element = match schema.getattr("element")?.extract::<String>()?.as_str() {
        "" => None,
        "int" => Some(Element::Int),
        "float" => Some(Element::Float),
        "bool" => Some(Element::Bool),
        other => return Err(PyTypeError::new_err(format!("no element of an array: {other:?}"))),
    };
    let collected = schema.getattr("collected")?.extract()?;
    let dimensions = schema.getattr("dimensions")?.extract()?;
    if collected && (element.is_none() || dimensions == 0) {
        return Err(PyTypeError::new_err("an array that is written as collections has an element and dimensions"));
    }
    let (make, take) = (schema.getattr("make")?.unbind(), schema.getattr("take")?.unbind());
    let blob = literal_within(&schema.getattr("blob")?, levels)?;
    Ok(codec::NumbersCodec::new(element, dimensions, make, take, blob, collected))
}

fn literal_enum(schema: &Bound<'_, PyAny>) -> PyResult<codec::EnumCodec> {
    let values = items(schema, "values")?.extract::<Vec<String>>()?;
    let members = items(schema, "members")?.iter().map(Bound::unbind);
    Ok(codec::EnumCodec::new(class(schema)?, values.into_iter().zip(members).collect()))
}

fn variant(schema: &Bound<'_, PyAny>, levels: u32) -> PyResult<Variant> {
    Ok(Variant {
        codec: literal_within(&schema.getattr("schema")?, levels)?,
        tag: schema.getattr("tag")?.extract::<String>()?.into_bytes(),
        literal_type: schema.getattr("literal_type")?.extract()?,
        label: schema.getattr("label")?.extract()?,
        unique: false,
    })
}

/// The `packed` node of a container, which may be None.
fn optional_document(schema: &Bound<'_, PyAny>) -> PyResult<Option<Packed>> {
    let packed = schema.getattr("packed")?;
    if packed.is_none() { Ok(None) } else { document(&packed).map(Some) }
}

/// Compiles the root of a document.
fn document(schema: &Bound<'_, PyAny>) -> PyResult<Packed> {
    DocumentPlan::default().packed(schema)
}

/// The dataclasses that the node at hand is inside of.
#[derive(Default)]
struct DocumentPlan {
    open: Vec<Arc<DataclassCodec>>,
}

impl DocumentPlan {
    fn packed(&mut self, schema: &Bound<'_, PyAny>) -> PyResult<Packed> {
        Ok(match kind(schema)?.to_str()? {
            "any" => Packed::Any,
            "none" => Packed::None,
            "bool" => Packed::Bool,
            "int" => Packed::Int,
            "float" => Packed::Float,
            "str" => Packed::Str,
            "bytes" => Packed::Bytes,
            "datetime" => Packed::Iso("datetime"),
            "date" => Packed::Iso("date"),
            "time" => Packed::Iso("time"),
            "timedelta" => Packed::Timedelta,
            "json" => {
                let (dump, load) = dump_and_load(schema)?;
                Packed::Json(Box::new(packed::JsonCodec::new(class(schema)?, dump, load)))
            }
            "document" => {
                let (dump, load) = dump_and_load(schema)?;
                Packed::Document(Box::new(packed::DocumentCodec::new(class(schema)?, dump, load)))
            }
            "text" => {
                let (dump, load) = dump_and_load(schema)?;
                Packed::Text(Box::new(TextCodec::new(class(schema)?, dump, load)))
            }
            "enum" => Packed::Enum(Box::new(packed_enum(schema)?)),
            "choice" => {
                let base = self.packed(&schema.getattr("base")?)?;
                Packed::Choice(Box::new(packed::ChoiceCodec::new(base, allowed(schema)?)))
            }
            "array" => {
                let item = self.packed(&schema.getattr("item")?)?;
                let container = schema.getattr("container")?;
                let container = Container::of(&container)
                    .ok_or_else(|| PyTypeError::new_err(format!("{container} is no container of an array")))?;
                Packed::Array(Box::new(ArrayCodec::new(item, container)))
            }
            "tuple" => {
                let nodes = self.each(&items(schema, "items")?)?;
                let factory = schema.getattr("factory")?;
                let factory = if factory.is_none() { None } else { Some(factory.cast_into::<PyType>()?.unbind()) };
                Packed::Tuple(Box::new(TupleCodec::new(nodes, factory)))
            }
            "mapping" => {
                let (key, value) = (self.packed(&schema.getattr("key")?)?, self.packed(&schema.getattr("value")?)?);
                Packed::Mapping(Box::new(MappingCodec::new(key, value)))
            }
            "optional" => Packed::Optional(Box::new(self.packed(&schema.getattr("item")?)?)),
            "oneof" => Packed::OneOf(Box::new(OneOfCodec::new(self.each(&items(schema, "variants")?)?))),
            "dataclass" => Packed::Dataclass(self.dataclass(schema)?),
            "recursion" => Packed::Recursion(self.recursion(schema)?),
            "callback" => {
                let (decode, encode) = callables(schema)?;
                Packed::Callback(Box::new(packed::CallbackCodec::new(decode, encode)))
            }
            _ => return Err(unknown(schema, "packed")),
        })
    }

    fn each(&mut self, schemas: &Bound<'_, PyTuple>) -> PyResult<Vec<Packed>> {
        schemas.iter().map(|schema| self.packed(&schema)).collect()
    }

    fn dataclass(&mut self, schema: &Bound<'_, PyAny>) -> PyResult<Arc<DataclassCodec>> {
        let cls = schema.getattr("cls")?.cast_into::<PyType>()?;
        let codec = Arc::new(DataclassCodec::new(&cls, schema.getattr("direct")?.extract()?));
        self.open.push(Arc::clone(&codec));
        let fields = items(schema, "fields")?.iter().map(|field| self.field(&field)).collect::<PyResult<_>>();
        self.open.pop();
        codec.set_fields(fields?);
        Ok(codec)
    }

    fn recursion(&self, schema: &Bound<'_, PyAny>) -> PyResult<Weak<DataclassCodec>> {
        let cls = class(schema)?;
        let around = self.open.iter().rev().find(|codec| codec.class().is(&cls));
        let around = around.ok_or_else(|| PyTypeError::new_err(format!("{schema:?} is not inside its dataclass")))?;
        Ok(Arc::downgrade(around))
    }

    fn field(&mut self, schema: &Bound<'_, PyAny>) -> PyResult<Field> {
        let (default, factory) = (schema.getattr("default")?, schema.getattr("factory")?);
        let default = if !factory.is_none() {
            Default::Factory(factory.unbind())
        } else if is_required(&default)? {
            Default::Required
        } else {
            Default::Value(default.unbind())
        };
        let codec = self.packed(&schema.getattr("schema")?)?;
        let text = schema.getattr("name")?.extract()?;
        let (init, kw_only) = (schema.getattr("init")?.extract()?, schema.getattr("kw_only")?.extract()?);
        Ok(Field::new(schema.py(), text, codec, default, init, kw_only))
    }
}

/// Whether a default is the class that stands for none (`schema.REQUIRED`).
fn is_required(default: &Bound<'_, PyAny>) -> PyResult<bool> {
    let Ok(class) = default.cast::<PyType>() else { return Ok(false) };
    Ok(class.name()? == "REQUIRED" && class.module()? == "wingbeat.types.schema")
}

fn packed_enum(schema: &Bound<'_, PyAny>) -> PyResult<packed::EnumCodec> {
    let by_value = PyDict::new(schema.py());
    let values = items(schema, "values")?;
    for (value, member) in values.iter().zip(items(schema, "members")?.iter()) {
        if value.hash().is_ok() {
            by_value.set_item(value, member)?;
        }
    }
    Ok(packed::EnumCodec::new(class(schema)?, values.iter().map(Bound::unbind).collect(), by_value.unbind()))
}

fn kind<'py>(schema: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyString>> {
    Ok(schema.getattr("kind")?.cast_into()?)
}

fn class(schema: &Bound<'_, PyAny>) -> PyResult<Py<PyType>> {
    Ok(schema.getattr("cls")?.cast_into::<PyType>()?.unbind())
}

fn items<'py>(schema: &Bound<'py, PyAny>, name: &str) -> PyResult<Bound<'py, PyTuple>> {
    Ok(schema.getattr(name)?.cast_into()?)
}

fn allowed(schema: &Bound<'_, PyAny>) -> PyResult<Allowed> {
    Ok(Allowed::new(items(schema, "values")?.iter().map(Bound::unbind).collect()))
}

fn callables(schema: &Bound<'_, PyAny>) -> PyResult<(Py<PyAny>, Py<PyAny>)> {
    Ok((schema.getattr("decode")?.unbind(), schema.getattr("encode")?.unbind()))
}

fn dump_and_load(schema: &Bound<'_, PyAny>) -> PyResult<(Py<PyAny>, Py<PyAny>)> {
    Ok((schema.getattr("dump")?.unbind(), schema.getattr("load")?.unbind()))
}

fn unknown(schema: &Bound<'_, PyAny>, level: &str) -> PyErr {
    PyTypeError::new_err(format!("not a {level} node: {schema:?}"))
}
