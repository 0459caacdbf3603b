"""Attributes that flytekit's classes have and wingbeat's lack: a task that fails for want of one is left to flytekit.

Asked when a task has failed. Code that only looks whether there is an attribute (`hasattr`) finds that there is none.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from wingbeat.exceptions import NotCovered

#: How many exceptions that led to the last one are looked at.
_DEPTH = 10
_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep


def missing(error: BaseException | None) -> NotCovered | None:
    """What the user's code has asked for, if the exception, or one that led to it, came of that."""
    for _ in range(_DEPTH):
        if isinstance(error, AttributeError) and error.name and (name := full_name(error.obj, error.name)):
            from wingbeat.exceptions import NotCovered

            return NotCovered(name, "flytekit has it", *place(error))
        error = error and (error.__cause__ or error.__context__)
    return None


def full_name(subject: object, attribute: str) -> str:
    """flytekit's name of an attribute that wingbeat lacks; empty if flytekit has none either.

    Of names with an underscore nobody keeps a list: flytekit may have any.
    """
    from wingbeat.flytekit_compat.module import FlytekitModule
    from wingbeat.flytekit_compat.names.surface.members import LACKING

    if isinstance(subject, FlytekitModule):
        return f"{subject.__name__}.{attribute}"
    for cls in subject.__mro__ if isinstance(subject, type) else type(subject).__mro__:
        own = f"{cls.__module__}.{cls.__qualname__}"
        original, names = LACKING.get(own, (own, ""))
        if attribute in names.split() or (attribute[0] == "_" != attribute[1:2] and own.startswith("wingbeat.")):
            return f"{original}.{attribute}"
    return ""


def place(error: BaseException) -> tuple[str, int]:
    """File and line of the user's code that was executed last."""
    found = ("", 0)
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if not file.startswith((_PACKAGE, "<")):
            found = (file, trace.tb_lineno)
        trace = trace.tb_next
    return found
