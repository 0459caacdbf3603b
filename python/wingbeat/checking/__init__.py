"""What becomes of a module's tasks under wingbeat, told without running them (docs/drop-in.md)."""
