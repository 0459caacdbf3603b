"""The line of the log that says why fsspec's driver is used where obstore is installed."""

from __future__ import annotations

_told: set[str] = set()


def tell(reason: str) -> None:
    """Log why, each reason once in a process."""
    if reason in _told:
        return
    _told.add(reason)
    from wingbeat.storage.retry import announce

    announce(f"fsspec's driver is used instead of obstore: {reason}. WINGBEAT_STORE=fsspec|obstore chooses")
