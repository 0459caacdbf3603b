"""The form of the lines that user code logs, as python-json-logger gives them to flytekit (runtime contract 10.1)."""

from __future__ import annotations

import json
import logging

from wingbeat.runtime.log import as_json, head, of_element

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: What every record has; the rest came through `extra`.
_COMMON = {*logging.makeLogRecord({}).__dict__, "message", "asctime", "taskName"}


class Formatter(logging.Formatter):
    """One line of JSON, or plain text with the traceback below.

    The keys of a line are `asctime`, `name`, `levelname` and `message`, then those of a message that is a dict,
    `exc_info` and `stack_info`, then what `extra` added.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        if not as_json():
            return f"{head(record.name)} {super().format(record)}"
        content = dict(record.msg) if isinstance(record.msg, dict) else {}
        message = "" if isinstance(record.msg, dict) else record.getMessage()
        if not content.get("exc_info"):
            if record.exc_info:
                content["exc_info"] = self.formatException(record.exc_info)
            elif record.exc_text:
                content["exc_info"] = record.exc_text
        if record.stack_info and not content.get("stack_info"):
            content["stack_info"] = self.formatStack(record.stack_info)
        extra = {name: value for name, value in vars(record).items() if name not in _COMMON and name[:1] != "_"}
        line = {
            "asctime": self.formatTime(record),
            "name": record.name,
            "levelname": record.levelname,
            "message": message,
            **of_element(),
            **content,
            **extra,
        }
        return json.dumps(line, default=plain)


def plain(value: Any) -> Any:
    """What JSON has no word for."""
    import base64
    import dataclasses
    import datetime
    import enum
    import traceback
    from types import TracebackType

    if isinstance(value, (datetime.time, datetime.date)):
        return value.isoformat()
    if isinstance(value, BaseException):
        return f"{type(value).__name__}: {value}"
    if isinstance(value, TracebackType):
        return "".join(traceback.format_tb(value)).strip()
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, enum.EnumMeta):
        return [member.value for member in value]  # type: ignore[var-annotated]
    if isinstance(value, (bytes, bytearray)):
        return base64.urlsafe_b64encode(value).decode()
    if isinstance(value, type):
        return value.__name__
    if dataclasses.is_dataclass(value):
        return dataclasses.asdict(value)  # type: ignore[arg-type] # no class: those are dealt with above
    return text(value)


def text(value: object) -> str:
    """`str(value)`, whatever it takes: a line that cannot be written would hide what it is about."""
    for form in (str, repr):
        try:
            return form(value)
        except Exception:  # noqa: BLE001, S112 the user's `__str__`
            continue
    return "__could_not_encode__"


handler = logging.StreamHandler()
handler.setLevel(logging.DEBUG)
handler.setFormatter(Formatter())
