"""Whether pickles may be written and read: `WINGBEAT_PICKLE`, `allow` (the default) or `deny`.

Reading a pickle runs code that whoever wrote it has chosen.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

VARIABLE = "WINGBEAT_PICKLE"


def require_allowed(hint: Any, reading: bool) -> None:
    """Raise `TypeTransformerFailedError`, naming the type, if pickles are denied or the setting is not understood."""
    setting = os.environ.get(VARIABLE, "").strip().lower() or "allow"
    if setting == "allow":
        return
    from wingbeat.errors import TypeTransformerFailedError
    from wingbeat.types.hints import name

    if setting != "deny":
        raise TypeTransformerFailedError(f"{VARIABLE} is {setting!r}; it may be 'allow' or 'deny'")
    action = "read" if reading else "written"
    raise TypeTransformerFailedError(
        f"a value of type {name(hint)} would be {action} as a pickle, which {VARIABLE}=deny forbids; declare a type"
        " that Flyte knows, such as a dataclass, or register a TypeTransformer"
    )


_told: set[str] = set()


def warn_once(hint: Any) -> None:
    """Log, once for each type, that its values are pickled."""
    kind = str(hint)
    if kind in _told:
        return
    _told.add(kind)
    import logging

    # The beginning is flytekit's message.
    logging.getLogger("wingbeat").warning(
        "Unsupported Type %s found, Flyte will default to use PickleFile as the transport. A pickle can only be read by"
        " the same version of Python with the same packages; declare a type that Flyte knows, such as a dataclass",
        kind,
    )
