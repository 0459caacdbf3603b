"""What becomes of every type: the table behind `docs/types.md`, each cell of which is tested.

Hints and values are source texts over the names of `tests/peers/shared_types.py`, so that flytekit reads them too.
"""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """A type that a task may declare.

    `literal_type`, `written` and `read` are words for what Flyte stores: the declared type, the literal that is
    written, and those that are read. `path` says who converts: Rust alone, Rust with Python for a part, or Python.
    `flytekit` is "yes" where flytekit writes the same and either reads what the other wrote, or else
    the section of docs/differences.md that says why not.
    """

    hint: str
    value: str
    literal_type: str
    written: str
    read: str
    path: str = "Rust"
    flytekit: str = "yes"


class FieldRow(NamedTuple):
    """A type that a field of a dataclass may have; `written` is its msgpack form."""

    hint: str
    value: str
    written: str
    path: str = "Rust"
    flytekit: str = "yes"


NEW = "types-that-flytekit-does-not-convert"

TYPES = [
    Row("int", "5", "INTEGER", "integer", "integer, binary, float, union"),
    Row("float", "1.5", "FLOAT", "float", "float, binary, integer, union"),
    Row("str", "'a'", "STRING", "string", "string, binary, union"),
    Row("bool", "True", "BOOLEAN", "boolean", "boolean, binary, union"),
    Row("None", "None", "NONE", "none", "none, binary, union", "Rust", NEW),
    Row("NoneType", "None", "NONE", "none", "none, binary, union"),
    Row(
        "datetime.datetime",
        "datetime.datetime(2020, 1, 2, tzinfo=UTC)",
        "DATETIME",
        "datetime",
        "datetime, binary, string, union",
    ),
    Row("datetime.date", "datetime.date(2020, 1, 2)", "DATETIME", "datetime", "datetime, binary, string, union"),
    Row(
        "datetime.timedelta", "datetime.timedelta(1)", "DURATION", "duration", "duration, binary, float, integer, union"
    ),
    Row("List[int]", "[1, 2]", "list", "list", "list, binary, union"),
    Row("List[List[str]]", "[['a'], []]", "list", "list", "list, binary, union"),
    Row("Dict[str, int]", "{'a': 1}", "map", "map", "map, binary, struct, union"),
    Row("Dict[str, List[float]]", "{'a': [1.5]}", "map", "map", "map, binary, struct, union"),
    Row("dict", "{'a': [1, None], 'b': {'c': 2.5}}", "STRUCT", "binary", "binary, struct, union"),
    Row("Dict[int, str]", "{1: 'a'}", "STRUCT", "binary", "binary, struct, union"),
    Row(
        "Dict[datetime.date, Color]",
        "{datetime.date(2020, 1, 2): Color.RED}",
        "STRUCT",
        "binary",
        "binary, struct, union",
    ),
    Row("Optional[int]", "1", "union", "union", "union, binary, float, integer, none"),
    Row("Union[int, str]", "'a'", "union", "union", "union, binary, float, integer, string"),
    Row("Union[Point, Named, None]", "Named('n')", "union", "union", "union, binary, none, struct"),
    Row("Union[List[int], Dict[str, int]]", "{'a': 1}", "union", "union", "union, binary, list, map, struct"),
    Row(
        "Union[Model, OtherModel]",
        "Model(x=1)",
        "union",
        "union",
        "union, binary, struct",
        "Rust + JSON by its class",
        NEW,
    ),
    Row("Union[Required1, Required2]", "Required2(2)", "union", "union", "union, binary, struct"),
    Row("Color", "Color.RED", "enum", "string", "string, binary, union"),
    Row("Mood", "Mood.HAPPY", "enum", "string", "string, binary, union"),
    Row("Literal['a', 'b']", "'a'", "STRING", "string", "string, binary, union"),
    Row("Literal[1, 2]", "2", "INTEGER", "integer", "integer, binary, float, union"),
    Row("Point", "Point(1, 2.5)", "STRUCT", "binary", "binary, struct, union"),
    Row("Frozen", "Frozen(1)", "STRUCT", "binary", "binary, struct, union"),
    Row("Slotted", "Slotted(x=1, texts=['a'])", "STRUCT", "binary", "binary, struct, union"),
    Row("Sub", "Sub(1, 2.5, 3)", "STRUCT", "binary", "binary, struct, union"),
    Row("Scaled", "Scaled(2)", "STRUCT", "binary", "binary, struct, union"),
    Row("Special", "Special(3)", "STRUCT", "binary", "binary, struct, union"),
    Row(
        "Nested",
        "Nested(Point(1), [Point(2)], {'a': Point(3)}, {4: Point(5)})",
        "STRUCT",
        "binary",
        "binary, struct, union",
    ),
    Row("Optional[Node]", "Node(1, Node(2))", "union", "union", "union, binary, none, struct"),
    Row("Checked", "Checked(1, y=[2])", "STRUCT", "binary", "binary, struct, union"),
    Row("PlainMixin", "PlainMixin(1, ['a'])", "STRUCT", "binary", "binary, struct, union"),
    Row("Mixin", "Mixin({1: 'a'})", "STRUCT", "binary", "binary, struct, union", "Rust + JSON by its class"),
    Row("Aliased", "Aliased(b=2)", "STRUCT", "binary", "binary, struct, union", "Rust + msgpack by its class"),
    Row("Model", "Model(x=1)", "STRUCT", "binary", "binary, struct, union", "Rust + JSON by its class"),
    Row("Box[int]", "Box[int](content=1)", "STRUCT", "binary", "binary, struct, union", "Rust + JSON by its class"),
    Row("List[Model]", "[Model(x=1)]", "list", "list", "list, binary, union", "Rust + JSON by its class"),
    Row("Annotated[int, FlyteAnnotation({'a': 1})]", "1", "INTEGER", "integer", "integer, binary, float, union"),
    Row("Annotated[int, BatchSize(5)]", "1", "INTEGER", "integer", "integer, binary, float, union"),
    Row(
        "Annotated[int, HashMethod(str)]",
        "1",
        "INTEGER",
        "integer",
        "integer, binary, float, union",
        "Rust + your hash",
    ),
    Row(
        "Annotated[Model, HashMethod(repr)]",
        "Model(x=1)",
        "STRUCT",
        "binary",
        "binary, struct, union",
        "Rust + JSON by its class + your hash",
    ),
    Row("List[Annotated[int, HashMethod(str)]]", "[1]", "list", "list", "list, binary, union", "Rust + your hash"),
    Row("Optional[Annotated[int, HashMethod(str)]]", "1", "union", "union", "union, binary, float, integer, none"),
    Row("Annotated[Point, 'x']", "Point(1)", "STRUCT", "binary", "binary, struct, union", "Rust", NEW),
    Row(
        "Annotated[dict, kwtypes(allow_pickle=True)]",
        "{'a': 1j}",
        "STRUCT",
        "struct",
        "struct, binary, union",
        "Python",
    ),
    Row("Struct", "struct(a=1)", "STRUCT", "struct", "struct", "Python"),
    Row("FlyteError", "FlyteError('m', 'n')", "ERROR", "error", "error", "Python"),
    Row(
        "Optional[FlyteError]", "FlyteError('m', 'n')", "union", "union", "union, binary, error, none", "Rust + Python"
    ),
    Row("Iterator[int]", "[1, 2]", "list", "list", "list", "Python"),
    Row("Iterator[JSON]", "[{'a': 1}]", "blob jsonl", "blob", "blob", "Python"),
    Row(
        "numpy.ndarray",
        "numpy.array([1.5, 2.0])",
        "blob NumpyArray",
        "blob",
        "blob, binary, list, union",
        "Rust + Python",
    ),
    Row(
        "NDArray[numpy.int64]",
        "numpy.array([1])",
        "blob NumpyArray",
        "blob",
        "blob, binary, list, union",
        "Rust + Python",
    ),
    Row(
        "Annotated[numpy.ndarray, kwtypes(mmap_mode='r')]",
        "numpy.array([1.5, 2.0])",
        "blob NumpyArray",
        "blob",
        "blob, binary, list, union",
        "Rust + Python",
    ),
    Row(
        "Annotated[numpy.ndarray, Collection(float)]",
        "numpy.array([1.5])",
        "list",
        "list",
        "list, binary, union",
        "Rust",
        NEW,
    ),
    Row(
        "Optional[numpy.ndarray]",
        "numpy.array([1.5])",
        "union",
        "union",
        "union, binary, blob, list, none",
        "Rust + Python",
    ),
    Row(
        "StructuredDataset",
        "StructuredDataset(uri='s3://bucket/table', file_format='parquet')",
        "structured dataset",
        "structured dataset",
        "structured dataset, binary, schema, struct",
        "Python",
    ),
    Row(
        "Annotated[StructuredDataset, kwtypes(a=int), 'csv']",
        "StructuredDataset(uri='s3://bucket/table')",
        "structured dataset",
        "structured dataset",
        "structured dataset, binary, schema, struct",
        "Python",
    ),
    Row(
        "pandas.DataFrame",
        "pandas.DataFrame({'a': [1, 2]})",
        "structured dataset",
        "structured dataset",
        "structured dataset, binary, schema, struct",
        "Python",
    ),
    Row(
        "Annotated[pandas.DataFrame, kwtypes(a=int)]",
        "pandas.DataFrame({'a': [1, 2], 'b': [3, 4]})",
        "structured dataset",
        "structured dataset",
        "structured dataset, binary, schema, struct",
        "Python",
    ),
    Row(
        "pyarrow.Table",
        "pyarrow.table({'a': [1, 2]})",
        "structured dataset",
        "structured dataset",
        "structured dataset, binary, schema, struct",
        "Python",
    ),
    Row("List[pandas.DataFrame]", "[pandas.DataFrame({'a': [1, 2]})]", "list", "list", "list, union", "Rust + Python"),
    Row(
        "FlyteSchema[kwtypes(a=int)]",
        "pandas.DataFrame({'a': [1, 2]})",
        "schema",
        "schema",
        "schema, binary, struct, structured dataset",
        "Python",
    ),
    Row("FlyteFile", "'s3://bucket/a.csv'", "blob", "blob", "blob, binary, struct, union", "Python"),
    Row(
        "FlyteFile['csv']",
        "FlyteFile(FAR, metadata={'k': 'v'})",
        "blob csv",
        "blob",
        "blob, binary, struct, union",
        "Python",
    ),
    Row("os.PathLike", "FAR", "blob", "blob", "blob, binary, struct, union", "Python"),
    Row("FlyteDirectory['x']", "'s3://bucket/a'", "blob x (folder)", "blob", "blob, binary, struct, union", "Python"),
    Row(
        "Annotated[FlyteDirectory, BatchSize(9)]",
        "FAR",
        "blob (folder)",
        "blob",
        "blob, binary, struct, union",
        "Python",
    ),
    Row(
        "Optional[FlyteFile]", "FlyteFile(FAR)", "union", "union", "union, binary, blob, none, struct", "Rust + Python"
    ),
    Row("List[FlyteFile]", "[FAR]", "list", "list", "list, binary, union", "Rust + Python"),
    Row("Any", "{'a': (1, 2)}", "blob PythonPickle", "blob", "blob, union", "Python"),
    Row("object", "1j", "blob PythonPickle", "blob", "blob, union", "Python"),
    Row("bytes", "b'a'", "blob PythonPickle", "blob", "blob, union", "Python"),
    Row("set", "{1}", "blob PythonPickle", "blob", "blob, union", "Python"),
    Row("complex", "1j", "blob PythonPickle", "blob", "blob, union", "Python"),
    Row("uuid.UUID", "uuid.UUID(int=1)", "blob PythonPickle", "blob", "blob, union", "Python"),
    Row("fractions.Fraction", "fractions.Fraction(1, 2)", "blob PythonPickle", "blob", "blob, union", "Python"),
    Row("Set[int]", "{1}", "blob PythonPickle", "blob", "blob, union", "Python"),
    Row("Sequence[int]", "[1]", "blob PythonPickle", "blob", "blob, union", "Python"),
    Row("Pairs[int]", "5", "blob PythonPickle", "blob", "blob, union", "Python"),
    Row("typing.NewType('N', int)", "1", "blob PythonPickle", "blob", "blob, union", "Python"),
    Row("TypeVar('V')", "1", "blob PythonPickle", "blob", "blob, union", "Python"),
    Row("List[Any]", "[1j]", "list", "list", "list, binary, union", "Rust + Python"),
    Row("Dict[str, Any]", "{'a': 1j}", "map", "map", "map, binary, struct, union", "Rust + Python"),
    Row("Optional[Any]", "None", "union", "union", "union, binary, none", "Rust + Python"),
    Row("Union[bytes, int]", "1", "union", "union", "union, binary, float, integer", "Rust + Python", NEW),
    Row(
        "Record",
        "{'a': 1, 'at': datetime.date(2020, 1, 2)}",
        "STRUCT",
        "binary",
        "binary, struct, union",
        "Rust + msgpack by its class",
        NEW,
    ),
    Row(
        "collections.OrderedDict",
        "collections.OrderedDict(b=1, a=2)",
        "STRUCT",
        "binary",
        "binary, struct, union",
        "Rust + msgpack by its class",
        NEW,
    ),
]

