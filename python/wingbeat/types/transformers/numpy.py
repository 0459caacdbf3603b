"""NumPy's arrays: `.npy` files, and collections of numbers (type-system spec 2.14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wingbeat.types import schema
from wingbeat.types.array_options import Options, options
from wingbeat.types.blob import Location
from wingbeat.types.hints import arguments, is_annotated
from wingbeat.types.number_array import make as new_array
from wingbeat.types.number_array import take
from wingbeat.types.number_lists import of_lists
from wingbeat.types.pickle_policy import require_allowed
from wingbeat.types.third_party import load
from wingbeat.types.transformers.stored_file import StoredFileTransformer, downloaded

if TYPE_CHECKING:
    from wingbeat.idl import Literal, LiteralType

__all__ = ["NumpyArrayTransformer", "make"]


class NumpyArrayTransformer(StoredFileTransformer[Any]):
    """`numpy.ndarray`, its subclasses, and `numpy.typing.NDArray[...]`.

    A literal that is a collection of numbers, nested and rectangular, is read too. `Annotated[..., Collection(...)]`
    is written as one; without it, arrays are written as files. `kwtypes(allow_pickle=..., mmap_mode=...)` are options
    of `numpy.load` and `numpy.save`.
    """

    FORMAT = NUMPY_ARRAY_FORMAT = "NumpyArray"
    SUFFIX = ".npy"
    WHAT = "an array"

    def __init__(self) -> None:
        super().__init__("Numpy Array", load("numpy", "to convert arrays").ndarray)

    def get_literal_type(self, t: Any) -> LiteralType:
        """A blob, or the collection that the annotation asks for."""
        collection = options(t).collection
        if collection is None:
            return super().get_literal_type(t)
        from wingbeat.idl import LiteralType
        from wingbeat.types.literal_type import literal_type

        return LiteralType.from_bytes(literal_type(collection.list_type))

    def node(self, t: Any) -> schema.Schema:
        """The node that fills arrays from collections, around that of the file."""
        collection = options(t).collection
        files = super().node(t)
        if collection is None:
            return schema.Numbers(_element(t), 0, new_array, take, files, False)
        return schema.Numbers(collection.element.__name__, collection.dimensions, new_array, take, files, True)

    def to_literal(self, ctx: Any, python_val: Any, python_type: Any, expected: LiteralType) -> Literal:
        """The literal of an array. Raises `TypeTransformerFailedError` if it cannot be written as declared."""
        if options(python_type).collection is None:
            return super().to_literal(ctx, python_val, python_type, expected)
        from wingbeat._core import Codec
        from wingbeat.idl import Literal

        return Literal.from_bytes(Codec(self.node(python_type)).encode(python_val))

    def to_python_value(self, ctx: Any, lv: Literal, expected_python_type: Any) -> Any:
        """The array of a literal. Raises `TypeTransformerFailedError` if it holds something else."""
        if lv.collection is None:
            return super().to_python_value(ctx, lv, expected_python_type)
        from wingbeat._core import Codec

        return Codec(self.node(expected_python_type)).decode(lv.serialize_to_string())

    def load_document(self, ctx: Any, content: Any, t: Any) -> Any:
        """The array of a list, which attribute access on an upstream output gives (type-system spec 4.7)."""
        collection = options(t).collection
        if collection is None:
            return of_lists(content, _element(t), 0)
        return of_lists(content, collection.element.__name__, collection.dimensions)

    def write(self, value: Any, path: str, t: Any) -> None:
        """`numpy.save`. Raises `TypeTransformerFailedError` if it would need a pickle and may not use one."""
        pickled = _pickled(t, options(t), reading=False)
        load("numpy", "to write arrays").save(path, value, allow_pickle=pickled)

    def load(self, ctx: Any, location: Location, t: Any) -> Any:
        """Read a file, or map it into memory. One that may be changed through the map is a copy."""
        mode = options(t).mmap_mode
        if mode not in (None, "r", "c"):
            location = Location(downloaded(ctx, location.uri), location.format, location.multipart, location.metadata)
        return super().load(ctx, location, t)

    def read(self, path: str, t: Any) -> Any:
        """`numpy.load`."""
        found = options(t)
        pickled = _pickled(t, found, reading=True)
        return load("numpy", "to read arrays").load(path, mmap_mode=found.mmap_mode, allow_pickle=pickled)


def _pickled(t: Any, found: Options, *, reading: bool) -> bool:
    if found.allow_pickle:
        require_allowed(t, reading)
    return found.allow_pickle


#: Kinds of NumPy's scalar types, by a base class of theirs.
_ELEMENTS = {"floating": "float", "integer": "int", "bool": "bool", "bool_": "bool"}


def _element(t: Any) -> str:
    """The element that `NDArray[float64]` names; empty if it names none."""
    while is_annotated(t):
        t = t.__origin__
    for argument in arguments(t)[1:]:
        for scalar in arguments(argument):
            for base in getattr(scalar, "__mro__", ()):
                if base.__module__ == "numpy" and base.__name__ in _ELEMENTS:
                    return _ELEMENTS[base.__name__]
    return ""


def make(hint: Any) -> NumpyArrayTransformer:  # noqa: ARG001  # the signature of all `make`
    """The transformer of `numpy.ndarray` and its subclasses."""
    return NumpyArrayTransformer()
