"""Random numbers of elements that share a process: as of processes of their own.

A process that nobody seeds draws numbers of its own, and one whose module seeds a generator draws the same as every
other. So does each element: before it begins, a generator that the user's module has seeded while it was imported gets
the state it had then, and any other a new one.
"""

from __future__ import annotations

import os
import random
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Numbers that a module may draw while it is imported without being taken for one that seeds: so many times 624.
_BLOCKS = 500
_WORDS = 624


class Randomness:
    """The generators of `random` and `numpy.random`: make it before the user's module is imported, and note after."""

    def __init__(self) -> None:
        self._before = random.getstate()
        self._seeded: Any = None
        self._numpy_seeded: Any = None

    def note(self) -> None:
        """The user's module has been imported."""
        after = random.getstate()
        self._seeded = after if is_seeded(self._before, after) else None
        numpy = numpy_random()
        if numpy is not None and not has_entropy(numpy):
            self._numpy_seeded = numpy.get_state()

    def begin(self) -> None:
        """In a process that was forked: it shares its state with others."""
        self.renew()
        numpy = numpy_random()
        if numpy is not None and self._numpy_seeded is None:
            refresh(numpy)

    def renew(self) -> None:
        """Before an element."""
        if self._seeded is None:
            random.seed(int.from_bytes(os.urandom(16), "little"))
        else:
            random.setstate(self._seeded)
        numpy = numpy_random()
        if numpy is None:
            return
        if self._numpy_seeded is not None:
            numpy.set_state(self._numpy_seeded)
        elif not has_entropy(numpy):  # the element has seeded it
            refresh(numpy)


def numpy_random() -> Any:
    """`numpy.random`, if somebody has loaded it; what another thread is loading just now is waited for."""
    if "numpy.random" not in sys.modules:
        return None
    from importlib import import_module

    return import_module("numpy.random")


def is_seeded(before: Any, after: Any) -> bool:
    """Whether a generator has got another state in another way than by drawing numbers."""
    generator = random.Random()  # noqa: S311 nothing secret
    generator.setstate(before)
    for _ in range(_BLOCKS):
        if generator.getstate()[1][:_WORDS] == after[1][:_WORDS]:
            return False
        generator.getrandbits(32 * _WORDS)
    return True


def has_entropy(numpy: Any) -> bool:
    """Whether the global generator of numpy is still the one that began with the system's randomness."""
    return getattr(numpy.mtrand._rand._bit_generator, "_seed_seq", None) is not None


def refresh(numpy: Any) -> None:
    """Give it new randomness of the system."""
    if hasattr(numpy, "set_bit_generator"):
        numpy.set_bit_generator(numpy.MT19937())
    else:
        numpy.seed()
