"""Measurements against flytekit, the pure-Python reference and msgspec: `make bench`."""
