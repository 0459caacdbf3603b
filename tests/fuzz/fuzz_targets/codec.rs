//! Compiled codecs on arbitrary bytes: the first byte picks the type. Nothing may panic, and what a codec has read it can
//! write, and read again to the same value.

#![no_main]

use std::sync::OnceLock;

use _core::codec::Codec;
use _core::object::Output;
use _core::plan;
use _core::wire::Sink;
use libfuzzer_sys::fuzz_target;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

/// The types, and the Python that describes them.
const TYPES: &std::ffi::CStr = c"
import dataclasses, datetime, enum, sys, typing
sys.path.insert(0, SOURCES)
from wingbeat.types.describe import describe

class Color(enum.Enum):
    RED = 'red'
    BLUE = 'blue'

class Level(enum.Enum):
    LOW = 1
    HIGH = 2.5

@dataclasses.dataclass
class Leaf:
    a: int
    b: str = 'x'

@dataclasses.dataclass(frozen=True)
class Tree:
    leaf: Leaf
    more: typing.List['Tree'] = dataclasses.field(default_factory=list)
    when: typing.Optional[datetime.datetime] = None
    level: typing.Optional[Level] = None
    either: typing.Union[int, str, typing.List[float], None] = None
    pairs: typing.Dict[int, typing.Tuple[bool, bytes]] = dataclasses.field(default_factory=dict)
    anything: typing.Any = None

Tree.__module__ = Leaf.__module__ = Color.__module__ = Level.__module__ = '__main__'
vars(sys.modules['__main__']).update(Tree=Tree)

SCHEMAS = [describe(hint) for hint in [
    int, float, str, bool, type(None), datetime.datetime, datetime.date, datetime.timedelta, Color,
    typing.Literal['a', 'b'], list[int], list[float], list[str], list[bool], list[list[int]], dict[str, int],
    dict[str, list[str]], dict, dict[int, str], typing.Optional[int], typing.Union[int, str, list[int]],
    list[typing.Optional[str]], Leaf, Tree, list[Tree], typing.Union[Leaf, Tree], dict[str, typing.Optional[Leaf]],
]]
";

fn codecs(py: Python<'_>) -> &'static [Codec] {
    static CODECS: OnceLock<Vec<Codec>> = OnceLock::new();
    CODECS.get_or_init(|| {
        let scope = PyDict::new(py);
        let sources = concat!(env!("CARGO_MANIFEST_DIR"), "/../../python");
        for (name, value) in [("__name__", "__main__"), ("SOURCES", sources)] {
            scope.set_item(name, value).expect("a dict takes a string");
        }
        py.run(TYPES, Some(&scope), None).expect("the types are described");
        let schemas = scope.get_item("SCHEMAS").expect("a dict").expect("a list");
        let schemas = schemas.cast_into::<PyList>().expect("a list");
        schemas.iter().map(|schema| plan::literal(&schema).expect("a schema compiles")).collect()
    })
}

fuzz_target!(|data: &[u8]| {
    let [first, literal @ ..] = data else { return };
    Python::attach(|py| {
        let codecs = codecs(py);
        let codec = &codecs[usize::from(*first) % codecs.len()];
        let value = match codec.decode(py, literal) {
            Ok(value) => value,
            Err(error) => {
                let error = error.into_pyerr(py, "value");
                let message = error.value(py).str().expect("an error has a text");
                assert!(message.len().expect("a length") < 2000, "a message of {} characters", message.len().unwrap());
                return;
            }
        };
        let mut written = Output::new(py).expect("memory");
        if let Err(error) = codec.encode(&value, &mut written) {
            // A number beyond 64 bits can be read from a float or a text; a cycle of defaults cannot be written.
            let message = error.into_pyerr(py, "value").to_string();
            assert!(message.contains("64 bits") || message.contains("nested too deeply"), "{message}");
            return;
        }
        let again = codec.decode(py, written.as_slice()).unwrap_or_else(|e| panic!("{}", e.into_pyerr(py, "value")));
        // By text: NaN is not equal to itself.
        assert_eq!(again.repr().unwrap().to_string(), value.repr().unwrap().to_string());
    });
});
