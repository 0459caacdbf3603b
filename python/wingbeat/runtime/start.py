"""How a command began, before user code could change it."""

from __future__ import annotations

import _signal  # type: ignore[import-not-found] # `signal` would load `enum`
import os
import sys
from posix import environ  # what `os.environ` is a view of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


class Start:
    """What flytekit finds if it has to take over.

    Args:
        name: The command: `execute`, `map-execute`, `fast-execute`.
        arguments: Its arguments.
    """

    __slots__ = ("arguments", "blocked", "environment", "folder", "ignored", "name", "path", "program")

    def __init__(self, name: str, arguments: Sequence[str]) -> None:
        self.name = name
        self.arguments = list(arguments)
        self.program = sys.argv[0]
        #: What `sys.path` begins with.
        self.path = sys.path[0]
        self.environment = environ.copy()
        self.folder: str | None
        try:
            self.folder = os.getcwd()
        except FileNotFoundError:  # it was removed
            self.folder = None
        #: Signals, by number.
        self.blocked = _signal.pthread_sigmask(_signal.SIG_BLOCK, ())
        self.ignored = [n for n in range(1, _signal.NSIG) if _signal.getsignal(n) == _signal.SIG_IGN]
