"""Hashes of literals, by which caches compare them (type-system spec 6)."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from typing import Any

    from wingbeat.idl import Literal


def compute_hash_string(literal: Any) -> str:
    """The hash of a literal that is stored elsewhere: base64 of the SHA-256 of its JSON form.

    `literal` is a serialized `Literal`, a model or a message of any class.
    """
    from base64 import b64encode

    return b64encode(compute_hash(literal)).decode()


def compute_hash(literal: Any) -> bytes:
    """As `compute_hash_string`, the 32 bytes themselves."""
    import hashlib

    return hashlib.sha256(_json(literal).encode()).digest()


def _json(literal: Any) -> str:
    import json

    from wingbeat.idl.messages import message_to_dict

    if isinstance(literal, bytes):
        from wingbeat.idl import Literal

        literal = Literal.from_bytes(literal)
    message = literal.to_flyte_idl() if hasattr(literal, "to_flyte_idl") else literal
    return json.dumps(message_to_dict(message), sort_keys=True, separators=(",", ":"))


def local_cache_key(
    task_name: str, cache_version: str, literals: Mapping[str, Literal], ignored: Collection[str] = ()
) -> str:
    """The key of a task's local cache for these inputs; those named in `ignored` do not count.

    Where a literal has a hash, that stands for the value.
    """
    import hashlib

    from wingbeat.idl import LiteralMap

    kept = {name: replace_by_hash(literal) for name, literal in literals.items() if name not in ignored}
    data = LiteralMap(literals=kept).to_flyte_idl().SerializeToString(deterministic=True)
    digest = hashlib.md5(_pickled(data), usedforsecurity=False).hexdigest()
    return f"{task_name}-{cache_version}-{digest}"


def _pickled(data: bytes) -> bytes:
    """What joblib, by which flytekit hashes, pickles bytes to: protocol 3, and nothing memoized."""
    size = len(data)
    return b"\x80\x03" + (b"C" + bytes((size,)) if size < 256 else b"B" + size.to_bytes(4, "little")) + data + b"."


def replace_by_hash(literal: Literal) -> Literal:
    """The literal, in which every part that has a hash is nothing but that."""
    from wingbeat.idl import Literal, LiteralCollection, LiteralMap

    if literal.hash is not None:
        return Literal(hash=literal.hash)
    if literal.collection is not None:
        return Literal(collection=LiteralCollection([replace_by_hash(one) for one in literal.collection.literals]))
    if literal.map is not None:
        return Literal(map=LiteralMap({key: replace_by_hash(one) for key, one in literal.map.literals.items()}))
    return literal
