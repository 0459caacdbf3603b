"""A set of elements, with one bit for each."""

from __future__ import annotations


class Marks:
    """Whole numbers from 0. Its memory is that of the greatest, in bits."""

    __slots__ = ("_bits", "count")

    def __init__(self) -> None:
        self._bits = bytearray()
        self.count = 0

    def add(self, index: int) -> None:
        """One more, if it is not in already."""
        byte, bit = index >> 3, 1 << (index & 7)
        bits = self._bits
        if byte >= len(bits):
            bits.extend(bytes(byte + 1 - len(bits) + len(bits) // 8))
        if not bits[byte] & bit:
            bits[byte] |= bit
            self.count += 1

    def __contains__(self, index: int) -> bool:
        byte = index >> 3
        return byte < len(self._bits) and bool(self._bits[byte] & 1 << (index & 7))

    def __len__(self) -> int:
        return self.count
