"""The way in: what stands for `TypeEngine.literal_map_to_kwargs`."""

from __future__ import annotations

from flyteidl.core import literals_pb2
from flytekit.core.utils import timeit

from wingbeat import _core
from wingbeat.errors import OffloadedLiteralError, TypeTransformerFailedError
from wingbeat.flytekit_compat.acceleration import compare, modes
from wingbeat.flytekit_compat.acceleration.damaged import unpacked
from wingbeat.flytekit_compat.acceleration.exact import Outcome, read
from wingbeat.flytekit_compat.acceleration.literals import LiteralMap
from wingbeat.flytekit_compat.acceleration.refused import NotAccelerated
from wingbeat.types.codec import compiled
from wingbeat.types.hints import NoneType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any


#: What flytekit calls the steps of this in the timeline of a task, the outer one first.
_TIMED = ("Translate literal to python value", "AsyncTranslate literal to python value")


def literal_map_to_kwargs(original: Callable[..., Any]) -> Callable[..., Any]:
    """The replacement; `original` is flytekit's."""

    def accelerated(ctx: Any, lm: Any, python_types: Any = None, literal_types: Any = None) -> Any:
        if modes.current == modes.OFF or type(lm) is not LiteralMap or literal_types or not python_types:
            return original(ctx, lm, python_types, literal_types)
        content = lm.content
        if content is None:
            if modes.current == modes.STRICT:
                raise NotAccelerated("an input", "", "somebody has looked into the inputs, and may have changed them")
            return original(ctx, lm, python_types)
        entries = _core.entries(content)
        if any(name not in python_types for name in entries):
            return original(ctx, lm, python_types, literal_types)  # whose error it is
        return arguments(ctx, entries, python_types, original)

    return accelerated


def arguments(
    ctx: Any, entries: Mapping[str, bytes], types: Mapping[str, Any], original: Callable[..., Any]
) -> dict[str, Any]:
    """The values of serialized literals by name, all of whose types are known."""
    if modes.current == modes.COMPARE:
        return _compared(ctx, entries, types, original)
    timers = [timeit(name) for name in _TIMED]
    for timer in timers:
        timer.__enter__()
    outcomes = {name: _read(ctx, content, types[name]) for name, content in entries.items()}
    rest = {name: entries[name] for name, outcome in outcomes.items() if outcome.reason}
    if rest and modes.current == modes.STRICT:
        name = next(iter(rest))
        raise NotAccelerated("input", name, outcomes[name].reason)
    others = {}
    if rest:
        others = _by_flytekit(ctx, rest, types, original)  # which is timed there
    else:
        for timer in reversed(timers):
            timer.__exit__(None, None, None)
    return {name: others[name] if outcome.reason else outcome.value for name, outcome in outcomes.items()}


def _by_flytekit(
    ctx: Any, entries: Mapping[str, bytes], types: Mapping[str, Any], original: Callable[..., Any]
) -> dict[str, Any]:
    found: dict[str, Any] = original(ctx, unpacked(entries), types)
    return found


def _compared(
    ctx: Any, entries: Mapping[str, bytes], types: Mapping[str, Any], original: Callable[..., Any]
) -> dict[str, Any]:
    outcomes = {name: _read(ctx, content, types[name]) for name, content in entries.items()}
    try:
        theirs = _by_flytekit(ctx, entries, types, original)
    except Exception as error:
        for name, outcome in outcomes.items():
            # flytekit names the input that it could not convert.
            if not outcome.reason and f"input {name!r}" in str(error):
                compare.report(compare.Difference(f"input {name!r}", "", "an error", "a value"))
        raise
    for name, outcome in outcomes.items():
        if not outcome.reason:
            compare.values(f"input {name!r}", theirs[name], outcome.value)
    return theirs


def _read(ctx: Any, content: bytes, hint: Any) -> Outcome:
    """As `read`, of a literal that is stored elsewhere too."""
    try:
        return read(content, hint)
    except OffloadedLiteralError as error:
        reason = str(error)
    message = literals_pb2.Literal.FromString(content)
    if message.HasField("offloaded_metadata"):
        try:
            return read(fetch(ctx, message.offloaded_metadata.uri), hint)
        except Exception as error:  # noqa: BLE001 flytekit fetches it again, and is heard
            reason = str(error)
    return Outcome(None, reason)


def in_place(ctx: Any, content: bytes) -> bytes:
    """What is stored elsewhere, if that is what a serialized literal says; else the same."""
    try:
        compiled(NoneType).decode(content)
    except OffloadedLiteralError:
        return fetch(ctx, literals_pb2.Literal.FromString(content).offloaded_metadata.uri)
    except TypeTransformerFailedError:
        pass  # it is something else
    return content


def fetch(ctx: Any, uri: str) -> bytes:
    """A literal that is stored elsewhere, downloaded as flytekit does it."""
    path = ctx.file_access.get_random_local_path()
    ctx.file_access.download(uri, path)
    with open(path, "rb") as file:
        return file.read()
