"""What has become of one element."""

from __future__ import annotations

import struct

#: What an element's time goes into, in the order of the bytes.
PHASES = ("decode", "execute", "encode", "write")
#: Characters of a reason.
REASON_LIMIT = 300

_HEAD = struct.Struct("<qBHd4d")
_OK, _IGNORED, _RECOVERABLE, _USER, _SYSTEM = 1, 2, 4, 8, 16


class Result:
    """What has become of one element.

    `ok` is whether it left outputs.pb; one that raised `IgnoreOutputs` is `ignored` and not `ok`. Of a failure, `kind`
    is whose it is, `"USER"` or `"SYSTEM"`, `recoverable` whether Flyte may try again, `code` as in error.pb, and
    `reason` one line of at most 300 characters; of any other element they are empty. `seconds` is from its beginning
    until its files were written, `phases` where they went (`PHASES`).
    """

    __slots__ = ("code", "ignored", "index", "kind", "ok", "phases", "reason", "recoverable", "seconds")

    def __init__(
        self,
        index: int,
        ok: bool,
        ignored: bool,
        kind: str,
        recoverable: bool,
        code: str,
        reason: str,
        seconds: float,
        phases: dict[str, float],
    ) -> None:
        self.index = index
        self.ok = ok
        self.ignored = ignored
        self.kind = kind
        self.recoverable = recoverable
        self.code = code
        self.reason = reason
        self.seconds = seconds
        self.phases = phases

    def pack(self) -> bytes:
        """As bytes, fewer than 4096: what a pipe takes at once or not at all."""
        flags = _OK * self.ok | _IGNORED * self.ignored | _RECOVERABLE * self.recoverable
        flags |= _USER if self.kind == "USER" else _SYSTEM if self.kind else 0
        phases = self.phases
        times = [phases.get(name, -1.0) for name in PHASES]
        code = self.code.encode()
        head = _HEAD.pack(self.index, flags, len(code), self.seconds, *times)
        return head + code + self.reason.encode() if code else head


def unpack(data: bytes) -> Result:
    """The result of which `pack` has made these bytes."""
    index, flags, length, seconds, *times = _HEAD.unpack_from(data)
    phases = {name: time for name, time in zip(PHASES, times, strict=True) if time >= 0}
    kind = "USER" if flags & _USER else "SYSTEM" if flags & _SYSTEM else ""
    code = reason = ""
    if kind:
        text = _HEAD.size + length
        code, reason = data[_HEAD.size : text].decode(), data[text:].decode()
    ok, ignored, recoverable = bool(flags & _OK), bool(flags & _IGNORED), bool(flags & _RECOVERABLE)
    return Result(index, ok, ignored, kind, recoverable, code, reason, seconds, phases)


def one_line(text: str) -> str:
    """The beginning of a text, for a reason."""
    line = " ".join(text.split())
    return line if len(line) <= REASON_LIMIT else f"{line[: REASON_LIMIT - 1]}…"
