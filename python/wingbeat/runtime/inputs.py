"""The way in: a serialized `LiteralMap` becomes the keyword arguments of a task."""

from __future__ import annotations

from wingbeat.errors import OffloadedLiteralError
from wingbeat.storage import local_path
from wingbeat.types.codec import InterfaceCodec

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any

    from wingbeat._core import Elements

#: Literals stored elsewhere, inside of literals stored elsewhere.
_MOST_ROUNDS = 8


class InputCodec:
    """Reads the inputs that a task declares.

    Raises:
        Exception: from the constructor, for a hint that is no Flyte type.
    """

    def __init__(self, task: Any) -> None:
        self._task = task
        self._codec = InterfaceCodec(task.python_interface.inputs)

    def decode(
        self,
        document: bytes,
        element: int | None = None,
        bound: Collection[str] = (),
        elements: Elements | None = None,
    ) -> dict[str, Any]:
        """The arguments. An input that is missing is left out: the function has a default for it, or complains.

        With `element`, those of one element of a map task: see `InterfaceCodec.decode`. `elements` says where in the
        document each is, for whoever decodes many: see `find_elements`.

        Raises:
            TypeTransformerFailedError: a value does not fit, or there is no such input. Its text begins
                `Error converting input '<name>':` (type-system spec 7).
            MalformedLiteralError: the document is not a literal map, or a literal in it is none.
            StorageError: a literal that is stored elsewhere cannot be read.
            IndexError: there is no such element.
            KeyError: a map task has no such input, though its function may have a default (runtime contract 6.1).
        """
        try:
            for _ in range(_MOST_ROUNDS):
                try:
                    return self._complete(self._decode(document, element, bound, elements), element)
                except OffloadedLiteralError:
                    from wingbeat.runtime import offloaded_inputs

                    document, elements = offloaded_inputs.fetch(document, element, bound), None
            return self._complete(self._decode(document, element, bound), element)
        except Exception as error:
            from wingbeat.runtime.input_errors import explain

            explained = explain(error, self._task, document)
            if explained is error:
                raise
            raise explained from error

    def find_elements(self, document: bytes, bound: Collection[str] = ()) -> tuple[bytes, Elements]:
        """Where in a document each element of a map task is; and the document, in which that is.

        It is another where a list, or an input that is the same for all, was stored elsewhere: these are fetched now.

        Raises:
            TypeTransformerFailedError, MalformedLiteralError, StorageError: as `decode` does, with the same texts.
        """
        try:
            from wingbeat.runtime import offloaded_inputs

            for _ in range(_MOST_ROUNDS):
                fetched = offloaded_inputs.fetch(document, 0, bound)
                if fetched is document:
                    break
                document = fetched
            return document, self._codec.elements(document, bound)
        except Exception as error:
            from wingbeat.runtime.input_errors import explain

            explained = explain(error, self._task, document)
            if explained is error:
                raise
            raise explained from error

    def _complete(self, arguments: dict[str, Any], element: int | None) -> dict[str, Any]:
        if element is not None:
            for name in self._codec.hints:
                if name not in arguments:
                    raise KeyError(f"input {name!r} is missing: a map task is given every input that it declares")
        return arguments

    def _decode(
        self, document: bytes, element: int | None, bound: Collection[str], elements: Elements | None = None
    ) -> dict[str, Any]:
        source: InterfaceCodec | Elements = self._codec
        where: tuple[Any, ...] = (document, element, bound)
        if elements is not None:
            source, where = elements, (element,)
        if self._codec.has_locations:
            places = [
                (uri, folder)
                for _, uri, folder, is_eager in source.locations(*where)
                if is_eager and local_path(uri) is None
            ]
            if places:
                from wingbeat.runtime.flyte_context import of_process

                with of_process().file_access.prefetch(places):
                    return source.decode(*where)
        return source.decode(*where)


def variable_of(error: Exception) -> str:
    """The variable that an error of the codec is about: `xs` of `inputs.xs[17].zip`; empty if it does not say."""
    _, _, path = path_of(error).partition(".")
    end = min((path.index(mark) for mark in ".[" if mark in path), default=len(path))
    return path[:end]


def path_of(error: Exception) -> str:
    """Where in the inputs or outputs an error of the codec is; empty if it does not say."""
    return str(getattr(error, "path", ""))
