"""The tabs that every deck can have."""

from __future__ import annotations

from enum import Enum


class DeckField(str, Enum):
    """What `@task(deck_fields=...)` chooses from."""

    INPUT = "Input"
    OUTPUT = "Output"
    SOURCE_CODE = "Source Code"
    TIMELINE = "Timeline"
    DEPENDENCIES = "Dependencies"
