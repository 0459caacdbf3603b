"""A node of a graph: what an imperative workflow records of each thing that it runs (authoring spec 4.3)."""

from __future__ import annotations

from wingbeat.authoring.dns_name import dns_name
from wingbeat.exceptions import NotCovered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from typing_extensions import Self

    from wingbeat.authoring.promise import Promise

__all__ = ["Node"]


class Node:
    """A step of a workflow. An output of it is an attribute by the output's name, and an item of `outputs`.

    Args:
        id: Its name in the workflow.
        metadata: How it is run, where that is known.
        bindings: Where its inputs come from, where that is known.
        upstream_nodes: The nodes that run before it.
        flyte_entity: What it runs.

    Raises:
        ValueError: there is no `id`.
    """

    TIMEOUT_OVERRIDE_SENTINEL = object()

    def __init__(
        self,
        id: str,  # noqa: A002 flytekit's name
        metadata: Any,
        bindings: Sequence[Any] | None,
        upstream_nodes: list[Node],
        flyte_entity: Any,
    ) -> None:
        if id is None:
            raise ValueError("Illegal construction of node, without a Node ID")
        self._id = dns_name(id)
        self._metadata = metadata
        self._bindings = bindings
        self._upstream_nodes = upstream_nodes
        self._flyte_entity = flyte_entity
        self._aliases: list[Any] | None = None
        self._outputs: dict[str, Promise] | None = None
        self._container_image: str | None = None
        self._pod_template: Any = None
        #: What `create_node` was given.
        self._inputs: dict[str, Any] = {}
        #: What `with_overrides` was given.
        self._overrides: dict[str, Any] = {}

    @property
    def id(self) -> str:
        """Its name in the workflow."""
        return self._id

    @property
    def name(self) -> str:
        """The same."""
        return self._id

    @property
    def upstream_nodes(self) -> list[Node]:
        """The nodes that run before it."""
        return self._upstream_nodes

    @property
    def flyte_entity(self) -> Any:
        """What it runs."""
        return self._flyte_entity

    @property
    def run_entity(self) -> Any:
        """The same; of a map task, the task that is mapped."""
        return getattr(self._flyte_entity, "python_function_task", self._flyte_entity)

    @property
    def metadata(self) -> Any:
        """How it is run. Raises NotCovered for a node that was only recorded."""
        if self._metadata is None:
            raise NotCovered("flytekit.core.node.Node.metadata", "it is made where the workflow is registered")
        return self._metadata

    @property
    def bindings(self) -> Sequence[Any]:
        """Where its inputs come from. Raises NotCovered for a node that was only recorded."""
        if self._bindings is None:
            raise NotCovered("flytekit.core.node.Node.bindings", "they are made where the workflow is registered")
        return self._bindings

    @property
    def outputs(self) -> dict[str, Promise]:
        """Its outputs by name.

        Raises:
            AssertionError: it was not made by `create_node`.
        """
        if self._outputs is None:
            raise AssertionError("Cannot use outputs with all Nodes, node must've been created from create_node()")
        return self._outputs

    def __getattr__(self, name: str) -> Any:
        outputs = self.__dict__.get("_outputs")
        if outputs is not None and name in outputs:
            return outputs[name]
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def runs_before(self, other: Node) -> None:
        """Have another node run after this one."""
        if self not in other._upstream_nodes:
            other._upstream_nodes.append(self)

    def __rshift__(self, other: Node) -> Node:
        self.runs_before(other)
        return other

    def with_overrides(
        self,
        node_name: str | None = None,
        aliases: dict[str, str] | None = None,
        requests: Any = None,
        limits: Any = None,
        timeout: Any = TIMEOUT_OVERRIDE_SENTINEL,
        retries: int | None = None,
        interruptible: bool | None = None,
        name: str | None = None,
        task_config: Any = None,
        container_image: str | None = None,
        accelerator: Any = None,
        cache: Any = None,
        shared_memory: Any = None,
        pod_template: Any = None,
        resources: Any = None,
        *args: Any,
        **kwargs: Any,
    ) -> Self:
        """Run the entity in another way in this place.

        The parameters are those of `task`; `node_name` is another name of the node, `name` what is shown of it, and
        `aliases` are other names of outputs.

        Raises:
            AssertionError: a value is of another type, or the output of a node.
            ValueError: parameters contradict each other.
        """
        given = locals()
        from wingbeat.authoring.overrides import check

        check(self, given)
        if node_name is not None:
            self._id = dns_name(node_name)
        if aliases is not None:
            from wingbeat.idl.workflow import Alias

            self._aliases = [Alias(var=var, alias=alias) for var, alias in aliases.items()]
        if container_image is not None:
            self._container_image = container_image
        if pod_template is not None:
            self._pod_template = pod_template
        untold = (None, self.TIMEOUT_OVERRIDE_SENTINEL)
        self._overrides |= {
            key: value
            for key, value in {**given, **kwargs}.items()
            if key not in ("self", "args", "kwargs") and not any(value is one for one in untold)
        }
        if timeout is None:
            self._overrides["timeout"] = None
        return self

    def __repr__(self) -> str:
        return f"<node {self._id} of {getattr(self._flyte_entity, 'name', self._flyte_entity)}>"
