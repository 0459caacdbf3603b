"""What no other transformer converts is pickled into a file (type-system spec 2.13).

The file holds what cloudpickle makes of the value and is called by the MD5 of its content. It lies in a folder of its
own below the raw output prefix.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from wingbeat.errors import TypeTransformerFailedError
from wingbeat.types.blob import BlobTransformer, Location
from wingbeat.types.hints import is_annotated, name
from wingbeat.types.pickle_policy import require_allowed, warn_once
from wingbeat.types.preview import preview
from wingbeat.types.registry import leave_unknown_type
from wingbeat.types.third_party import load
from wingbeat.types.transformer import TypeTransformer
from wingbeat.types.transformers.stored_file import local_path, upload

if TYPE_CHECKING:
    from wingbeat.idl import Literal, LiteralType

__all__ = ["FlytePickle", "PickleTransformer", "PickledDictTransformer", "fallback", "make"]

T = TypeVar("T")

FORMAT = "PythonPickle"


class FlytePickle(Generic[T]):
    """The type of a pickled value whose class is not known: what `guess_python_type` says."""

    @classmethod
    def python_type(cls) -> type:
        """That of None: nothing is known."""
        return type(None)

    @classmethod
    async def to_pickle(cls, ctx: Any, python_val: Any) -> str:
        """Pickle and upload; returns the URI. Raises `TypeTransformerFailedError` as `write` does."""
        return write(ctx, python_val, type(python_val))

    @classmethod
    async def from_pickle(cls, uri: str) -> Any:
        """Download and unpickle. Raises `TypeTransformerFailedError` as `read` does."""
        from wingbeat.types.context import current_context

        return read(current_context(), uri, cls)


class PickleTransformer(BlobTransformer[Any]):
    """Pickles values of any class but None. What the value is, is not compared with the declared type."""

    PYTHON_PICKLE_FORMAT = FORMAT

    def __init__(self) -> None:
        super().__init__("FlytePickle", FlytePickle, enable_type_assertions=False)

    def blob_format(self, t: Any) -> str:
        """The same for all types."""
        return FORMAT

    def fetches(self, t: Any) -> bool:
        """True: a pickle is read at once."""
        return True

    def get_literal_type(self, t: Any) -> LiteralType:
        """A blob, with the type's name."""
        found = super().get_literal_type(t)
        found.metadata = {"python_class_name": str(t)}
        return found

    def dump(self, ctx: Any, value: Any, t: Any) -> Location:
        """Pickle and upload. Raises `TypeTransformerFailedError` if that cannot be, or pickles are denied."""
        return Location(write(ctx, value, t), FORMAT, False)

    def load(self, ctx: Any, location: Location, t: Any) -> Any:
        """The unpickled value. Raises `TypeTransformerFailedError` if it cannot be, or pickles are denied."""
        return read(ctx, location.uri, t)

    def guess_python_type(self, literal_type: LiteralType) -> Any:
        """`FlytePickle`, if the Flyte type is a pickle's."""
        blob = literal_type.blob
        if blob is not None and blob.dimensionality == 0 and blob.format == FORMAT:
            return FlytePickle
        raise ValueError(f"Transformer {self} cannot reverse {preview(literal_type)}")


