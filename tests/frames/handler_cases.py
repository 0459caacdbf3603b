"""Registrations of handlers and what is found then, the same code on wingbeat's and on flytekit's classes."""
# mypy: ignore-errors

import itertools

#: Name -> (protocol, format, options of `register`), in order.
REGISTRATIONS = {
    "one for all": [(None, "parquet", {})],
    "one for all, any format": [(None, None, {})],
    "one for all, the default": [(None, "parquet", {"default_format_for_type": True})],
    "two formats": [(None, "parquet", {}), (None, "csv", {})],
    "two formats, one the default": [(None, "parquet", {"default_format_for_type": True}), (None, "csv", {})],
    "a format and any": [(None, "parquet", {}), (None, None, {})],
    "one protocol": [("s3", "parquet", {})],
    "one protocol, any format": [("s3", None, {})],
    "one protocol, two formats": [("s3", "parquet", {}), ("s3", "csv", {})],
    "one protocol, the default": [("s3", "parquet", {"default_format_for_type": True}), ("s3", "csv", {})],
    "a default that another protocol has": [
        ("gs", "avro", {"default_format_for_type": True}),
        ("s3", "avro", {}),
        ("s3", "csv", {}),
        (None, "parquet", {}),
    ],
    "protocol and all": [("s3", "csv", {}), (None, "parquet", {})],
    "protocol and all, any format": [("s3", None, {}), (None, "parquet", {})],
    "protocol with two and all": [("s3", "csv", {}), ("s3", "avro", {}), (None, "parquet", {})],
    "file is a slash": [("/", "parquet", {})],
    "the first for all stays": [(None, "parquet", {}), (None, "parquet", {})],
    "an override": [(None, "parquet", {}), (None, "parquet", {"override": True})],
    "the first default stays": [
        (None, "parquet", {"default_format_for_type": True}),
        (None, "csv", {"default_format_for_type": True}),
    ],
    "an overridden default": [
        (None, "parquet", {"default_format_for_type": True}),
        (None, "csv", {"default_format_for_type": True, "override": True}),
    ],
    "default storage": [("s3", "parquet", {"default_for_type": True}), ("gs", "csv", {"default_for_type": True})],
    "default storage for all": [(None, "parquet", {"default_storage_for_type": True})],
    "a duplicate": [("s3", "parquet", {}), ("s3", "parquet", {})],
}

ASKED = list(itertools.product(["s3", "gs", "file", "fsspec"], ["", "parquet", "csv", "avro"]))


def found(name, engine, base, registrations):
    """The number of the handler that is found for each question, or the class of the error; then the defaults."""
    kind = type(name, (), {})

    class Encoder(base):
        def encode(self, *_):
            raise NotImplementedError

    handlers = []
    answers = {}
    for protocol, form, options in registrations:
        handlers.append(Encoder(kind, protocol, form))
        try:
            engine.register(handlers[-1], **options)
        except ValueError as error:
            answers["registration"] = type(error).__name__
    for protocol, form in ASKED:
        try:
            answers[f"{protocol} {form}"] = handlers.index(engine.get_encoder(kind, protocol, form))
        except ValueError:
            answers[f"{protocol} {form}"] = "none"
    answers["format"] = engine.DEFAULT_FORMATS.get(kind)
    answers["protocol"] = engine.DEFAULT_PROTOCOLS.get(kind)
    return answers
