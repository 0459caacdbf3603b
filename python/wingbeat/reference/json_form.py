"""JSON text to and from the neutral form, for classes that convert themselves to JSON (type-system spec 2.11, 4.2)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from wingbeat.reference import words
from wingbeat.reference.msgpack_form import MAX_DEPTH
from wingbeat.reference.place import refusal
from wingbeat.reference.tree import Extension, Pairs

if TYPE_CHECKING:
    from wingbeat.reference.place import Place
    from wingbeat.reference.tree import Tree

_TOO_DEEP = f"nested too deeply: more than {MAX_DEPTH} containers"


def tree(text: object, place: Place) -> Tree:
    """What JSON text says. `NaN` and `Infinity` are numbers, as Python's `json` has them."""
    if not isinstance(text, (str, bytes)):
        raise refusal(place, f"its JSON is malformed: {words.python(text)}")
    try:
        value = json.loads(text, object_pairs_hook=Pairs)
    except ValueError as error:  # `JSONDecodeError`, `UnicodeDecodeError`
        raise refusal(place, f"its JSON is malformed: {error}") from None
    except RecursionError:
        raise refusal(place, _TOO_DEEP) from None
    _check(value, place, 0)
    return value


def _check(value: Tree, place: Place, depth: int) -> None:
    """What msgpack cannot hold: huge integers, lone surrogates, more containers than are read back."""
    if depth > MAX_DEPTH:
        raise refusal(place, _TOO_DEEP)
    if type(value) is int and not -(2**63) <= value < 2**64:
        raise refusal(place, f"cannot be written as msgpack: {words.python(value)} is outside 64 bits")
    if type(value) is str:
        try:
            value.encode()
        except UnicodeEncodeError:
            raise refusal(place, "its JSON is malformed: a lone surrogate") from None
    if isinstance(value, Pairs):
        for key, item in value:
            _check(key, place, depth + 1)
            _check(item, place, depth + 1)
    elif isinstance(value, list):
        for item in value:
            _check(item, place, depth + 1)


def text(value: Tree, place: Place) -> bytes:
    """The JSON text of a value, its keys in order and as often as they occur."""
    return _text(value, place).encode()


def _text(value: Tree, place: Place) -> str:
    if isinstance(value, Extension):
        raise refusal(place, "cannot be read as JSON: it holds a msgpack extension")
    if isinstance(value, bytes):
        raise refusal(place, "cannot be read as JSON: it holds bytes")
    if isinstance(value, Pairs):
        return "{" + ",".join(f"{_key(key, place)}:{_text(item, place)}" for key, item in value) + "}"
    if isinstance(value, list):
        return "[" + ",".join(_text(item, place) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def _key(key: Tree, place: Place) -> str:
    if isinstance(key, (list, bytes, Extension)):
        raise refusal(place, "cannot be read as JSON: a key is no text or number")
    spelled = json.dumps(key, ensure_ascii=False)
    return spelled if isinstance(key, str) else json.dumps(spelled)
