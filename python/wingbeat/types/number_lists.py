"""Arrays of numbers from the nested lists of a document, by the rules of the `Numbers` node for nested collections.

Attribute access on an upstream output, and other clients, give such documents (type-system spec 4.7).
"""

from __future__ import annotations

from wingbeat.types.number_array import DTYPES, numpy
from wingbeat.types.preview import preview

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

#: Lists inside each other that make an array.
_DEEPEST = 32
_NUMBERS = frozenset((int, float))
_OPTIONAL = "declare Optional[...] where None is allowed"


def of_lists(content: Any, element: str, dimensions: int) -> Any:
    """The array of a document.

    `element` is `int`, `float` or `bool`, or empty for what the lists hold; `dimensions` is 0 for as deep as they are.
    Raises `TypeTransformerFailedError`, with the place, if they are not rectangular or hold something else.
    """
    if not isinstance(content, list):
        _refuse("blob or collection of numbers", _word(content), _optional(content))
    survey = _Survey()
    survey.collection(content, ())
    shape = survey.shape
    if dimensions and len(shape) != dimensions:
        if len(shape) > dimensions or 0 not in shape:
            _refuse(f"numbers in collections {dimensions} deep", f"{len(shape)} deep")
        shape += [0] * (dimensions - len(shape))
    element = element or survey.element
    wrong = next((index for index, cell in enumerate(survey.cells) if not _fits(element, cell)), None)
    if wrong is not None:
        _refuse_cell(element, survey.cells[wrong], tuple(map(int, numpy().unravel_index(wrong, shape))))
    return numpy().array(survey.cells, DTYPES[element]).reshape(shape)


class _Survey:
    """The shape of nested lists, and their numbers in order."""

    def __init__(self) -> None:
        self.shape: list[int] = []
        self.cells: list[Any] = []
        self._kinds: set[type] = set()

    @property
    def element(self) -> str:
        if bool in self._kinds:
            return "bool"
        return "int" if self._kinds == {int} else "float"

    def collection(self, items: list[Any], place: tuple[int, ...]) -> None:
        depth = len(place)
        if depth == len(self.shape):
            if depth == _DEEPEST:
                _refuse(f"collections nested at most {_DEEPEST} deep", "more", place=place)
            self.shape.append(len(items))
        elif len(items) != self.shape[depth]:
            word = "numbers" if depth + 1 == len(self.shape) else "collections"
            hint = "the rows of an array are of one length"
            _refuse(f"{self.shape[depth]} {word}", str(len(items)), hint, place)
        kinds = self._kinds | set(map(type, items))
        if depth + 1 == len(self.shape) and (kinds <= _NUMBERS or kinds == {bool}):
            self._kinds = kinds
            self.cells += items
            return
        for index, item in enumerate(items):
            self._item(item, depth, (*place, index))

    def _item(self, item: Any, depth: int, place: tuple[int, ...]) -> None:
        leaf = depth + 1 == len(self.shape)
        is_number = type(item) in (int, float, bool)
        if isinstance(item, list) and not (leaf and self._kinds):
            self.collection(item, place)
        elif not is_number or not leaf:
            _refuse("collection" if is_number else "number", _word(item), _optional(item), place)
        else:
            self._kinds.add(type(item))
            if bool in self._kinds and len(self._kinds) > 1:
                _refuse_cell("float" if type(item) is bool else "bool", item, place)
            self.cells.append(item)


def _fits(element: str, cell: Any) -> bool:
    if (type(cell) is bool) != (element == "bool"):
        return False
    if element != "int":
        return True
    if type(cell) is float and not cell.is_integer():  # neither are nan and inf
        return False
    return bool(-(2**63) <= cell < 2**63)


def _refuse_cell(element: str, cell: Any, place: tuple[int, ...]) -> NoReturn:
    if element == "bool":
        _refuse("boolean", "number", "an array holds either numbers or booleans", place)
    if type(cell) is bool:
        _refuse("number", "boolean", "an array holds either numbers or booleans", place)
    _refuse("integer of 64 bits" if type(cell) is int else "integer", _word(cell), place=place)


def _optional(content: Any) -> str:
    return _OPTIONAL if content is None else ""


def _word(value: Any) -> str:
    """A value of a document in the words of messages."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return f"boolean {str(value).lower()}"
    if isinstance(value, (list, dict)):
        return f"{'collection' if isinstance(value, list) else 'map'} of {len(value)}"
    words = {int: "integer", float: "float", str: "string"}
    return f"{words.get(type(value), type(value).__name__)} {preview(repr(value))}"


def _refuse(expected: str, got: str, hint: str = "", place: tuple[int, ...] = ()) -> NoReturn:
    from wingbeat.errors import TypeTransformerFailedError

    path = "value" + "".join(f"[{index}]" for index in place)
    error = TypeTransformerFailedError(f"{path}: expected {expected}, got {got}" + (f"; {hint}" if hint else ""))
    error.path, error.expected, error.got, error.hint = path, expected, got, hint
    raise error
