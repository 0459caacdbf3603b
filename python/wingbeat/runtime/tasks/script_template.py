"""Scripts with places for inputs and outputs: `{inputs.x}`, `{outputs.y}`, `{ctx.working_directory}`."""

from __future__ import annotations

import datetime
import string

from wingbeat.runtime.context import current_context
from wingbeat.types.directory import FlyteDirectory
from wingbeat.types.file import FlyteFile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class AttrDict(dict):  # type: ignore[type-arg]
    """A dict whose items are attributes too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.__dict__ = self


class Formatter(string.Formatter):
    """Writes a value into a script: a file or folder as the path where it lies now, a time by ISO 8601."""

    def format_field(self, value: Any, format_spec: str) -> str:
        """The text for a value."""
        if isinstance(value, (FlyteFile, FlyteDirectory)):
            value.download()
            return str(value.path)
        if isinstance(value, datetime.datetime):
            return value.isoformat()
        return str(super().format_field(value, format_spec))


def interpolate(
    template: Any, inputs: Mapping[str, Any] | None = None, outputs: Mapping[str, Any] | None = None
) -> str:
    """The script with values in their places.

    Raises:
        ValueError: there is a place for something else than inputs, outputs and the context.
        AttributeError: there is no such input or output.
    """
    values = {"inputs": AttrDict(inputs or {}), "outputs": AttrDict(outputs or {}), "ctx": current_context()}
    try:
        return Formatter().format(template, **values)
    except KeyError as error:
        raise ValueError(f"Variable {error} in Query not found in inputs {values.keys()}") from error
