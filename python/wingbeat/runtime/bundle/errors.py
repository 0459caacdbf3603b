"""The one exception of code bundles."""

from __future__ import annotations


class BundleError(RuntimeError):
    """A code bundle could not be fetched, or is not to be unpacked. The text says what to do."""
