"""flytekit.extend: what plugins import."""

from __future__ import annotations

MODULES: dict[str, dict[str, str]] = {}
