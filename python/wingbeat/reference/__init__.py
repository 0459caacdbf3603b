"""The codec once more, in plain Python over protobuf messages: slow, and easy to believe.

The tests run every case through it and through the Rust core, so that each checks the other; `wingbeat profile`
compares their speed. It reads the same `Schema` and nothing else of the compiled codec.
"""

from __future__ import annotations

from wingbeat.reference.codec import Codec, InterfaceCodec

__all__ = ["Codec", "InterfaceCodec"]
