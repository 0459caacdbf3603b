"""One run of one task in its container."""
