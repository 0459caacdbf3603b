"""The contexts that user code has put on top of the process's own: `FlyteContextManager` (runtime contract 7.3).

What is pushed is seen by the code that pushed it, by coroutines that it starts, and by threads that run in a
`contextvars.copy_context()`. Any other thread sees the context of the process, which is that of the task.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar

from wingbeat.runtime import context

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from types import FrameType
    from typing import Any, ClassVar

    from wingbeat.runtime.flyte_context import ContextBuilder, FlyteContext

_stack: ContextVar[tuple[FlyteContext, ...]] = ContextVar("wingbeat contexts", default=())


def top() -> FlyteContext | None:
    """The context that was pushed last."""
    stack = _stack.get()
    return stack[-1] if stack else None


def pushed() -> tuple[bool, Any]:
    """Whether there is one, and its parameters."""
    ctx = top()
    return ctx is not None, ctx and ctx.user_space_params


class FlyteContextManager:
    """Where flytekit's transformers, and code that must run under another context, ask for it."""

    #: What is called before SIGINT ends the process.
    signal_handlers: ClassVar[list[Callable[[int, FrameType | None], Any]]] = []

    @staticmethod
    def get_origin_stackframe(limit: int = 2) -> Any:
        """The frame so many calls further out, as a `traceback.FrameSummary`."""
        import traceback

        return traceback.extract_stack(limit=limit + 1)[0]

    @staticmethod
    def current_context() -> FlyteContext:
        """The context now."""
        from wingbeat.runtime.flyte_context import current

        return current()

    @staticmethod
    def push_context(ctx: FlyteContext, f: Any = None) -> FlyteContext:  # noqa: ARG004
        """Make `ctx` the current context. `f`, a frame that flytekit would note, is not looked at.

        Raises:
            NotCovered: it is one under which calls of tasks would build a graph.
        """
        if ctx.compilation_state is not None:
            from wingbeat.exceptions import NotCovered

            raise NotCovered("flytekit.core.context_manager.CompilationState", "wingbeat builds no graphs")
        _stack.set((*_stack.get(), ctx))
        context.pushed = pushed
        return ctx

    @staticmethod
    def pop_context() -> FlyteContext:
        """Take the last context away.

        Raises:
            AssertionError: it is that of the process.
        """
        stack = _stack.get()
        if not stack:
            raise AssertionError("Illegal Context state! Nothing was pushed that could be popped")
        _stack.set(stack[:-1])
        return stack[-1]

    @staticmethod
    @contextmanager
    def with_context(b: ContextBuilder) -> Iterator[FlyteContext]:
        """Run the body of a `with` under a new context; what else the body has pushed is gone afterwards too."""
        before = _stack.get()
        try:
            yield FlyteContextManager.push_context(b.build())
        finally:
            _stack.set(before)

    @staticmethod
    def size() -> int:
        """How many contexts there are, the process's own included."""
        return 1 + len(_stack.get())

    @staticmethod
    def initialize() -> None:
        """Forget what was pushed."""
        _stack.set(())

    @staticmethod
    def add_signal_handler(handler: Callable[[int, FrameType | None], Any]) -> None:
        """Have `handler` called with the number and the frame when SIGINT ends the process, after those before it.

        The exit status is 1 then, and no file is written (runtime contract 1.6).
        """
        FlyteContextManager.signal_handlers.append(handler)
        import signal
        import threading

        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, end)


def new_context() -> AbstractContextManager[FlyteContext]:
    """A context like the current one, to work under in a `with` block."""
    return FlyteContextManager.with_context(FlyteContextManager.current_context().new_builder())


def end(number: int, frame: FrameType | None) -> None:
    """Call the handlers, then end the process."""
    for handler in FlyteContextManager.signal_handlers:
        handler(number, frame)
    raise SystemExit(1)
