"""What stands in the place of a literal that is stored elsewhere (runtime contract 4.5)."""

from __future__ import annotations

import base64
import hashlib
import json

from flyteidl.core import literals_pb2
from google.protobuf.json_format import MessageToDict


def stand_in(literal: bytes, uri: str, inferred_type: bytes) -> bytes:
    """The literal that takes the place of one that is stored at `uri`. Its metadata stays visible."""
    message = literals_pb2.Literal.FromString(literal)
    offloaded = literals_pb2.Literal(hash=message.hash or digest(message), metadata=message.metadata)
    offloaded.offloaded_metadata.uri = uri
    offloaded.offloaded_metadata.size_bytes = len(literal)
    offloaded.offloaded_metadata.inferred_type.ParseFromString(inferred_type)
    data: bytes = offloaded.SerializeToString(deterministic=True)
    return data


def digest(literal: literals_pb2.Literal) -> str:
    """flytekit's hash of a literal without one: SHA-256 of its JSON with sorted keys, in base64."""
    text = json.dumps(MessageToDict(literal), sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
