"""The exceptions of wingbeat's type system.

The first three are raised by the compiled codecs; they live in the Rust extension and are only named here.
"""

from __future__ import annotations

from wingbeat._core import MalformedLiteralError, OffloadedLiteralError, TypeTransformerFailedError

__all__ = ["MalformedLiteralError", "OffloadedLiteralError", "RestrictedTypeError", "TypeTransformerFailedError"]


class RestrictedTypeError(Exception):
    """A type that Flyte knows but refuses as a value: `tuple`, `NamedTuple` (type-system spec 2.6).

    `TypeEngine.register_restricted_type` adds to them. Not a `TypeError`: flytekit derives it from `Exception`, and
    callers catch it by that name.
    """
