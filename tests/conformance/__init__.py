"""Unchanged flytekit modules through flytekit's commands, recorded, and through wingbeat's (docs/drop-in.md)."""
