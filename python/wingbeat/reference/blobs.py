"""Values that lie at a location, which Python loads and dumps (type-system spec 1.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flyteidl.core import literals_pb2, types_pb2

from wingbeat.reference import packed_read, struct_form, words
from wingbeat.reference.place import mismatch, user_code
from wingbeat.types import schema as s

if TYPE_CHECKING:
    from wingbeat.reference.place import Place


def read(schema: s.Blob, literal: literals_pb2.Literal, form: tuple[str, Any], place: Place) -> Any:
    kind, value = form
    if kind == "blob":
        blob = literal.scalar.blob
        multipart = blob.metadata.type.dimensionality == types_pb2.BlobType.MULTIPART
        with user_code(place):
            return schema.decode(blob.uri, blob.metadata.type.format, multipart, dict(literal.metadata) or None)
    content = struct_form.unfold(value) if kind == "generic" else value
    assert schema.document is not None
    content = packed_read.read(s.Any(), content, place.document())
    with user_code(place):
        return schema.document(content)


def write(schema: s.Blob, value: Any, place: Place) -> literals_pb2.Literal:
    metadata: Any
    with user_code(place):
        uri, form, multipart, metadata = schema.encode(value)
    dimensionality = types_pb2.BlobType.MULTIPART if multipart else types_pb2.BlobType.SINGLE
    kind = types_pb2.BlobType(format=form, dimensionality=dimensionality)
    blob = literals_pb2.Blob(metadata=literals_pb2.BlobMetadata(type=kind), uri=uri)
    literal = literals_pb2.Literal(scalar=literals_pb2.Scalar(blob=blob))
    if metadata is None:
        return literal
    if not isinstance(metadata, dict):
        raise mismatch(place, "metadata as a dict of str", words.python(metadata))
    for key, text in metadata.items():
        if not (isinstance(key, str) and isinstance(text, str)):
            got = f"{words.python(text)} for {words.python(key)}"
            raise mismatch(place, "metadata as a dict of str", got)
        literal.metadata[key] = text
    return literal
