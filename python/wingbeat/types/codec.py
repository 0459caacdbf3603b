"""The public face of the compiled codecs: a hint, compiled once, converts literals from then on.

>>> codec = Codec(list[int])
>>> codec.encode([1]).hex()
'12080a060a040a020801'
>>> codec.decode(codec.encode([1, 2]))
[1, 2]
"""

from __future__ import annotations

from wingbeat import _core
from wingbeat.types import registry
from wingbeat.types.describe import describe, legacy, own
from wingbeat.types.generic import Generic, T
from wingbeat.types.hints import cache_key, is_annotated, name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Mapping
    from typing import Any, overload

    from typing_extensions import Buffer


# Compiled schemas by hint, the oldest first. A process meets few different hints; a bound keeps one that makes types
# in a loop from growing.
_LIMIT = 1024
_compiled: dict[Hashable, Any] = {}
_epoch = registry.epoch


def compiled(hint: Any) -> _core.Codec:
    """The compiled codec of a hint."""
    return _cached(hint, cache_key, lambda: _core.Codec(describe(hint)))


def compiled_own(hint: Any) -> _core.Codec:
    """The compiled codec that a hint has without a transformer of its own."""
    if registry.find(hint) is None:
        return compiled(hint)
    while is_annotated(hint):
        hint = hint.__origin__
    return _cached(hint, lambda hint: ("own", cache_key(hint)), lambda: _core.Codec(own(hint)))


def _compiled_interface(hints: Mapping[str, Any]) -> _core.InterfaceCodec:
    return _cached(
        hints,
        lambda hints: tuple((variable, cache_key(hint)) for variable, hint in hints.items()),
        lambda: _core.InterfaceCodec({variable: describe(hint, variable) for variable, hint in hints.items()}),
    )


def _cached(subject: Any, key_of: Callable[[Any], Hashable], make: Callable[[], Any]) -> Any:
    """What `make` returned the last time, unless a transformer was registered since."""
    global _epoch
    if _epoch != registry.epoch:
        _compiled.clear()
        _epoch = registry.epoch
    try:
        key = (key_of(subject), legacy())
        found = _compiled.get(key)
    except TypeError:  # an annotation that cannot be hashed
        return make()
    if found is None:
        found = make()
        if len(_compiled) >= _LIMIT:
            # Another thread may have done the same.
            _compiled.pop(next(iter(_compiled), key), None)
        _compiled[key] = found
    return found


class Codec(Generic[T]):
    """Converts one value between Python and a serialized `flyteidl.core.Literal`.

    `hint` is any type that a task may declare: `int`, `list[int]`, `dict[str, Point]`, `int | None`, an `Enum`, a
    dataclass, ... (type-system spec 2.1). It is compiled once; making a second codec for the same hint costs a look-up.
    A codec is immutable and may be used from several threads.

    Raises `TypeTransformerFailedError` if nothing converts the type, `RestrictedTypeError` if it is a tuple.

        >>> Codec(float).decode(bytes.fromhex("0a0b0a0911000000000000f83f"))
        1.5
        >>> Codec(int | None).encode(None).hex()
        '0a144a120a040a022a00120a08005a060a046e6f6e65'
    """

    __slots__ = ("decode", "encode", "hint")

    if TYPE_CHECKING:

        @overload
        def __init__(self: Codec[T], hint: type[T]) -> None: ...
        @overload
        def __init__(self: Codec[Any], hint: object) -> None: ...

        def __init__(self, hint: object) -> None:
            """Compile a hint."""

        hint: Any

        def decode(self, data: Buffer, /) -> T:
            """The value of one serialized `Literal`.

            Raises `TypeTransformerFailedError` if the literal does not fit the type, with the path to the part that
            does not; `MalformedLiteralError` if the bytes are no literal.
            """

        def encode(self, value: T, /) -> bytes:
            """The value as one serialized `Literal`.

            Raises `TypeTransformerFailedError` if the value does not fit the type, with the path to the part that does
            not.
            """

    else:

        def __init__(self, hint: Any) -> None:
            core = compiled(hint)
            self.hint = hint
            # The bound methods themselves, so that a call costs what the compiled codec costs.
            self.decode = core.decode
            self.encode = core.encode

    def __repr__(self) -> str:
        return f"Codec({name(self.hint)})"


