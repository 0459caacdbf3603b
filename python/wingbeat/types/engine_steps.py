"""The steps of `TypeEngine`'s conversions that flytekit offers one by one, for code that takes them itself."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, ClassVar

from wingbeat.errors import TypeTransformerFailedError
from wingbeat.types.hints import NoneType, is_annotated, is_any, name
from wingbeat.types.preview import preview

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wingbeat.idl import Literal, LiteralType

__all__ = ["EngineSteps", "refuse_tuple"]


class EngineSteps:
    """Base of `TypeEngine`."""

    #: flytekit holds it while it registers the transformers of libraries; wingbeat has no need of it.
    lazy_import_lock: ClassVar[Any] = threading.Lock()

    @classmethod
    def to_literal_checks(cls, python_val: Any, python_type: Any, expected: LiteralType | None) -> None:
        """Raise `TypeTransformerFailedError` for a tuple, and for None where the Flyte type has no place for it."""
        refuse_tuple(python_val)
        if python_val is None and python_type is not NoneType and not is_any(python_type):
            if expected is None or expected.union_type is not None:
                return
            raise TypeTransformerFailedError(
                f"Python value cannot be None, expected {name(python_type)}; declare Optional[{name(python_type)}]"
                " if None is meant"
            )

    @classmethod
    def calculate_hash(cls, python_val: Any, python_type: Any) -> Any:
        """What the `HashMethod` of an annotated type makes of a value; None if there is none."""
        if not is_annotated(python_type):
            return None
        from wingbeat.types.annotated import hash_method

        method = hash_method(python_type)
        return None if method is None else method(python_val)

    @classmethod
    async def unwrap_offloaded_literal(cls, ctx: Any, lv: Literal) -> Literal:
        """What is stored, of an offloaded literal; any other as it is. Raises as downloading does."""
        from wingbeat.types.offloaded import present

        return present(lv, ctx)

    @classmethod
    async def dict_to_literal_map_pb(
        cls, ctx: Any, d: Mapping[str, Any], type_hints: Mapping[str, Any] | None = None
    ) -> Any:
        """The message of `dict_to_literal_map`."""
        engine: Any = cls
        return (await engine.async_dict_to_literal_map(ctx, d, type_hints)).to_flyte_idl()


def refuse_tuple(value: Any) -> None:
    """Raise `TypeTransformerFailedError` for a tuple: it is no value in Flyte."""
    if isinstance(value, tuple):
        raise TypeTransformerFailedError(
            f"Tuples are not a supported type for individual values in Flyte - got a tuple - {preview(value)}."
            " Use a list or a dataclass; of a NamedTuple that an inner task returned, pass one field"
        )
