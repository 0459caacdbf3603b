"""Lines on stderr (runtime contract 1.5 and 10.1).

JSON for machines, plain text for people: `FLYTE_SDK_LOGGING_FORMAT` decides, and where it is not set, whether the
engine started the process. In a map task every line says which element it is about. Nothing here is loaded until there
is something to say; wingbeat's own lines do without `logging`.
"""

from __future__ import annotations

import os
import sys
import time

from wingbeat.runtime import context, environment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from logging import Logger

INFO, WARNING, ERROR = 20, 30, 40
NAMES = {INFO: "INFO", WARNING: "WARNING", ERROR: "ERROR"}
#: The names of levels that a variable may hold, as those of `logging`.
LEVELS = {"CRITICAL": 50, "FATAL": 50, "ERROR": 40, "WARNING": 30, "WARN": 30, "INFO": 20, "DEBUG": 10, "NOTSET": 0}


def info(text: str) -> None:
    """Log what somebody who asks for more may want to know; never inputs, outputs or secrets."""
    write(INFO, text)


def warning(text: str) -> None:
    """Log what a user should look into."""
    write(WARNING, text)


def error(text: str) -> None:
    """Log a failure."""
    write(ERROR, text)


def write(level: int, text: str) -> None:
    """One line, unless `FLYTE_SDK_LOGGING_LEVEL` is above its level; lost if stderr does not take it."""
    if level < threshold("FLYTE_SDK_LOGGING_LEVEL", WARNING) or sys.stderr is None:
        return
    now = time.time()
    when = f"{time.strftime('%Y-%m-%d %H:%M:%S', time.localtime(now))},{int(now % 1 * 1000):03d}"
    if as_json():
        line = as_line(
            {"asctime": when, "name": "wingbeat", "levelname": NAMES[level], "message": text, **of_element()}
        )
    else:
        line = f"{head('wingbeat')} {text}"
    try:
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
    except (OSError, ValueError):  # a full disk, a broken pipe; it was closed, or cannot hold the text
        return  # as `logging` does: what is logged must not depend on whether it can be


def as_line(content: dict[str, str | int]) -> str:
    """What `json.dumps` makes of text and whole numbers. `json` itself loads `re`, a third of the time of a failure."""
    from _json import encode_basestring_ascii as quoted

    fields = (f"{quoted(key)}: {quoted(value) if isinstance(value, str) else value}" for key, value in content.items())
    return "{" + ", ".join(fields) + "}"


def threshold(variable: str, default: int) -> int:
    """The lowest level that is written: a number or the name of a level, `default` if the variable says neither."""
    text = os.environ.get(variable, "").strip()
    try:
        return int(text)
    except ValueError:
        return LEVELS.get(text.upper(), default)


def as_json() -> bool:
    """Whether lines are for machines."""
    chosen = os.environ.get("FLYTE_SDK_LOGGING_FORMAT")
    if chosen is None:
        return environment.in_execution() or os.environ.get("FLYTE_SDK_RICH_TRACEBACKS") == "0"
    return chosen == "json"


def head(logger: str) -> str:
    """What a plain line begins with: the logger, and in a map task the element."""
    index = context.map_index()
    return f"[{logger}]" if index is None else f"[{logger}] [{index}]"


def of_element() -> dict[str, str | int]:
    """What a JSON line says of the element and the execution of a map task; nothing in any other task."""
    index = context.map_index()
    if index is None:
        return {}
    return {"map_index": index, "execution": context.process_context().execution_id.name}


def user_logger() -> Logger:
    """The logger `user_space`, from level INFO; what it says also goes to the root logger."""
    return logger("user_space", INFO, propagate=True)


def library_logger() -> Logger:
    """The logger `flytekit`, from the level of `FLYTE_SDK_LOGGING_LEVEL`, WARNING by default."""
    return logger("flytekit", threshold("FLYTE_SDK_LOGGING_LEVEL", WARNING), propagate=False)


def developer_logger() -> Logger:
    """The logger `developer`, from the level of `FLYTE_SDK_DEV_LOGGING_LEVEL`, INFO by default."""
    return logger("developer", threshold("FLYTE_SDK_DEV_LOGGING_LEVEL", INFO), propagate=True)


def logger(name: str, level: int, propagate: bool) -> Logger:
    """A logger that writes to stderr, set up when first asked for; what user code has changed since stays."""
    import logging

    from wingbeat.runtime.log_format import handler

    found = logging.getLogger(name)
    if handler not in found.handlers:
        found.addHandler(handler)
        found.setLevel(level)
        found.propagate = propagate
    return found