class InterfaceCodec:
    """Converts the named inputs or outputs of a task between Python and a serialized `LiteralMap`.

    `hints` gives the declared type of each variable. `defaults` gives values for variables that may be missing from the
    map; without one, a missing variable is absent from what `decode` returns. (An interface without variables ignores
    the map, as flytekit does.)

        >>> codec = InterfaceCodec({"a": int, "b": list[str]}, defaults={"b": []})
        >>> codec.decode(codec.encode({"a": 1, "b": ["x"]}))
        {'a': 1, 'b': ['x']}
        >>> InterfaceCodec({"o0": int}).encode({"o0": 1}).hex()
        '0a0c0a026f3012060a040a020801'

    In a map task every input arrives as a list, of which one run takes one element. `decode(data, element=i)` decodes
    the i-th element only, without looking into the others:

        >>> InterfaceCodec({"a": int}).decode(InterfaceCodec({"a": list[int]}).encode({"a": [5, 6]}), element=1)
        {'a': 6}
    """

    __slots__ = ("_core", "_defaults", "decode", "encode", "has_locations", "hints", "locations")

    if TYPE_CHECKING:
        hints: Mapping[str, Any]
        #: Whether a variable, or a value inside one, may lie at a location.
        has_locations: bool

        def __init__(self, hints: Mapping[str, Any], defaults: Mapping[str, Any] | None = None) -> None:
            """Compile the hints. Raises `ValueError` if a default is given for a name without a hint."""

        def decode(self, data: Buffer, element: int | None = None, bound: Collection[str] = ()) -> dict[str, Any]:
            """The values of one serialized `LiteralMap`, by name.

            With `element`, every variable that is not named in `bound` is a collection of values of its type, and
            the value at that index is decoded. Names that are not declared are passed over then, as ArrayNode does.

            Raises `TypeTransformerFailedError` if a value does not fit its type or the map holds a name that is not
            declared; `IndexError` if `element` is out of range; `MalformedLiteralError` if the bytes are no
            literal map.
            """

        def locations(
            self, data: Buffer, element: int | None = None, bound: Collection[str] = ()
        ) -> list[tuple[str, str, bool, bool]]:
            """Where the values of one serialized `LiteralMap` lie, without loading any.

            For each value that has a location: its path (`xs[3]`), the URI, whether that is a folder, and whether
            `decode` will need the content (a file that is downloaded when it is opened is not needed). Raises
            `MalformedLiteralError` if the bytes are no literal map.
            """

        def elements(self, data: bytes, bound: Collection[str] = ()) -> _core.Elements:
            """Where each element of a map task is, for whoever decodes many of them: see `decode`."""

        def encode(self, values: Mapping[str, Any], /) -> bytes:
            """The values as one serialized `LiteralMap`.

            Raises `TypeTransformerFailedError` if a value does not fit its type, or a name is not declared. A
            variable without a value is left out, as flytekit leaves out what a task did not return.
            """

    else:

        def __init__(self, hints: Mapping[str, Any], defaults: Mapping[str, Any] | None = None) -> None:
            self.hints = dict(hints)
            core = self._core = _compiled_interface(self.hints)
            self.encode = core.encode
            self.locations = core.locations
            self.has_locations = core.has_locations()
            if not defaults:
                self.decode = core.decode
                return
            for variable in defaults:
                if variable not in self.hints:
                    raise ValueError(f"a default is given for {variable!r}, which is not declared")
            self._defaults = dict(defaults)
            self.decode = self._decode_with_defaults

        def elements(self, data: bytes, bound: Collection[str] = ()) -> _core.Elements:
            """Where each element of a map task is."""
            return _core.Elements(self._core, data, bound)

        def _decode_with_defaults(
            self, data: Buffer, element: int | None = None, bound: Collection[str] = ()
        ) -> dict[str, Any]:
            values = self._core.decode(data, element, bound)
            defaults = self._defaults
            return {
                variable: values[variable] if variable in values else defaults[variable]
                for variable in self.hints
                if variable in values or variable in defaults
            }

    def __repr__(self) -> str:
        return f"InterfaceCodec({{{', '.join(f'{key!r}: {name(hint)}' for key, hint in self.hints.items())}}})"
