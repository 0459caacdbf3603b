"""What a location says, without looking at it."""

from __future__ import annotations


def scheme(uri: str) -> str:
    """`s3` of `s3://bucket/key`; empty for a local path."""
    head, separator, _ = uri.partition("://")
    return head.lower() if separator else ""


def local_path(uri: str) -> str | None:
    """The path on this machine, or None for a URL of another scheme. Nothing is percent-decoded, as in fsspec."""
    kind = scheme(uri)
    if kind == "":
        return uri
    return uri[len("file://") :] if kind == "file" else None


def join(prefix: str, name: str) -> str:
    """`name` below `prefix`, which may end with a slash or not (runtime contract 4.1)."""
    head, separator, path = prefix.rpartition("://")
    return f"{head}{separator}{path.rstrip('/')}/{name}" if path else prefix + name
