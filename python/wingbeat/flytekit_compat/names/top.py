"""flytekit: names that flytekit itself makes; all others it imports from its modules."""

from __future__ import annotations

MODULES: dict[str, dict[str, str]] = {
    "flytekit": {
        "current_context": "wingbeat.runtime.context",
    },
}
