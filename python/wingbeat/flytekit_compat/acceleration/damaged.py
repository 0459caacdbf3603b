"""Inputs that are no literals.

flytekit finds that out when it reads the file, before it looks for the task: a failure of the system that is tried
again. Here it shows when an input is converted, where any failure is one for good, but for those of a transfer.
"""

from __future__ import annotations

from flyteidl.core import literals_pb2
from flytekit.exceptions.system import FlyteDownloadDataException
from flytekit.models import literals as models

from wingbeat import _core

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


def unpacked(entries: Mapping[str, bytes]) -> Any:
    """flytekit's own object for serialized literals by name.

    Raises:
        FlyteDownloadDataException: they are none. Its class and its text are those of the error that flytekit has.
    """
    document = _core.literal_map(entries)
    try:
        return models.LiteralMap.from_flyte_idl(literals_pb2.LiteralMap.FromString(document))
    except Exception as error:
        raise _passed_on(error) from error


def _passed_on(error: Exception) -> Exception:
    kind = type(error)

    class PassedOn(FlyteDownloadDataException):  # type: ignore[misc]  # flytekit has no types
        def __str__(self) -> str:
            return str(error)

    PassedOn.__module__, PassedOn.__qualname__, PassedOn.__name__ = kind.__module__, kind.__qualname__, kind.__name__
    return PassedOn(*error.args)
