"""Many elements of one map task, one after another and side by side, without a container for each.

Loaded only for `--elements`: a process that runs one element has no need of it.
"""
