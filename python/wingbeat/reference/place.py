"""Where a value stands in the data, and the errors that say so."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from wingbeat.errors import MalformedLiteralError, TypeTransformerFailedError
from wingbeat.reference.words import PREVIEW, preview

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wingbeat.types.schema import Dataclass


#: Characters of a message that a transformer's own exception adds.
EXCEPTION = 2000


class Place:
    """One step of a path, linked to its parent: text is made only for an error.

    `depth` counts the containers around the place. `classes` holds the dataclasses whose description encloses it, for
    `Recursion` nodes; `tried` what unions of the same document have found out.
    """

    __slots__ = ("_parent", "_step", "classes", "depth", "tried")

    def __init__(self, step: str, parent: Place | None = None) -> None:
        self._step = step
        self._parent = parent
        self.depth: int = 0 if parent is None else parent.depth
        self.classes: dict[type, Dataclass] = {} if parent is None else parent.classes
        self.tried: dict[tuple[int, int], Any] = {} if parent is None else parent.tried

    def _inner(self, step: str) -> Place:
        place = Place(step, self)
        place.depth += 1
        return place

    def field(self, name: str) -> Place:
        return self._inner(f".{name}")

    def index(self, position: int) -> Place:
        return self._inner(f"[{position}]")

    def key(self, key: Any) -> Place:
        if type(key) is str and not any("\ud800" <= character <= "\udfff" for character in key):
            text = json.dumps(key if len(key) <= PREVIEW else f"{key[:PREVIEW]}…", ensure_ascii=False)
        else:
            text = preview(key)
        return self._inner(f"[{text}]")

    def document(self) -> Place:
        """The same place as the root of a msgpack document, which counts its own depth."""
        place = Place("", self)
        place.depth, place.classes, place.tried = 0, {}, {}
        return place

    def inside(self, schema: Dataclass) -> Place:
        """The same place, with `schema` as what `Recursion(schema.cls)` means."""
        place = Place("", self)
        place.classes = {**self.classes, schema.cls: schema}
        return place

    def recursion(self, cls: type) -> Dataclass:
        return self.classes[cls]

    def __str__(self) -> str:
        steps = []
        place: Place | None = self
        while place is not None:
            steps.append(place._step)
            place = place._parent
        return "".join(reversed(steps))


def refusal(
    place: Place, problem: str, expected: str = "", got: str = "", hint: str = ""
) -> TypeTransformerFailedError:
    """The error of a value that does not fit, in free words."""
    error = TypeTransformerFailedError(f"{place}: {problem}" + (f"; {hint}" if hint else ""))
    error.path, error.expected, error.got, error.hint = str(place), expected, got, hint
    return error


def mismatch(place: Place, expected: str, got: str, hint: str = "") -> TypeTransformerFailedError:
    """The error of a value of another kind than the declared type asks for."""
    return refusal(place, f"expected {expected}, got {got}", expected, got, hint)


@contextmanager
def user_code(place: Place) -> Iterator[None]:
    """Around a call of a constructor, a transformer, an enum's hook: what it raises is an error at this place.

    Not `KeyboardInterrupt` and its like, which are about the process.
    """
    try:
        yield
    except TypeTransformerFailedError as error:
        # A codec of the transformer's own found it: its place goes on from here.
        inner = re.sub(r"^[^.\[]*", "", error.path)
        text = str(error).removeprefix(f"{error.path}: ")
        outer = refusal(Place(inner, place), cut(text), error.expected, error.got)
        outer.hint = error.hint
        raise outer from error
    except Exception as error:
        raise refusal(place, f"{type(error).__name__}: {cut(str(error))}") from error


def cut(text: str) -> str:
    """A transformer's own message, of which more is shown than of a value."""
    return text if len(text) <= EXCEPTION else f"{text[:EXCEPTION]}…"


def malformed(place: Place, problem: object) -> MalformedLiteralError:
    """The error of bytes that are no literal."""
    error = MalformedLiteralError(f"{place}: {problem}")
    error.path = str(place)
    return error
