"""What FlytePropeller concludes from what a container leaves behind (runtime contract 4.4)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flyteidl.core import errors_pb2

#: `storage.limits.maxDownloadMBs`: built in, and in Flyte's chart.
BUILT_IN, CHART = 2 * 2**20, 10 * 2**20
RECOVERABLE = errors_pb2.ContainerError.RECOVERABLE
KINDS = {0: "UNKNOWN", 1: "USER", 2: "SYSTEM"}


@dataclass
class Conclusion:
    """`phase` is `succeeded`, `dynamic`, `retry`, `failed` or `unread`; `kind` says whose failure it is.

    A failure of the system is retried within another budget than one of the user. What cannot be read is tried again
    and again, and nobody learns what it says.
    """

    phase: str
    code: str = ""
    kind: str = ""
    message: str = ""


def conclude(
    prefix: Path, status: int, log: str = "", *, has_outputs: bool = True, distributed: bool = False, limit: int = CHART
) -> Conclusion:
    """Of a task whose primary container has ended with this status, as a shell would give it."""
    if status in (128 + 9, 256 - 9):
        return Conclusion("retry", "Interrupted", "SYSTEM")
    if status:
        return Conclusion("retry", "Error", "USER", "\n".join(log.splitlines()[-80:])[-2048:])
    if prefix.joinpath("futures.pb").exists():
        return Conclusion("dynamic")
    errors = sorted(prefix.glob("error*.pb")) if distributed else [prefix / "error.pb"]
    if any(path.exists() for path in errors):
        return of_errors([path for path in errors if path.exists()], limit)
    if not has_outputs:
        return Conclusion("succeeded")
    return of_outputs(prefix / "outputs.pb", limit)


def of_errors(paths: list[Path], limit: int) -> Conclusion:
    """Of several, the earliest counts."""
    if any(path.stat().st_size > limit for path in paths):
        return Conclusion("unread")
    documents = [errors_pb2.ErrorDocument.FromString(path.read_bytes()) for path in paths]
    if not all(document.HasField("error") for document in documents):
        return Conclusion("retry", "ErrorFileBadFormat", "SYSTEM")
    error = min((document.error for document in documents), key=lambda error: error.timestamp.ToNanoseconds())
    phase = "retry" if error.kind == RECOVERABLE else "failed"
    return Conclusion(phase, error.code, KINDS[error.origin], error.message)


def of_outputs(path: Path, limit: int) -> Conclusion:
    """They are not parsed."""
    if not path.exists():
        return Conclusion("retry", "OutputsNotFound", "UNKNOWN")
    if path.stat().st_size > limit:
        return Conclusion("failed", "OutputSizeExceeded", "USER")
    return Conclusion("succeeded")


def conclude_of_element(prefix: Path, status: int) -> Conclusion:
    """The same of one element of a map task of the older kind: outputs come first, and every failure is retried."""
    if status:
        return Conclusion("retry", "Error", "USER")
    if prefix.joinpath("outputs.pb").exists():
        return Conclusion("succeeded")
    if prefix.joinpath("error.pb").exists():
        found = of_errors([prefix / "error.pb"], CHART)
        return Conclusion("retry", found.code, found.kind, found.message)
    return Conclusion("succeeded")
