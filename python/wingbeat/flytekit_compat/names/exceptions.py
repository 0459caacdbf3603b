"""flytekit.exceptions: exceptions."""

from __future__ import annotations

MODULES: dict[str, dict[str, str]] = {
    "flytekit.exceptions.base": {
        "FlyteException": "wingbeat.exceptions",
    },
    "flytekit.exceptions.system": {
        "FlyteDownloadDataException": "wingbeat.exceptions",
        "FlyteSystemException": "wingbeat.exceptions",
        "FlyteUploadDataException": "wingbeat.exceptions",
    },
    "flytekit.exceptions.user": {
        "FlyteAssertion": "wingbeat.exceptions",
        "FlyteDataNotFoundException": "wingbeat.exceptions",
        "FlyteRecoverableException": "wingbeat.exceptions",
        "FlyteUserException": "wingbeat.exceptions",
        "FlyteUserRuntimeException": "wingbeat.exceptions",
        "FlyteValueException": "wingbeat.exceptions",
    },
}
