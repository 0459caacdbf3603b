"""A function's inputs and outputs, read off its signature (authoring spec 3.1)."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from types import CodeType
    from typing import Any

_VARARGS, _VARKEYWORDS = 0x04, 0x08  # inspect.CO_VARARGS and CO_VARKEYWORDS, without inspect


class Interface:
    """What goes in and what comes out, in order.

    Args:
        inputs: Name -> hint, or a pair of hint and Python default; a default of None is none.
        outputs: Name -> hint.
        output_tuple_name: The class name when the outputs are the fields of a NamedTuple.
        docstring: Kept as it is.

    Raises:
        ValueError: an input has a name that no parameter can have.
    """

    def __init__(
        self,
        inputs: Mapping[str, Any] | None = None,
        outputs: Mapping[str, Any] | None = None,
        output_tuple_name: str | None = None,
        docstring: Any = None,
    ) -> None:
        #: Name -> hint.
        self.inputs: dict[str, Any] = {}
        #: The Python defaults of inputs that have one.
        self.defaults: dict[str, Any] = {}
        for name, hint in (inputs or {}).items():
            if not name.isidentifier():
                raise ValueError(f"Input name must be a valid Python identifier: {name!r}")
            if type(hint) is tuple and len(hint) > 1:
                self.inputs[name], self.defaults[name] = hint
            else:
                self.inputs[name] = hint
        self.outputs: Any = outputs or {}
        self.output_tuple_name = output_tuple_name
        self.docstring = docstring

    @property
    def inputs_with_defaults(self) -> dict[str, tuple[Any, Any]]:
        """Name -> (hint, default); None stands for no default, as in flytekit."""
        return {name: (hint, self.defaults.get(name)) for name, hint in self.inputs.items()}

    @property
    def default_inputs_as_kwargs(self) -> dict[str, Any]:
        """The defaults that are not None."""
        return {name: self.defaults[name] for name in self.inputs if self.defaults.get(name) is not None}

    @property
    def output_names(self) -> list[str] | None:
        """The names of the outputs; None if there are none."""
        return list(self.outputs) or None

    @property
    def output_tuple(self) -> Any:
        """The class of what a call with several outputs returns: a named tuple. None if there are no outputs."""
        if not self.outputs:
            return None
        from collections import namedtuple

        return namedtuple(self.output_tuple_name or "DefaultNamedTupleOutput", list(self.outputs))  # noqa: PYI024

    def remove_inputs(self, vars: Iterable[str] | None) -> Interface:  # noqa: A002 flytekit's name
        """The same without some inputs."""
        if not vars:
            return self
        left = dict(self.inputs_with_defaults)
        for name in vars:
            left.pop(name, None)
        return Interface(left, self.outputs, self.output_tuple_name, self.docstring)

    def with_inputs(self, extra_inputs: Mapping[str, Any]) -> Interface:
        """The same with more inputs.

        Raises:
            ValueError: one of them is there already.
        """
        if not extra_inputs:
            return self
        for name in extra_inputs:
            if name in self.inputs:
                raise ValueError(f"Input {name} cannot be added as it already exists in the interface")
        inputs = {**self.inputs_with_defaults, **{name: (hint, None) for name, hint in extra_inputs.items()}}
        return Interface(inputs, self.outputs, self.output_tuple_name, self.docstring)

    def with_outputs(self, extra_outputs: Mapping[str, Any]) -> Interface:
        """The same with more outputs.

        Raises:
            ValueError: one of them is there already.
        """
        if not extra_outputs:
            return self
        for name in extra_outputs:
            if name in self.outputs:
                raise ValueError(f"Output {name} cannot be added as it already exists in the interface")
        outputs = {**self.outputs, **extra_outputs}
        return Interface(self.inputs_with_defaults, outputs, self.output_tuple_name, self.docstring)

    def __repr__(self) -> str:
        return f"Interface(inputs={self.inputs!r}, outputs={self.outputs!r})"


class SignatureError(Exception):
    """The signature of a task function does not say what Flyte has to know.

    `error_code` is the code that flytekit reports for the same mistake.
    """

    def __init__(self, message: str, error_code: str) -> None:
        super().__init__(message)
        self.error_code = error_code


def read_interface(function: Callable[..., Any], *, pickle_untyped: bool = False) -> Interface:
    """The interface of a function.

    `*args` and `**kwargs` are inputs like any other; a default of `None` is a default here, although a workflow
    cannot leave such an input out.

    Raises:
        SignatureError: a parameter has no annotation (and `pickle_untyped` is off), or the outputs are a tuple of one.
        NameError: an annotation names something that does not exist in the function's module.
    """
    hints = resolve_hints(function)
    names, defaults = parameters(function)
    untyped = __import__("typing").Any if pickle_untyped else None
    inputs = {}
    for name in names:
        hint = hints.get(name, untyped)
        if hint is None:
            raise SignatureError(
                f"'{name}' has no type. Please add a type annotation to the input parameter. (task function "
                f"{function.__module__}.{function.__qualname__})",
                "USER:MissingTypeError",
            )
        inputs[name] = hint
    returned = hints.get("return", untyped)
    interface = Interface(inputs, read_outputs(returned), named_tuple(returned))
    interface.defaults = defaults
    return interface


def parameters(function: Callable[..., Any]) -> tuple[list[str], dict[str, Any]]:
    """The names of all parameters in order, and the defaults of those that have one."""
    innermost: Any = function
    while not hasattr(innermost, "__signature__") and hasattr(innermost, "__wrapped__"):
        innermost = innermost.__wrapped__  # `functools.wraps`: the signature is that of the function inside
    code: CodeType | None = getattr(innermost, "__code__", None)
    if code is None or hasattr(innermost, "__signature__"):
        return inspected(innermost)
    positional = code.co_varnames[: code.co_argcount]
    keyword = code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount]
    end = len(positional) + len(keyword)
    rest: list[str] = []
    if code.co_flags & _VARARGS:
        rest.append(code.co_varnames[end])
        end += 1
    more = [code.co_varnames[end]] if code.co_flags & _VARKEYWORDS else []
    given = innermost.__defaults__ or ()
    defaults = dict(zip(positional[len(positional) - len(given) :], given, strict=True))
    defaults.update(innermost.__kwdefaults__ or {})
    return [*positional, *rest, *keyword, *more], defaults


def inspected(function: Callable[..., Any]) -> tuple[list[str], dict[str, Any]]:
    """The same for whatever is no plain function: a callable object, a builtin, a signature set by hand."""
    import inspect

    signature = inspect.signature(function).parameters
    defaults = {name: one.default for name, one in signature.items() if one.default is not one.empty}
    return list(signature), defaults


def resolve_hints(function: Callable[..., Any]) -> dict[str, Any]:
    """The annotations as objects; None stays None.

    `typing` is loaded only where an annotation is text that may need it: it costs more than reading all the rest.
    """
    annotations: dict[str, Any] = getattr(function, "__annotations__", {})
    texts = [hint for hint in annotations.values() if isinstance(hint, str)]
    if not texts:
        return annotations
    import sys

    if "typing" not in sys.modules and not any("'" in text or '"' in text for text in texts):
        # Without typing there are no forward references inside hints either: plain expressions, as in the source.
        space = getattr(function, "__globals__", {})
        return {
            name: eval(hint, space) if isinstance(hint, str) else hint  # noqa: S307
            for name, hint in annotations.items()
        }
    import typing

    return typing.get_type_hints(function, include_extras=True)


def read_outputs(hint: Any) -> dict[str, Any]:
    """The outputs by name: the fields of a NamedTuple, else `o0`, `o1`, … (authoring spec 3.1)."""
    if hint is None or hint is type(None):
        return {}
    if named_tuple(hint) is not None:
        import typing

        return typing.get_type_hints(hint, include_extras=True)
    hints = hint if isinstance(hint, tuple) else getattr(hint, "__args__", ()) if origin(hint) is tuple else None
    if hints is None:
        return {"o0": hint}
    if len(hints) == 1:
        raise SignatureError(
            f"A tuple says that there are several outputs, and {hint!r} has one: declare the output itself",
            "USER:ValidationError",
        )
    return {f"o{position}": one for position, one in enumerate(hints)}


def named_tuple(hint: Any) -> str | None:
    """The class name, if the hint is a NamedTuple class."""
    if isinstance(hint, type) and hint.__bases__ == (tuple,) and hasattr(hint, "_fields"):
        return hint.__name__
    return None


def origin(hint: Any) -> Any:
    """`typing.get_origin` as far as it matters here."""
    return getattr(hint, "__origin__", None)
