"""Kinds of tasks that bring their own work: scripts, queries, containers of somebody else's."""
