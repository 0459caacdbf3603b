"""The code of a task that is not in its image: fetched and unpacked before it runs (runtime contract 11)."""
