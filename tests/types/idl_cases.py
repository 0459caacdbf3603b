"""Objects built by the same calls from flytekit's model classes and from `wingbeat.idl`, and what is read from them."""
# mypy: ignore-errors

import datetime as dt

UTC = dt.timezone.utc


def cases(m):
    """Name -> object. `m` has the classes by name."""
    column = m.SchemaType.SchemaColumn("c", m.SchemaType.SchemaColumn.SchemaColumnType.DATETIME)
    dataset_type = m.StructuredDatasetType(
        columns=[m.StructuredDatasetType.DatasetColumn("a", m.LiteralType(simple=m.SimpleType.INTEGER))],
        format="parquet",
        external_schema_type="arrow",
        external_schema_bytes=b"schema",
    )
    one = m.Literal(scalar=m.Scalar(primitive=m.Primitive(integer=1)))
    text = m.Literal(scalar=m.Scalar(primitive=m.Primitive(string_value="x" * 200)))
    blob_type = m.BlobType(format="csv", dimensionality=m.BlobType.BlobDimensionality.MULTIPART)
    integer = m.LiteralType(simple=m.SimpleType.INTEGER)
    struct = m.Struct()
    struct.update({"b": [True, None, "x", 1]})
    return {
        "integer": m.Primitive(integer=0),
        "float": m.Primitive(float_value=-1.5),
        "string": m.Primitive(string_value=""),
        "boolean": m.Primitive(boolean=False),
        "datetime": m.Primitive(datetime=dt.datetime(2020, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)),
        "naive datetime": m.Primitive(datetime=dt.datetime(2020, 1, 2)),
        "aware datetime": m.Primitive(datetime=dt.datetime(2020, 1, 2, tzinfo=dt.timezone(dt.timedelta(hours=5)))),
        "duration": m.Primitive(duration=dt.timedelta(seconds=-1.5)),
        "empty primitive": m.Primitive(),
        "binary": m.Binary(b"\x81\xa1a\x01", "msgpack"),
        "blob": m.Blob(m.BlobMetadata(blob_type), "s3://b/k"),
        "schema": m.Schema(uri="s3://b", type=m.SchemaType([column])),
        "union": m.Union(value=one, stored_type=m.LiteralType(simple=1, structure=m.TypeStructure(tag="int"))),
        "void": m.Void(),
        "dataset": m.StructuredDataset("s3://b", m.StructuredDatasetMetadata(dataset_type)),
        "dataset without metadata": m.StructuredDataset(uri="s3://b"),
        "dataset metadata": m.StructuredDatasetMetadata(),
        "collection": m.LiteralCollection([one, text]),
        "map": m.LiteralMap({"a": one}),
        "scalar": m.Scalar(primitive=m.Primitive(integer=1)),
        "scalar void": m.Scalar(none_type=m.Void()),
        "scalar blob": m.Scalar(blob=m.Blob(m.BlobMetadata(blob_type), "s3://b/k")),
        "scalar binary": m.Scalar(binary=m.Binary(b"\xc0", "msgpack")),
        "scalar generic": m.Scalar(generic=struct),
        "scalar empty generic": m.Scalar(generic=m.Struct()),
        "scalar error": m.Scalar(error=m.Error(failed_node_id="n0", message="boom")),
        "empty scalar": m.Scalar(),
        "literal": one,
        "long literal": text,
        "literal with hash": m.Literal(scalar=m.Scalar(none_type=m.Void()), hash="h", metadata={"k": "v"}),
        "literal map": m.Literal(map=m.LiteralMap({"a": one})),
        "literal collection": m.Literal(collection=m.LiteralCollection([])),
        "offloaded": m.Literal(offloaded_metadata=m.LiteralOffloadedMetadata("s3://b", 12, integer)),
        "offloaded metadata": m.LiteralOffloadedMetadata(),
        "empty literal": m.Literal(),
        "literal type": integer,
        "none type": m.LiteralType(simple=m.SimpleType.NONE),
        "list type": m.LiteralType(collection_type=integer),
        "map type": m.LiteralType(map_value_type=integer),
        "blob type": m.LiteralType(blob=blob_type),
        "enum type": m.LiteralType(enum_type=m.EnumType(["a", "b"])),
        "union type": m.LiteralType(union_type=m.UnionType([integer, m.LiteralType(simple=0)])),
        "dataset type": m.LiteralType(structured_dataset_type=dataset_type),
        "plain dataset type": m.LiteralType(structured_dataset_type=m.StructuredDatasetType()),
        "schema type": m.LiteralType(schema=m.SchemaType([column])),
        "rich type": m.LiteralType(
            simple=m.SimpleType.STRUCT,
            metadata={"list": [1, 2.5, None, True, {"deep": "x"}]},
            structure=m.TypeStructure(tag="", dataclass_type={"a": integer}),
            annotation=m.TypeAnnotation({"cache-key-metadata": {"serialization-format": "msgpack"}}),
        ),
        "empty type": m.LiteralType(),
        "structure": m.TypeStructure(tag="int"),
        "error": m.Error(failed_node_id="n0", message="boom"),
        "variable": m.Variable(integer, "an input"),
        "variable map": m.VariableMap({"a": m.Variable(integer, "")}),
        "interface": m.TypedInterface({"a": m.Variable(integer, "in")}, {"o0": m.Variable(integer, "out")}),
        "parameter": m.Parameter(m.Variable(integer, "d"), default=one),
        "required parameter": m.Parameter(m.Variable(integer, "d"), required=True),
        "parameter map": m.ParameterMap({"a": m.Parameter(m.Variable(integer, "d"), required=True)}),
    }


