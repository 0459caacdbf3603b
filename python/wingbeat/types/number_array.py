"""Arrays of numbers for the `Numbers` node: what is filled, and what is written."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

#: NumPy's names of the types that a node fills and reads: 8 bytes, or 1, in the machine's order.
DTYPES = {"int": "int64", "float": "float64", "bool": "bool"}
#: The kinds of NumPy's types that are written as an element: signed, unsigned, float, boolean.
_KINDS = {"int": "iu", "float": "fiu", "bool": "b"}
_LARGEST = 2**63 - 1


def make(element: str, shape: tuple[int, ...]) -> Any:
    """A new array, not initialized."""
    return numpy().empty(shape, DTYPES[element])


def take(value: Any, element: str, dimensions: int) -> Any:
    """The array to write for a value, in C order: the value itself if it is one.

    Integers are written as floats where those are declared; nothing else is converted. Raises
    `TypeTransformerFailedError` if the value is no array, is of another kind or has other dimensions.
    """
    library = numpy()
    if value is None:
        _refuse("array", "None", "declare Optional[...] where None is allowed")
    if not isinstance(value, library.ndarray):
        _refuse("array", type(value).__name__, "numpy.asarray makes one")
    if any((base.__module__, base.__name__) == ("numpy.ma", "MaskedArray") for base in type(value).__mro__):
        _refuse("array", "masked array", "a collection has no place for what is masked, give it a value: filled()")
    if value.dtype.kind not in _KINDS[element]:
        _refuse(f"array of {element}", f"array of {value.dtype}", f"convert it by astype({element})")
    if value.ndim != dimensions:
        _refuse(f"array of {_dimensions(dimensions)}", _dimensions(value.ndim))
    if element == "int" and value.dtype.kind == "u" and value.size and int(value.max()) > _LARGEST:
        _refuse("integer of 64 bits", str(int(value.max())))
    return library.asarray(value, DTYPES[element], order="C")


def numpy() -> Any:
    """NumPy. Whoever has an array has loaded it."""
    from wingbeat.types.third_party import load

    return load("numpy", "to convert arrays")


def _dimensions(number: int) -> str:
    return "1 dimension" if number == 1 else f"{number} dimensions"


def _refuse(expected: str, got: str, hint: str = "") -> NoReturn:
    from wingbeat.errors import TypeTransformerFailedError

    raise TypeTransformerFailedError(f"expected {expected}, got {got}" + (f"; {hint}" if hint else ""))
