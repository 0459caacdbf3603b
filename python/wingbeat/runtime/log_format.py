"""The form of `current_context().logging`'s lines."""

from __future__ import annotations

import logging

from wingbeat.runtime.log import as_json, render

#: What every record has; the rest came through `extra`.
_COMMON = {*logging.makeLogRecord({}).__dict__, "message", "asctime", "taskName"}


class Formatter(logging.Formatter):
    """`asctime`, `name`, `levelname`, `message`, then what `extra` added, then `exc_info` (runtime contract 10.1)."""

    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON, or plain text with the traceback below."""
        if not as_json():
            return f"[{record.name}] {super().format(record)}"
        fields: dict[str, object] = {
            "asctime": self.formatTime(record),
            "name": record.name,
            "levelname": record.levelname,
            "message": record.getMessage(),
        }
        fields.update({name: value for name, value in record.__dict__.items() if name not in _COMMON})
        if record.exc_info:
            fields["exc_info"] = self.formatException(record.exc_info)
        return render(fields)
