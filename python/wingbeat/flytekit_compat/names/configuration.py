"""flytekit.configuration: settings."""

from __future__ import annotations

MODULES: dict[str, dict[str, str]] = {}
