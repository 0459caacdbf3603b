"""Inputs and outputs as flytekit's `flytekit.core.interface` names and describes them (authoring spec 3.1)."""

from __future__ import annotations

import collections
import typing
from typing import TYPE_CHECKING, Any

from wingbeat.authoring import list_interface
from wingbeat.authoring.interface import Interface, SignatureError, read_interface, read_outputs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from wingbeat.idl import Parameter, ParameterMap, TypedInterface, Variable

__all__ = [
    "default_output_name",
    "extract_return_annotation",
    "output_name_generator",
    "remap_shared_output_descriptions",
    "repr_kv",
    "repr_type_signature",
    "transform_function_to_interface",
    "transform_inputs_to_parameters",
    "transform_interface_to_typed_interface",
    "transform_type",
    "transform_types_to_list_of_type",
    "transform_variable_map",
]


def repr_kv(k: str, v: Any) -> str:
    """A name and a type, or a pair of type and default, as text."""
    hint, default = v if isinstance(v, tuple) else (v, None)
    return f"{k}: {hint}" if default is None else f"{k}: {hint}={default}"


def repr_type_signature(io: Mapping[str, Any]) -> str:
    """All of them in brackets."""
    return f"({', '.join(repr_kv(name, hint) for name, hint in io.items())})"


def default_output_name(index: int = 0) -> str:
    """What the output at a position is called that has no name."""
    return f"o{index}"


def output_name_generator(length: int) -> Iterator[str]:
    """What so many outputs are called."""
    return map(default_output_name, range(length))


def extract_return_annotation(return_annotation: Any) -> dict[str, Any]:
    """The outputs by name.

    Raises:
        FlyteValidationException: a tuple says that there are several, and there is one.
    """
    import inspect

    if return_annotation is inspect.Signature.empty:
        return {}
    try:
        return collections.OrderedDict(read_outputs(return_annotation))
    except SignatureError:
        raise _one_in_a_tuple() from None


def _one_in_a_tuple() -> Exception:
    from wingbeat.exceptions import FlyteValidationException

    return FlyteValidationException(
        "Tuples should be used to indicate multiple return values, found only one return variable."
    )


def remap_shared_output_descriptions(output_descriptions: dict[str, str], outputs: Mapping[str, Any]) -> dict[str, str]:
    """What a docstring says of the outputs by name; one text is that of all of them."""
    if len(output_descriptions) != 1:
        return output_descriptions
    return dict.fromkeys(outputs, next(iter(output_descriptions.values())))


def transform_function_to_interface(
    fn: Callable[..., Any], docstring: Any = None, is_reference_entity: bool = False, pickle_untyped: bool = False
) -> Interface:
    """The inputs and outputs of a function.

    Raises:
        FlyteMissingTypeException: a parameter has no annotation.
        FlyteMissingReturnValueException: a result is declared and the text of the function returns none; this is not
            looked at in a task's process, nor for what only refers to something registered.
        FlyteValidationException: the result is declared as a tuple of one.
    """
    from wingbeat.authoring.process import executes_task
    from wingbeat.authoring.texts import has_return_statement
    from wingbeat.rare_exceptions import FlyteMissingReturnValueException, FlyteMissingTypeException

    try:
        found = read_interface(fn, pickle_untyped=pickle_untyped)
    except SignatureError as error:
        if error.error_code == "USER:ValidationError":
            raise _one_in_a_tuple() from None
        hints = typing.get_type_hints(fn, include_extras=True)
        names = __import__("inspect").signature(fn).parameters
        raise FlyteMissingTypeException(fn=fn, param_name=next(one for one in names if one not in hints)) from error
    returned = typing.get_type_hints(fn, include_extras=True).get("return")
    may_be_none = returned in (None, type(None)) or type(None) in typing.get_args(returned)
    if not (is_reference_entity or may_be_none or executes_task() or has_return_statement(fn)):
        raise FlyteMissingReturnValueException(fn=fn)
    found.docstring = docstring
    return found


