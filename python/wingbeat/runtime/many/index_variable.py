"""The variable that says which element it is, as the engine sets it for a container."""

from __future__ import annotations

import ctypes
import os

#: The variable that names it, and one whose number is added to it.
_NAME, _OFFSET = "BATCH_JOB_ARRAY_INDEX_VAR_NAME", "BATCH_JOB_ARRAY_INDEX_OFFSET"
#: Its name, where the engine has not chosen another.
INDEX = "FLYTE_K8S_ARRAY_INDEX"
_DIGITS = 20


class IndexVariable:
    """Sets it, for user code and the processes that it starts.

    The C library keeps every value that `os.environ` has ever given to a variable. So it is given one buffer, whose
    content changes.
    """

    def __init__(self) -> None:
        name = os.environ.get(_NAME) or INDEX
        os.environ[_NAME] = name
        os.environ.pop(_OFFSET, None)
        self.name = os.fsencode(name)
        self._buffer = ctypes.create_string_buffer(len(self.name) + 1 + _DIGITS)
        self._put = ctypes.CDLL(None).putenv

    def set(self, variables: dict[bytes, bytes], index: int) -> bytes:
        """Let it say which element this is; `variables` is the environment in memory. The result is its text."""
        text = b"%d" % index
        self._buffer.value = b"%b=%b" % (self.name, text)
        self._put(self._buffer)
        variables[self.name] = text
        return text

    def unset(self) -> None:
        """Let it say nothing."""
        os.environ.pop(os.fsdecode(self.name), None)
