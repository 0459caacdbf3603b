"""What was found wrong in an environment, and what mends it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Level = Literal["ok", "note", "problem"]


class Finding:
    """One thing that was looked at.

    `check` is what, in a word; `level` is `ok`, `note` (may matter, nobody here can tell) or `problem`; `mend` is the
    command that mends it, or what else to do, empty where nothing is to be done.
    """

    __slots__ = ("check", "level", "mend", "what")

    def __init__(self, check: str, level: Level, what: str, mend: str = "") -> None:
        self.check = check
        self.level = level
        self.what = what
        self.mend = mend

    def document(self) -> dict[str, str]:
        """The finding as plain values."""
        return {"check": self.check, "level": self.level, "what": self.what, "mend": self.mend}