def transform_type(x: Any, description: str | None = None) -> Variable:
    """The variable of a type. Raises TypeTransformerFailedError if it is no Flyte type."""
    from wingbeat.idl import Variable
    from wingbeat.types.engine import TypeEngine

    artifact = next((one for one in map(_partial_id, typing.get_args(x)) if one is not None), None)
    return Variable(TypeEngine.to_literal_type(x), description, artifact_partial_id=artifact)  # type: ignore[arg-type]


def _partial_id(annotation: Any) -> Any:
    """What an `Artifact`, or what it makes when it is called, says of an output."""
    specification = annotation() if type(annotation).__name__ == "Artifact" else annotation
    convert = getattr(specification, "to_partial_artifact_id", None)
    return None if convert is None else convert()


def transform_variable_map(
    variable_map: Mapping[str, Any], descriptions: Mapping[str, str] | None = None
) -> dict[str, Variable]:
    """The variables of types by name; one without a description is described by its name."""
    texts = descriptions or {}
    return collections.OrderedDict(
        (name, transform_type(hint, texts.get(name, name))) for name, hint in (variable_map or {}).items()
    )


def transform_interface_to_typed_interface(
    interface: Interface | None, allow_partial_artifact_id_binding: bool = False
) -> TypedInterface | None:
    """What Flyte is told of inputs and outputs.

    Raises:
        TypeTransformerFailedError: a type is no Flyte type.
        NotCovered: an output is an artifact: its partitions would have to be checked.
    """
    from wingbeat.idl import TypedInterface

    if interface is None:
        return None
    docstring = interface.docstring
    shared = {} if docstring is None else docstring.output_descriptions
    texts = remap_shared_output_descriptions(shared, interface.outputs)
    inputs = transform_variable_map(interface.inputs, None if docstring is None else docstring.input_descriptions)
    outputs = transform_variable_map(interface.outputs, texts)
    if any(output.artifact_partial_id for output in outputs.values()) and not allow_partial_artifact_id_binding:
        from wingbeat.exceptions import NotCovered

        raise NotCovered("flytekit.core.interface.verify_outputs_artifact_bindings")
    return TypedInterface(inputs, outputs)


def transform_inputs_to_parameters(ctx: Any, interface: Interface | None) -> ParameterMap:
    """What a launch plan is told of inputs and their defaults.

    Raises:
        TypeTransformerFailedError: a default does not fit its type.
        NotCovered: a default is an artifact, or a query of such.
    """
    from wingbeat.idl import ParameterMap

    if interface is None:
        return ParameterMap({})
    texts = None if interface.docstring is None else interface.docstring.input_descriptions
    variables = transform_variable_map(interface.inputs, texts)
    given = interface.inputs_with_defaults
    return ParameterMap({name: _parameter(ctx, variables[name], *given[name]) for name in variables})


def _parameter(ctx: Any, variable: Variable, hint: Any, default: Any) -> Parameter:
    from wingbeat.idl import Literal, Parameter, Scalar, Void
    from wingbeat.types.engine import TypeEngine

    if default is None:
        if type(None) in typing.get_args(hint):
            return Parameter(variable, default=Literal(scalar=Scalar(none_type=Void())), required=False)
        return Parameter(variable, required=True)
    if type(default).__name__ in ("Artifact", "ArtifactQuery"):
        from wingbeat.exceptions import NotCovered

        raise NotCovered(f"flytekit.{type(default).__name__}", "it is the default of an input")
    return Parameter(variable, default=TypeEngine.to_literal(ctx, default, hint, variable.type), required=False)


def transform_types_to_list_of_type(
    m: dict[str, Any], bound_inputs: set[str], list_as_optional: bool = False
) -> dict[str, Any]:
    """Lists of these types, but for the bound ones; with `list_as_optional`, elements may be None."""
    if not m or all(name in bound_inputs for name in m):
        return m or {}
    return list_interface._lists(m, bound_inputs, list_as_optional)
