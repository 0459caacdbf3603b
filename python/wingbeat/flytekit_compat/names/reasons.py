"""Why wingbeat has nothing for a name. In the table a reason stands for the home, with a `!` before it."""

from __future__ import annotations

__all__ = ["CLUSTER", "COMMAND", "GRAPH", "SERVICE", "left", "reason_for"]

GRAPH = "!it builds a graph of nodes, which only flytekit does"
CLUSTER = "!it talks to a Flyte cluster"
COMMAND = "!it belongs to flytekit's own commands"
SERVICE = "!it is a message between Flyte's service and its clients"

#: Modules of flytekit, with all below them, that wingbeat leaves to flytekit as a whole.
LEFT = {
    "flytekit._ast": COMMAND,
    "flytekit.bin": COMMAND,
    "flytekit.clients": CLUSTER,
    "flytekit.clis": COMMAND,
    "flytekit.core.worker_queue": CLUSTER,
    "flytekit.extend.backend": CLUSTER,
    "flytekit.configuration.internal": COMMAND,
    "flytekit.configuration.plugin": COMMAND,
    "flytekit.image_spec.default_builder": "!it builds images",
    "flytekit.interaction": COMMAND,
    "flytekit.interactive": "!it serves an editor from the task's container",
    "flytekit.models.admin": SERVICE,
    "flytekit.models.core.catalog": SERVICE,
    "flytekit.models.domain": SERVICE,
    "flytekit.models.event": SERVICE,
    "flytekit.models.execution": SERVICE,
    "flytekit.models.filters": SERVICE,
    "flytekit.models.launch_plan": SERVICE,
    "flytekit.models.matchable_resource": SERVICE,
    "flytekit.models.node_execution": SERVICE,
    "flytekit.models.project": SERVICE,
    "flytekit.models.workflow_closure": SERVICE,
    "flytekit.remote": CLUSTER,
    "flytekit.tools": COMMAND,
}

#: Why modules that are covered in part lack the rest.
PARTLY = {
    "flytekit.core.array_node": GRAPH,
    "flytekit.core.condition": GRAPH,
    "flytekit.core.gate": GRAPH,
    "flytekit.core.node": GRAPH,
    "flytekit.core.node_creation": GRAPH,
    "flytekit.core.promise": GRAPH,
    "flytekit.core.workflow": GRAPH,
    "flytekit.models.core.compiler": SERVICE,
    "flytekit.models.named_entity": SERVICE,
}


def left(module: str) -> str:
    """Why nothing of a module is covered; empty if some of it is."""
    while module:
        if module in LEFT:
            return LEFT[module][1:]
        module = module.rpartition(".")[0]
    return ""


def reason_for(module: str) -> str:
    """Why a name of a module is not covered; empty where its name says enough."""
    return PARTLY[module][1:] if module in PARTLY else left(module)
