"""What stands for an output that is not there yet: `Promise` (authoring spec 1.3).

Outside of a workflow's body, only imperative workflows have them.
"""

from __future__ import annotations

from wingbeat.idl.bindings import OutputReference

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

    from typing_extensions import Self

    from wingbeat.authoring.condition import ComparisonExpression
    from wingbeat.authoring.node import Node

__all__ = ["NodeOutput", "Promise", "VoidPromise"]


class NodeOutput(OutputReference):
    """The output `var` of a node, or the part of it that `attr_path` leads to."""

    def __init__(self, node: Node, var: str, attr_path: list[str | int] | None = None) -> None:
        self._node = node
        self._var = var
        self._attr_path = [] if attr_path is None else attr_path

    @property
    def node(self) -> Node:
        """The node."""
        return self._node

    @property  # type: ignore[misc]
    def node_id(self) -> str:  # type: ignore[override]
        """Its name in the workflow."""
        return self._node.id

    def deepcopy(self) -> NodeOutput:
        """A copy, of the same node."""
        return NodeOutput(self._node, self._var, list(self._attr_path))

    def with_attr(self, key: str | int) -> NodeOutput:
        """A part of it."""
        return NodeOutput(self._node, self._var, [*self._attr_path, key])

    def __repr__(self) -> str:
        return f"Node({self._node}:{self._var})"


class Promise:
    """The value of an input or output, or what stands for it until there is one.

    Items and attributes stand for parts of it; comparisons are expressions for `conditional`. It has no truth value
    and cannot be iterated over.

    Args:
        var: The name of the input or output.
        val: The value, a `Literal`; or where it will come from, a `NodeOutput`.
        type: Its type, as Flyte describes it.
    """

    def __init__(self, var: str, val: Any, type: Any = None) -> None:  # noqa: A002 flytekit's name
        self._var = var
        self._ref = val if isinstance(val, NodeOutput) else None
        self._val = None if self._ref is not None else val
        self._promise_ready = self._ref is None
        self._attr_path: list[str | int] = []
        self._type = type

    def __hash__(self) -> int:
        return hash(id(self))

    @property
    def is_ready(self) -> bool:
        """Whether there is a value."""
        return self._promise_ready

    @property
    def val(self) -> Any:
        """The value; None before there is one."""
        return self._val

    @property
    def ref(self) -> NodeOutput | None:
        """Where it will come from; None if there is a value."""
        return self._ref

    @property
    def var(self) -> str:
        """The name of the input or output."""
        return self._var

    @property
    def attr_path(self) -> list[str | int]:
        """The way to the part that it stands for."""
        return self._attr_path

    def with_var(self, new_var: str) -> Promise:
        """The same under another name."""
        return Promise(new_var, self._val if self._promise_ready else self._ref)

    def eval(self) -> Any:
        """The value in Python.

        Raises:
            ValueError: there is none, or it is no primitive one.
        """
        if not self._promise_ready or self._val is None:
            raise ValueError("Cannot Eval with incomplete promises")
        scalar = self._val.scalar
        if scalar is None or scalar.primitive is None:
            raise ValueError("Eval can be invoked for primitive types only")
        return scalar.primitive.value

    def with_overrides(self, *args: Any, **kwargs: Any) -> Self:
        """Run the node that it comes from in another way, see `Node.with_overrides`."""
        if self._ref is not None:
            self._ref.node.with_overrides(*args, **kwargs)
        return self

    def __rshift__(self, other: Promise | VoidPromise) -> Promise | VoidPromise:
        if self._ref is not None and other.ref:
            self._ref.node.runs_before(other.ref.node)
        return other

    def is_(self, v: bool) -> ComparisonExpression:
        """Whether it is that truth value."""
        return self._compared("EQ", v)

    def is_false(self) -> ComparisonExpression:
        """Whether it is False."""
        return self.is_(False)

    def is_true(self) -> ComparisonExpression:
        """Whether it is True."""
        return self.is_(True)

    def is_none(self) -> ComparisonExpression:
        """Whether it is None."""
        return self._compared("EQ", None)

    def __eq__(self, other: object) -> ComparisonExpression:  # type: ignore[override]
        return self._compared("EQ", other)

    def __ne__(self, other: object) -> ComparisonExpression:  # type: ignore[override]
        return self._compared("NE", other)

    def __gt__(self, other: object) -> ComparisonExpression:
        return self._compared("GT", other)

    def __ge__(self, other: object) -> ComparisonExpression:
        return self._compared("GE", other)

    def __lt__(self, other: object) -> ComparisonExpression:
        return self._compared("LT", other)

    def __le__(self, other: object) -> ComparisonExpression:
        return self._compared("LE", other)

    def _compared(self, operator: str, other: object) -> ComparisonExpression:
        from wingbeat.authoring.condition import ComparisonExpression, ComparisonOps

        return ComparisonExpression(self, ComparisonOps[operator], other)

    def __bool__(self) -> NoReturn:
        raise ValueError(
            "Flytekit does not support Unary expressions or performing truth value testing, This is a limitation in "
            "python. For Logical `and\\or` use `&\\|` (bitwise) instead"
        )

    def __and__(self, other: object) -> NoReturn:
        raise ValueError("Cannot perform Logical AND of Promise with other")

    def __or__(self, other: object) -> NoReturn:
        raise ValueError("Cannot perform Logical OR of Promise with other")

    def __iter__(self) -> NoReturn:
        raise ValueError(
            f" {self._var} is a Promise. Promise objects are not iterable - can't range() over a promise. But you can "
            "use [index] or the alpha version of @eager workflows"
        )

    def __getitem__(self, key: str | int) -> Promise:
        return self._append_attr(key)

    def __getattr__(self, key: str) -> Promise:
        if key.startswith("__") and key.endswith("__"):  # copy, pickle and friends ask for these
            raise AttributeError(key)
        return self._append_attr(key)

    def _append_attr(self, key: str | int) -> Promise:
        part = self.deepcopy()
        part._attr_path.append(key)
        if part._ref is not None:
            part._ref = part._ref.with_attr(key)
        return part

    def deepcopy(self) -> Promise:
        """A copy, of the same value or node."""
        copied = Promise(self._var, self._val if self._ref is None else self._ref)
        copied._attr_path = list(self._attr_path)
        return copied

    def __repr__(self) -> str:
        if self._ref is None:
            return f"Resolved({self._var}={self._val})"
        return f"Promise(node:{self._ref.node_id}.{self._var}.{self._attr_path})"


