"""How much a bundle may unpack to. An archive says nothing true about that before it is read."""

from __future__ import annotations

import os

from wingbeat.runtime.bundle.errors import BundleError

#: Variable -> what counts when it is not set.
DEFAULTS = {
    "WINGBEAT_BUNDLE_MAX_BYTES": 20 * 1024**3,
    "WINGBEAT_BUNDLE_MAX_MEMBERS": 1_000_000,
    "WINGBEAT_BUNDLE_MAX_RATIO": 200,
}
#: Up to here an archive may be packed as well as it can be: a small one of zeros harms nobody.
RATIO_FROM = 256 * 1024**2


class Limits:
    """The limits of one bundle, and what it has used of them."""

    def __init__(self) -> None:
        self._bytes, self._members, self._ratio = map(setting, DEFAULTS)
        self.unpacked = 0
        self.members = 0

    def add_bytes(self, count: int, packed: int) -> None:
        """So many bytes more have come out of the `packed` ones that were read up to now."""
        self.unpacked += count
        if self.unpacked > self._bytes:
            raise exceeded(f"is longer than {self._bytes} bytes when unpacked", "WINGBEAT_BUNDLE_MAX_BYTES")
        if self.unpacked > RATIO_FROM and self.unpacked > self._ratio * packed:
            problem = f"is more than {self._ratio} times as long as packed (at {self.unpacked} bytes)"
            raise exceeded(problem, "WINGBEAT_BUNDLE_MAX_RATIO")

    def add_member(self) -> None:
        """One header more was read."""
        self.members += 1
        if self.members > self._members:
            raise exceeded(f"has more than {self._members} members", "WINGBEAT_BUNDLE_MAX_MEMBERS")


def setting(name: str) -> int:
    """The limit that a variable sets.

    Raises:
        BundleError: it is not a positive integer.
    """
    text = os.environ.get(name)
    if not text:
        return DEFAULTS[name]
    if not text.isdecimal() or not int(text):
        raise BundleError(f"{name} is {text!r}, expected a positive integer")
    return int(text)


def exceeded(problem: str, name: str) -> BundleError:
    """The error of an archive that is too large to be true."""
    return BundleError(f"it {problem}. If that is right, set {name} higher")
