"""What a pickle tells of the Python that wrote it, for the error of one that cannot be read.

A pickle names no version. But its protocol is written by a range of versions, and the functions that cloudpickle
stores by value hold code objects, whose number of parts is another before Python 3.11 than since.
"""

from __future__ import annotations

import contextlib
import io
import pickle
import platform
import sys
from typing import Any

#: Which Python can write a protocol.
_PROTOCOLS = {2: "2.3", 3: "3.0", 4: "3.4", 5: "3.8"}
#: How many parts cloudpickle stores of a code object.
_CODE_PARTS = {16: "3.10 or older", 18: "3.11 or newer"}


def this_python() -> str:
    """`Python (3.11.4, cloudpickle 3.1.2)`; cloudpickle is named if it has been used."""
    version = getattr(sys.modules.get("cloudpickle"), "__version__", "")
    return f"Python ({platform.python_version()}{f', cloudpickle {version}' if version else ''})"


def origin_of(data: bytes) -> str:
    """What wrote a pickle, as far as it shows, as the end of a sentence; empty if it shows nothing.

    Nothing of the pickle is run: whatever it names is a stand-in.
    """
    if data[:1] != b"\x80" or data[1:2] not in [bytes((number,)) for number in _PROTOCOLS]:
        return ""
    look = _Look(io.BytesIO(data))
    with contextlib.suppress(Exception):  # it is known to be broken: what was seen before that counts
        look.load()
    told = [f"it is of protocol {data[1]}, which Python {_PROTOCOLS[data[1]]} and later write"]
    if look.by_cloudpickle:
        told.append("made by cloudpickle")
    told += [f"with functions of Python {version}" for parts, version in _CODE_PARTS.items() if parts in look.code]
    return ", ".join(told)


class _Look(pickle.Unpickler):
    """Goes through a pickle without importing or calling anything that it names."""

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file)
        self.by_cloudpickle = False
        self.code: set[int] = set()

    def find_class(self, module: str, name: str) -> Any:
        self.by_cloudpickle |= module.partition(".")[0] == "cloudpickle"
        return type("StandIn", (_StandIn,), {"look": self})


class _StandIn:
    """What is made by calling anything, and can be called itself."""

    look: _Look

    def __new__(cls, *arguments: Any, **keywords: Any) -> Any:  # noqa: ARG004  # keywords as anything may take
        made = super().__new__(cls)
        made.__dict__["arguments"] = arguments
        return made

    def __call__(self, *arguments: Any) -> Any:
        if self.__dict__["arguments"] == ("CodeType",):
            self.look.code.add(len(arguments))
        return self

    def __setstate__(self, state: Any) -> None:
        """The state of whatever it stands for."""

    def __setitem__(self, key: Any, value: Any) -> None:
        """An item of a dict that it stands for."""

    def append(self, item: Any) -> None:
        """An item of a list that it stands for."""
