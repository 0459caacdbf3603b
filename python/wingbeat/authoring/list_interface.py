"""The inputs and outputs of a task that is run for every element of lists (authoring spec 4.7)."""

from __future__ import annotations

from wingbeat.authoring.interface import Interface

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from typing import Any


def list_interface(
    interface: Interface,
    bound_inputs: Collection[str] = (),
    excluded_inputs: Collection[str] = (),
    optional_outputs: bool = False,
) -> Interface:
    """The interface in which all is in lists.

    Args:
        interface: That of one element.
        bound_inputs: Inputs that are the same for all elements.
        excluded_inputs: Inputs that are left out.
        optional_outputs: Whether elements may have failed, and have no output.
    """
    inputs = {name: hint for name, hint in interface.inputs.items() if name not in excluded_inputs}
    return Interface(_lists(inputs, bound_inputs, False), _lists(interface.outputs, (), optional_outputs))


def _lists(hints: Mapping[str, Any], kept: Collection[str], optional: bool) -> dict[str, Any]:
    import typing

    in_list: Any = typing.List  # noqa: UP006 as messages show it
    or_none: Any = typing.Optional

    lists: dict[str, Any] = {}
    for name, hint in hints.items():
        if name in kept:
            lists[name] = hint
        else:
            lists[name] = in_list[or_none[hint]] if optional else in_list[hint]
    return lists