class VoidPromise:
    """What stands for the outputs of a task that has none: nothing can be done with it but to order nodes.

    Args:
        task_name: The task's name.
        ref: The node, if it was made for one.
    """

    def __init__(self, task_name: str, ref: NodeOutput | None = None) -> None:
        self._task_name = task_name
        self._ref = ref

    @property
    def task_name(self) -> str:
        """The task's name."""
        return self._task_name

    @property
    def ref(self) -> NodeOutput | None:
        """The node, if it was made for one."""
        return self._ref

    def runs_before(self, *args: Any, **kwargs: Any) -> None:
        """Nothing, as in flytekit; use `>>`."""

    def __rshift__(self, other: Promise | VoidPromise) -> Promise | VoidPromise:
        if self._ref and other.ref:
            self._ref.node.runs_before(other.ref.node)
        return other

    def with_overrides(self, *args: Any, **kwargs: Any) -> Self:
        """Run the node in another way, see `Node.with_overrides`."""
        if self._ref:
            self._ref.node.with_overrides(*args, **kwargs)
        return self

    def _refuse(self, *_: object) -> NoReturn:
        raise AssertionError(f"Task {self._task_name} returns nothing, NoneType return cannot be used")

    __eq__ = __and__ = __or__ = __le__ = __ge__ = __gt__ = __lt__ = __add__ = __bool__ = __mod__ = _refuse
    __xor__ = __str__ = __repr__ = _refuse
