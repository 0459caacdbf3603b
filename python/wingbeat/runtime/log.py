"""Lines on stderr (runtime contract 1.5 and 10.1).

JSON for machines, plain text for people: `FLYTE_SDK_LOGGING_FORMAT` decides, and where it is not set, whether the
engine started the process. Nothing here is loaded until there is something to say.
"""

from __future__ import annotations

import os
import sys
import time

from wingbeat.runtime import environment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from logging import Logger

INFO, WARNING, ERROR = 20, 30, 40
NAMES = {INFO: "INFO", WARNING: "WARNING", ERROR: "ERROR"}


def info(text: str) -> None:
    """Log what a user may want to know."""
    write(INFO, text)


def warning(text: str) -> None:
    """Log what a user should look into."""
    write(WARNING, text)


def error(text: str) -> None:
    """Log a failure."""
    write(ERROR, text)


def write(level: int, text: str) -> None:
    """One line, unless `FLYTE_SDK_LOGGING_LEVEL` is above its level."""
    if level < threshold() or sys.stderr is None:
        return
    now = time.time()
    when = f"{time.strftime('%Y-%m-%d %H:%M:%S', time.localtime(now))},{int(now % 1 * 1000):03d}"
    line = render({"asctime": when, "name": "wingbeat", "levelname": NAMES[level], "message": text})
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def threshold() -> int:
    """The lowest level that is written, WARNING unless the environment says a number."""
    text = os.environ.get("FLYTE_SDK_LOGGING_LEVEL", "")
    return int(text) if text.isdecimal() else WARNING


def as_json() -> bool:
    """Whether lines are for machines."""
    chosen = os.environ.get("FLYTE_SDK_LOGGING_FORMAT")
    return environment.in_execution() if chosen is None else chosen == "json"


def render(record: dict[str, object]) -> str:
    """One line of either form."""
    if as_json():
        import json

        return json.dumps(record, default=str)
    return f"[{record['name']}] {record['message']}"


def user_logger() -> Logger:
    """The logger `user_space`, on stderr from level INFO; made once."""
    import logging

    logger = logging.getLogger("user_space")
    if not logger.handlers:
        from wingbeat.runtime.log_format import Formatter

        handler = logging.StreamHandler()
        handler.setFormatter(Formatter())
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    return logger
