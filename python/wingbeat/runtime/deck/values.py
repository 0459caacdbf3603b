"""Inputs and outputs as HTML."""

from __future__ import annotations

from html import escape
from itertools import islice

from wingbeat.exceptions import NotCovered
from wingbeat.runtime.deck.page import piece

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

#: How much of a value is shown: elements of a collection, characters of its text.
ELEMENTS, CHARACTERS = 1_000, 20_000


def values(these: Mapping[str, Any], hints: Mapping[str, Any], failed: Any) -> str:
    """Every value with its name and type. `failed` makes what stands in place of what cannot be shown."""
    if not these:
        return '<p class="note">None.</p>'
    return "".join(value(name, one, hints.get(name), failed) for name, one in these.items())


def value(name: str, one: Any, hint: Any, failed: Any) -> str:
    """One value."""
    try:
        shown = rendered(one, hint)
    except (Exception, NotCovered) as error:  # noqa: BLE001 code of users and libraries; the tab and the log show what it says
        shown = failed(f"{name} of type {type_text(hint)}", error)
    return f'<div class="value"><h3>{escape(name)} <code>{escape(type_text(hint))}</code></h3>{shown}</div>'


def rendered(one: Any, hint: Any) -> str:
    """As the hint's renderer or transformer shows it, else as text."""
    from wingbeat.types.context import current_context
    from wingbeat.types.engine import TypeEngine
    from wingbeat.types.transformer import TypeTransformer

    has_renderer = any(hasattr(annotation, "to_html") for annotation in getattr(hint, "__metadata__", ()))
    if not has_renderer and type(TypeEngine.get_transformer(hint)).to_html is TypeTransformer.to_html:
        return f"<pre>{escape(text(one))}</pre>"
    return piece(TypeEngine.to_html(current_context(), one, hint))


def text(one: Any) -> str:
    """A value as text, the beginning of it if it is long."""
    rest = ""
    if isinstance(one, (list, tuple, set, frozenset, dict)) and len(one) > ELEMENTS:
        rest = f"\n… and {len(one) - ELEMENTS:,} more"
        first: Any = islice(one.items() if isinstance(one, dict) else one, ELEMENTS)
        one = dict(first) if isinstance(one, dict) else list(first)
    whole = str(one)
    if len(whole) > CHARACTERS:
        return f"{whole[:CHARACTERS]}\n… and {len(whole) - CHARACTERS:,} more characters{rest}"
    return whole + rest


def type_text(hint: Any) -> str:
    """A hint as one would write it, without what `Annotated` adds."""
    if hasattr(hint, "__metadata__"):
        return type_text(hint.__origin__)
    if isinstance(hint, type) and not hasattr(hint, "__origin__"):
        return hint.__qualname__
    return str(hint).replace("typing.", "")
