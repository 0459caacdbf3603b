"""Outputs that are too large for outputs.pb and stored beside it (runtime contract 4.5). Loaded when Flyte asks."""

from __future__ import annotations

import os

from wingbeat import storage
from wingbeat._core import entries, literal_map
from wingbeat.types.literal_type import literal_type
from wingbeat.types.offloaded import stand_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

MINIMUM, MAXIMUM = "_F_L_MIN_SIZE_MB", "_F_L_MAX_SIZE_MB"
MEBIBYTE = 2**20


def split(answer: bytes, hints: Mapping[str, Any], output_prefix: str) -> list[tuple[str, bytes]]:
    """The files to write, by name and in order: those of large outputs, and last outputs.pb, which refers to them.

    Raises:
        ValueError: an output is larger than Flyte allows, or a limit in the environment is no whole number.
    """
    least, most = limit(MINIMUM, ""), limit(MAXIMUM, "1000")
    files = []
    kept: dict[str, bytes] = {}
    for name, literal in entries(answer).items():
        size = len(literal)
        if size >= most:
            raise ValueError(
                f"outputs.{name}: its literal is {size} bytes, {MAXIMUM} allows less than {most}; return a FlyteFile "
                "or a StructuredDataset, of which the literal holds only the location"
            )
        if size < least:
            kept[name] = literal
            continue
        file = f"{name}_offloaded_metadata.pb"
        kept[name] = stand_in(literal, storage.join(output_prefix, file), literal_type(hints[name]))
        files.append((file, literal))
    return [*files, ("outputs.pb", literal_map(kept))]


def warn_of_size(answer: bytes, usual: int) -> None:
    """Log that Flyte may not read outputs.pb, which output is the largest, and what to do."""
    from wingbeat.runtime import log

    sizes = {name: len(literal) for name, literal in entries(answer).items()}
    name = max(sizes, key=sizes.__getitem__)
    log.warning(
        f"outputs.pb is {len(answer)} bytes, {sizes[name]} of them in outputs.{name}; Flyte reads {usual} or fewer "
        "unless its setting storage.limits.maxDownloadMBs says otherwise. Have it offload large outputs, or return a "
        "FlyteFile or a StructuredDataset, of which the literal holds only the location"
    )


def limit(variable: str, default: str) -> int:
    """The number of bytes that a variable gives in MiB."""
    text = os.environ.get(variable, default)
    try:
        return int(text) * MEBIBYTE
    except ValueError:
        raise ValueError(f"{variable} is {text!r}, expected a whole number of MiB") from None
