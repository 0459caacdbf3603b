"""Why wingbeat has nothing for a name. In the table a reason stands for the home, with a `!` before it."""

from __future__ import annotations

__all__ = ["CLUSTER", "COMMAND", "GRAPH", "reason_for"]

GRAPH = "!it builds a graph of nodes, which only flytekit does"
CLUSTER = "!it talks to a Flyte cluster"
COMMAND = "!it belongs to flytekit's own commands"

#: Modules of flytekit, with all below them, that wingbeat leaves to flytekit as a whole.
LEFT = {
    "flytekit._ast": COMMAND,
    "flytekit.bin": COMMAND,
    "flytekit.clients": CLUSTER,
    "flytekit.clis": COMMAND,
    "flytekit.core.worker_queue": CLUSTER,
    "flytekit.extend.backend": CLUSTER,
    "flytekit.image_spec.default_builder": "!it builds images",
    "flytekit.interaction": COMMAND,
    "flytekit.interactive": "!it serves an editor from the task's container",
    "flytekit.remote": CLUSTER,
    "flytekit.tools": COMMAND,
}


def reason_for(module: str) -> str:
    """Why nothing of a module is covered; empty if it is only this or that name."""
    while module:
        if module in LEFT:
            return LEFT[module][1:]
        module = module.rpartition(".")[0]
    return ""