#: Fields of dataclasses, and what dicts with other keys than `str` hold.
FIELDS = [
    FieldRow("int", "1", "int"),
    FieldRow("float", "2", "int"),
    FieldRow("str", "'a'", "text"),
    FieldRow("bool", "True", "bool"),
    FieldRow("NoneType", "None", "nil"),
    FieldRow("Any", "[1, {'a': None}]", "array of int"),
    FieldRow("bytes", "b'a'", "bin"),
    FieldRow("bytearray", "bytearray(b'a')", "bin", "Rust + msgpack by its class"),
    FieldRow("datetime.datetime", "datetime.datetime(2020, 1, 2)", "text"),
    FieldRow("datetime.date", "datetime.date(2020, 1, 2)", "text"),
    FieldRow("datetime.time", "datetime.time(1, 2)", "text"),
    FieldRow("datetime.timedelta", "datetime.timedelta(seconds=1.5)", "float"),
    FieldRow("datetime.timezone", "UTC", "text", "Rust + text by its class"),
    FieldRow("Color", "Color.RED", "text"),
    FieldRow("Level", "Level.HIGH", "int"),
    FieldRow("Literal['a', 1]", "1", "int"),
    FieldRow("uuid.UUID", "uuid.UUID(int=5)", "text", "Rust + text by its class"),
    FieldRow("decimal.Decimal", "decimal.Decimal('1.10')", "text", "Rust + text by its class"),
    FieldRow("fractions.Fraction", "fractions.Fraction(1, 2)", "text", "Rust + text by its class"),
    FieldRow("pathlib.Path", "pathlib.Path('a/b')", "text", "Rust + text by its class"),
    FieldRow("ipaddress.IPv4Address", "ipaddress.IPv4Address('10.0.0.1')", "text", "Rust + text by its class"),
    FieldRow("Optional[int]", "None", "nil"),
    FieldRow("Union[int, str]", "'a'", "text"),
    FieldRow("Union[Required1, Required2]", "Required2(2)", "map of int"),
    FieldRow("Union[Dict[str, Point], List[Point]]", "{'a': Point(1)}", "map of map"),
    FieldRow("Union[List[Point], Dict[str, Point]]", "{'a': Point(1)}", "map of map"),
    FieldRow("list", "[1, 'a']", "array of int"),
    FieldRow("List[int]", "[1]", "array of int"),
    FieldRow("Sequence[int]", "[1]", "array of int"),
    FieldRow("Tuple[int, str]", "(1, 'a')", "array of int"),
    FieldRow("Tuple[int, ...]", "(1, 2)", "array of int"),
    FieldRow("Pair", "Pair(1)", "array of int"),
    FieldRow("Set[int]", "{1}", "array of int"),
    FieldRow("FrozenSet[str]", "frozenset('a')", "array of text"),
    FieldRow("Deque[int]", "collections.deque([1])", "array of int", "Rust + msgpack by its class"),
    FieldRow("dict", "{'a': 1}", "map of int"),
    FieldRow("Dict[str, Point]", "{'a': Point(1)}", "map of map"),
    FieldRow("Dict[int, List[datetime.date]]", "{1: [datetime.date(2020, 1, 2)]}", "map of array"),
    FieldRow("OrderedDict[str, int]", "collections.OrderedDict(a=1)", "map of int", "Rust + msgpack by its class"),
    FieldRow("DefaultDict[str, int]", "collections.defaultdict(int, a=1)", "map of int", "Rust + msgpack by its class"),
    FieldRow("Counter[str]", "collections.Counter('a')", "map of int", "Rust + msgpack by its class"),
    FieldRow("Record", "{'a': 1, 'at': datetime.date(2020, 1, 2)}", "map of int", "Rust + msgpack by its class"),
    FieldRow("Point", "Point(1)", "map of int"),
    FieldRow("Pairs[int]", "Pairs(1, 2)", "map of int"),
    FieldRow("Optional[Node]", "Node(1, Node(2))", "map of int"),
    FieldRow("Mixin", "Mixin({1: 'a'})", "map of map"),
    FieldRow("Aliased", "Aliased(b=2)", "map of int", "Rust + msgpack by its class"),
    FieldRow("Own", "Own(1, 2)", "array of int", "Rust + msgpack by its class"),
    FieldRow("Model", "Model(x=1)", "map of int", "Rust + JSON by its class", NEW),
    FieldRow("FlyteError", "FlyteError('m', 'n')", "map of text"),
    FieldRow("FlyteFile", "FAR", "map of text", "Rust + msgpack by its class"),
    FieldRow("List[FlyteFile]", "[FlyteFile(FAR)]", "array of map", "Rust + msgpack by its class"),
    FieldRow("Optional[FlyteDirectory]", "FlyteDirectory(FAR)", "map of text", "Rust + msgpack by its class"),
    FieldRow("os.PathLike", "pathlib.PurePath('/a')", "text", "Rust + text by its class"),
    FieldRow(
        "StructuredDataset",
        "StructuredDataset(uri='s3://bucket/table', file_format='parquet')",
        "map of text",
        "Rust + msgpack by its class",
    ),
    FieldRow("typing.NewType('N', int)", "1", "int", "Rust", NEW),
]

#: Types that nobody converts: what flytekit says begins what wingbeat says, or the class of the error is the same.
REFUSED = [
    "list",
    "tuple",
    "Tuple[int, str]",
    "Pair",
    "List[Tuple[int, str]]",
    "Level",
    "Literal['a', 1]",
    "Literal[None]",
    "collections.OrderedDict[str, int]",
]