#: What is read from an object that was decoded. Name -> path of attributes.
READ = [
    "value",
    "integer",
    "float_value",
    "string_value",
    "boolean",
    "datetime",
    "duration",
    "tag",
    "uri",
    "metadata",
    "metadata.type.dimensionality",
    "metadata.structured_dataset_type.format",
    "metadata.structured_dataset_type.columns",
    "metadata.structured_dataset_type.external_schema_type",
    "metadata.structured_dataset_type.external_schema_bytes",
    "type",
    "type.columns",
    "stored_type",
    "stored_type.structure.tag",
    "literals",
    "scalar.primitive.integer",
    "scalar.primitive.value",
    "primitive.integer",
    "blob.uri",
    "blob.metadata.type.format",
    "binary.value",
    "none_type",
    "collection",
    "collection.literals",
    "map.literals",
    "hash",
    "offloaded_metadata.uri",
    "offloaded_metadata.size_bytes",
    "offloaded_metadata.inferred_type.simple",
    "size_bytes",
    "inferred_type",
    "simple",
    "schema.columns",
    "collection_type.simple",
    "map_value_type.simple",
    "union_type.variants",
    "structured_dataset_type.format",
    "structured_dataset_type.columns",
    "structured_dataset_type.external_schema_type",
    "structure.tag",
    "structure.dataclass_type",
    "dataclass_type",
    "annotation.annotations",
    "failed_node_id",
    "message",
    "description",
    "variables",
    "inputs",
    "outputs",
    "var.description",
    "default",
    "required",
    "parameters",
    "is_empty",
]


def plain(value):
    """A value in a form that both sides print alike."""
    if hasattr(value, "to_flyte_idl"):
        return [type(value).__name__, value.to_flyte_idl().SerializeToString(deterministic=True).hex()]
    if hasattr(value, "SerializeToString"):
        return value.SerializeToString(deterministic=True).hex()
    if isinstance(value, dict):
        return {key: plain(one) for key, one in sorted(value.items())}
    if isinstance(value, (list, tuple)) or type(value).__name__.startswith("Repeated"):
        return [plain(one) for one in value]
    return [type(value).__name__, str(value)]


def read(thing):
    """Every path that there is."""
    found = {}
    for path in READ:
        value = thing
        try:
            for step in path.split("."):
                value = getattr(value, step)
        except AttributeError:
            continue
        found[path] = plain(value)
    return found


def attempt(compute):
    """The result, or the error's class."""
    try:
        return compute()
    except (AttributeError, TypeError) as error:
        return type(error).__name__


def report(m):
    """What there is to compare of each case."""
    answers = {}
    for name, thing in cases(m).items():
        message = thing.to_flyte_idl()
        back = type(thing).from_flyte_idl(message)
        answers[name] = {
            "bytes": message.SerializeToString(deterministic=True).hex(),
            "built": read(thing),
            "decoded": read(back),
            "str": str(thing),
            "repr": repr(thing),
            "equal": attempt(lambda a=thing, b=back: [a == b, b == a, a == 1, a != b, hash(a) == hash(b)]),
            "class": type(thing).__name__,
        }
    return answers