class PickledDictTransformer(TypeTransformer[Any]):
    """`Annotated[dict, kwtypes(allow_pickle=True)]`: the whole dict is pickled if msgpack cannot hold its content."""

    def __init__(self) -> None:
        super().__init__("Typed Dict", dict, enable_type_assertions=False)

    def get_literal_type(self, t: Any) -> LiteralType:
        """That of the dict."""
        from wingbeat.idl import LiteralType
        from wingbeat.types.literal_type import literal_type

        return LiteralType.from_bytes(literal_type(t))

    def to_literal(self, ctx: Any, python_val: Any, python_type: Any, expected: LiteralType) -> Literal:
        """The literal of the dict: msgpack, or a `Struct` that says where the pickle is."""
        from wingbeat.idl import Literal
        from wingbeat.types.codec import compiled

        try:
            return Literal.from_bytes(compiled(_bare(python_type)).encode(python_val))
        except TypeTransformerFailedError:
            if type(python_val) is not dict:
                raise
        return _struct(write(ctx, python_val, python_type))

    def to_python_value(self, ctx: Any, lv: Literal, expected_python_type: Any) -> Any:
        """The dict of a literal of either form."""
        from wingbeat.types.codec import compiled

        generic = None if lv.scalar is None else lv.scalar.generic
        if generic is not None and (lv.metadata or {}).get("format") == "pickle":
            return read(ctx, generic["pickle_file"], expected_python_type)
        return compiled(_bare(expected_python_type)).decode(lv.serialize_to_string())


def write(ctx: Any, value: Any, hint: Any) -> str:
    """Pickle and upload a value; returns its URI."""
    import hashlib

    from wingbeat.storage import local

    if value is None:
        raise TypeTransformerFailedError("Cannot pickle None Value.; declare Optional[...] if None is meant")
    require_allowed(hint, reading=False)
    data = _dumps(value)
    path = ctx.file_access.get_random_local_path(hashlib.md5(data, usedforsecurity=False).hexdigest())
    local.write(path, data, path, durable=False)
    return upload(ctx, path)


def read(ctx: Any, uri: str, hint: Any) -> Any:
    """Download and unpickle the value at a URI."""
    require_allowed(hint, reading=True)
    with open(local_path(ctx, uri), "rb") as file:
        return _loads(file.read(), uri)


def _dumps(value: Any) -> bytes:
    cloudpickle = load("cloudpickle", f"to pickle a value of type {name(type(value))}")
    try:
        data: bytes = cloudpickle.dumps(value)
    except Exception as error:  # the value's own methods run, and may raise anything
        raise TypeTransformerFailedError(f"cannot be pickled: {type(error).__name__}: {preview(error)}") from error
    return data


def _loads(data: bytes, uri: str) -> Any:
    import pickle

    try:
        if b"flytekit" in data:
            from wingbeat.types import left_to_flytekit

            return left_to_flytekit.loads(data)
        return pickle.loads(data)  # noqa: S301  # what the type asks for; WINGBEAT_PICKLE forbids it
    except Exception as error:  # a pickle is a program, and may raise anything
        from wingbeat.types.pickle_origin import origin_of, this_python

        parts = (
            f"the pickle cannot be read by this {this_python()}: {_reason(error)}",
            origin_of(data),
            "the version and the packages must be those that wrote it",
            f"it is at {uri}",
        )
        raise TypeTransformerFailedError("; ".join(part for part in parts if part)) from error


def _reason(error: Exception) -> str:
    if isinstance(error, ModuleNotFoundError):
        return f"it needs the module {error.name!r}, which is not here"
    if isinstance(error, AttributeError):
        return f"it needs a name that is not there: {preview(error)}"
    return f"{type(error).__name__}: {preview(error)}"


def _struct(uri: str) -> Literal:
    from wingbeat.idl import Literal, Scalar
    from wingbeat.idl.messages import struct_of

    return Literal(scalar=Scalar(generic=struct_of({"pickle_file": uri})), metadata={"format": "pickle"})


def _bare(hint: Any) -> Any:
    while is_annotated(hint):
        hint = hint.__origin__
    return hint


def fallback(hint: Any) -> PickleTransformer:
    """The transformer of a type that no other one converts. Logs that, once for each type.

    Raises:
        NotCovered: user code takes wingbeat for flytekit, and a plugin is installed that may know the type.
    """
    leave_unknown_type(hint)
    warn_once(hint)
    return PickleTransformer()


def make(hint: Any) -> PickleTransformer:  # noqa: ARG001  # the signature of all `make`
    """The transformer of `FlytePickle`, which is meant to be pickled."""
    return PickleTransformer()
