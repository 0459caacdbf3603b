"""The options of `wingbeat-map-execute --elements`, checked."""

from __future__ import annotations

from wingbeat.runtime.invocation import Record, UsageError
from wingbeat.runtime.many.progress import KINDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

#: Seconds that elements may go on after SIGTERM, unless `--grace` says otherwise: a pod has 30 until it is killed.
GRACE = 20.0


class Options(Record):
    """How a run of many elements goes. Immutable.

    `elements` is the text of the selection. `element_timeout` is seconds or None, `grace` seconds,
    `min_success_ratio` a share from 0 to 1 or None, `max_failures` a number or None, `collect` the name of a file or
    None.
    """

    __slots__ = (
        "collect",
        "concurrency",
        "element_timeout",
        "elements",
        "grace",
        "isolate",
        "jobs",
        "max_failures",
        "min_success_ratio",
        "progress",
        "resume",
    )

    elements: str
    jobs: int
    concurrency: int
    element_timeout: float | None
    isolate: bool
    min_success_ratio: float | None
    max_failures: int | None
    grace: float
    resume: bool
    collect: str | None
    progress: str


def parse(options: Mapping[str, str]) -> Options:
    """The options by their names, of which at least one is given.

    Raises:
        UsageError: a value is none, an option needs another, or two exclude each other.
    """
    if "--elements" not in options:
        raise UsageError(f"'{next(iter(options))}' is of use only with '--elements'.")
    timeout = seconds(options, "--element-timeout")
    if timeout == 0:
        raise UsageError("Invalid value for '--element-timeout': no element ends in 0 seconds.")
    grace = seconds(options, "--grace")
    concurrency = whole(options, "--concurrency", least=1) or 1
    if "--isolate" in options and concurrency > 1:
        raise UsageError("'--isolate' gives each element a process, '--concurrency' puts several into one: choose one.")
    collect = options.get("--collect")
    if collect is not None and (not collect or "/" in collect or collect in (".", "..")):
        raise UsageError(f"Invalid value for '--collect': {collect!r} is not the name of a file.")
    progress = options.get("--progress", "auto")
    if progress not in KINDS:
        raise UsageError(f"Invalid value for '--progress': {progress!r} is not one of {', '.join(map(repr, KINDS))}.")
    return Options(
        elements=options["--elements"],
        jobs=whole(options, "--jobs", least=1) or 1,
        concurrency=concurrency,
        element_timeout=timeout,
        isolate="--isolate" in options,
        min_success_ratio=decimal(options, "--min-success-ratio", 1, "a number from 0 to 1"),
        max_failures=whole(options, "--max-failures", least=0),
        grace=GRACE if grace is None else grace,
        resume="--resume" in options,
        collect=collect,
        progress=progress,
    )


def whole(options: Mapping[str, str], name: str, least: int) -> int | None:
    """A whole number; None if the option is not given."""
    text = options.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdecimal() and int(text) >= least):
        raise UsageError(f"Invalid value for '{name}': {text!r} is not a whole number from {least}.")
    return int(text)


def seconds(options: Mapping[str, str], name: str) -> float | None:
    """A length of time; None if the option is not given."""
    return decimal(options, name, 10**9, "a number of seconds")


def decimal(options: Mapping[str, str], name: str, most: float, expected: str) -> float | None:
    """A number from 0; None if the option is not given."""
    text = options.get(name)
    if text is None:
        return None
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= most:
        raise UsageError(f"Invalid value for '{name}': {text!r} is not {expected}.")
    return value
