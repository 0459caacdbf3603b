"""The way out: what a task has returned becomes a serialized `LiteralMap` (runtime contract 5.4)."""

from __future__ import annotations

from os import environ
from sys import modules

from wingbeat.authoring.base_task import PythonTask
from wingbeat.runtime.inputs import path_of, variable_of
from wingbeat.storage import StorageError
from wingbeat.types.codec import InterfaceCodec

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_PREVIEW = 200
#: Bytes of outputs.pb above which Flyte, as it is usually installed, does not read it (runtime contract 4.4).
LARGE = 10 * 2**20


class OutputCodec:
    """Writes the outputs that a task declares.

    Raises:
        Exception: from the constructor, for a hint that is no Flyte type.
    """

    def __init__(self, task: Any) -> None:
        self._task = task
        self._hints = task.python_interface.outputs
        #: Of a task whose types are not known before its values are.
        self._type_of = type_of(task)
        self._codec = InterfaceCodec(self._hints if self._type_of is None else {})

    def encode(self, result: Any) -> bytes:
        """The document for what the task has returned.

        Raises:
            TypeError, IndexError: the result does not fit the number of outputs.
            TypeTransformerFailedError: a value does not fit its type. The text begins `Failed to convert outputs of
                task '<task>' at position <position>.` (type-system spec 7).
            FlyteUploadDataException, FlyteDownloadDataException: a transformer raised it; it gets the same text, and
                its class tells Flyte to try again (runtime contract 5.3).
        """
        if type(result).__name__ == "LiteralMap" and hasattr(result, "to_flyte_idl"):
            return bytes(result.to_flyte_idl().SerializeToString())  # converted by the task itself (contract 5.3)
        values = name_outputs(self._task, result)
        codec = self._codec
        if self._type_of is not None:
            self._hints = {**self._hints, **{name: self._type_of(name, value) for name, value in values.items()}}
            codec = InterfaceCodec({name: self._hints[name] for name in values})
        if len(values) < len(self._hints):
            from wingbeat.runtime import log

            absent = ", ".join(name for name in self._hints if name not in values)
            log.warning(
                f"Task {self._task.name} returned {len(values)} of {len(self._hints)} outputs; missing: {absent}"
            )
            codec = InterfaceCodec({name: self._hints[name] for name in values})
        try:
            answer = self._written(codec, values)
        except Exception as error:
            name = variable_of(error) or (next(iter(values)) if len(values) == 1 else "")
            failed, path = underlying(error)
            if name in values:
                # A failed transfer says by itself which class it is of.
                text = f"{path}: {', '.join(map(str, failed.args))}" if is_transfer(failed) else str(error)
                failed.args = (self._describe(name, values[name], text),)
            if failed is error:
                raise
        else:
            return self._annotated(answer, values)
        raise failed

    def _annotated(self, answer: bytes, values: dict[str, Any]) -> bytes:
        """The document, with what user code has noted on the values (runtime contract 5.5)."""
        notes = modules.get("wingbeat.runtime.output_metadata")
        if notes is None or not notes.tracker().output_metadata:
            return answer
        return bytes(notes.annotate(answer, values))

    def _written(self, codec: InterfaceCodec, values: dict[str, Any]) -> bytes:
        """The document, when all that it refers to has arrived."""
        if not codec.has_locations:
            return codec.encode(values)
        from wingbeat.runtime.flyte_context import of_process

        answer = b""
        try:
            with of_process().file_access.queueing():
                answer = codec.encode(values)
        except Exception as error:
            failed_uri = getattr(error, "uri", "")  # of an upload, which does not know whose value it is
            for path, uri, _, _ in codec.locations(answer):
                if uri and failed_uri.startswith(uri):
                    error.path = f"outputs.{path}"  # type: ignore[attr-defined]
                    if isinstance(error, StorageError):
                        error.args = (f"outputs.{path}: {error}",)
                    break
            raise
        return answer

    def offload(self, answer: bytes, output_prefix: str) -> list[tuple[str, bytes]]:
        """The files that a document becomes, by name and in the order in which they are to be written.

        Raises:
            ValueError: an output is too large, or a limit in the environment is no whole number.
        """
        offloads = "_F_L_MIN_SIZE_MB" in environ
        if not offloads and len(answer) <= LARGE:
            return [("outputs.pb", answer)]
        from wingbeat.runtime import offloading

        if not offloads:
            offloading.warn_of_size(answer, LARGE)
            return [("outputs.pb", answer)]
        return offloading.split(answer, self._hints, output_prefix)

    def _describe(self, name: str, value: Any, text: str) -> str:
        """The three lines of flytekit. A position is a number where Flyte made up the output's name."""
        index = list(self._hints).index(name)
        position = index if name == f"o{index}" else name
        return (
            f"Failed to convert outputs of task '{self._task.name}' at position {position}.\n"
            f"Failed to convert type {type(value)} to type {self._hints[name]}.\n"
            f"Error Message: {text}."
        )


def type_of(task: Any) -> Callable[[str, Any], Any] | None:
    """What tells the type of an output from its value, if a task does not go by what it declares."""
    method = getattr(type(task), "get_type_for_output_var", None)
    return None if method is None or method is PythonTask.get_type_for_output_var else task.get_type_for_output_var


def underlying(error: Exception) -> tuple[Exception, str]:
    """The failed transfer that a transformer has raised, if that is what went wrong, else the error; and its path."""
    path = ""
    cause: BaseException | None = error
    while isinstance(cause, Exception):
        if is_transfer(cause):
            return cause, path or path_of(cause)
        step = path_of(cause)
        if not step:  # raised by the transformer as it is
            break
        path = path or step  # the outermost knows all of it
        cause = cause.__cause__
    return error, path


def is_transfer(error: Exception) -> bool:
    """Whether an upload or a download has failed."""
    from wingbeat.runtime.failure import TRANSFERS, is_a

    return any(is_a(error, one) for one in TRANSFERS)


def name_outputs(task: Any, result: Any) -> dict[str, Any]:
    """Which value belongs to which output.

    With several outputs anything that can be counted off will do, even text, and too few are accepted, as in flytekit.
    """
    interface = task.python_interface
    names = list(interface.outputs)
    if not names:
        return {}
    if len(names) == 1:
        if interface.output_tuple_name and isinstance(result, tuple):
            result = result[0]
        values = {names[0]: result}
    else:
        values = count_off(names, result)
    for name, value in values.items():
        if isinstance(value, tuple):
            raise TypeError(
                f"Output({name}) in task '{task.name}' received a tuple {preview(value)}, "
                f"instead of {interface.outputs[name]}"
            )
    return values


def count_off(names: list[str], result: Any) -> dict[str, Any]:
    """Several outputs, by position."""
    values = {}
    try:
        for position, _ in enumerate(result):
            if position == len(names):
                raise IndexError(f"list index out of range: more than the {len(names)} declared outputs were returned")
            values[names[position]] = result[position]
    except (TypeError, KeyError) as error:  # not iterable, or not indexable
        returned = f"{type(result).__name__} {preview(result)}"
        raise TypeError(f"{error}: {len(names)} outputs are declared, and {returned} was returned") from error
    return values


def preview(value: Any) -> str:
    """A short text for a value."""
    text = repr(value)
    return text if len(text) <= _PREVIEW else f"{text[:_PREVIEW]}…"
