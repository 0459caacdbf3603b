"""`import flytekit` under wingbeat's commands: light modules whose names are wingbeat's own (docs/drop-in.md)."""
