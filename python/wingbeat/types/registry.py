"""The transformers that users have registered, and which of them a hint means.

Kept apart from `TypeEngine`, so that the question "does a Python transformer take part?", asked for every hint of
every task, loads nothing.
"""

from __future__ import annotations

import sys

from wingbeat.types.hints import NoneType, UnionType, form, home, is_alias, is_annotated, is_enum, is_literal, origin

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from wingbeat.types.transformer import TypeTransformer

#: Type -> transformer. Only what users registered: the types that wingbeat converts by itself are not in here.
transformers: dict[Any, TypeTransformer[Any]] = {}

#: Counts the changes of `transformers`, so that compiled codecs can tell that they are out of date.
epoch = 0

_BUILTIN = frozenset((int, float, str, bool, list, dict, tuple, NoneType, None, UnionType))
_BUILTIN_HOMES = frozenset(
    (
        ("datetime", "datetime"),
        ("datetime", "date"),
        ("datetime", "timedelta"),
        ("enum", "Enum"),
        ("pydantic.main", "BaseModel"),
    )
)

#: Classes whose transformer comes with wingbeat, by module and name -> the module of `transformers` that makes it.
#: That module is loaded for a hint that needs it, and nothing for any other.
_BROUGHT = {
    ("google.protobuf.message", "Message"): "protobuf",
    ("wingbeat.types.error", "FlyteError"): "error",
    ("flytekit.types.error.error", "FlyteError"): "error",
    ("collections.abc", "Iterator"): "iterator",
    ("wingbeat.types.iterator", "JSONIterator"): "iterator",
    ("wingbeat.types.transformers.pickle", "FlytePickle"): "pickle",
    ("wingbeat.types.file", "FlyteFile"): "file",
    ("os", "PathLike"): "file",
    ("wingbeat.types.directory", "FlyteDirectory"): "directory",
    ("typing", "TextIO"): "text_io",
    ("typing", "BinaryIO"): "text_io",
    ("wingbeat.types.structured_dataset.dataset", "StructuredDataset"): "structured_dataset",
    ("pandas", "DataFrame"): "structured_dataset",
    ("pandas.core.frame", "DataFrame"): "structured_dataset",
    ("pyarrow.lib", "Table"): "structured_dataset",
    ("polars.dataframe.frame", "DataFrame"): "structured_dataset",
    ("polars.lazyframe.frame", "LazyFrame"): "structured_dataset",
    ("wingbeat.types.flyte_schema.schema", "FlyteSchema"): "flyte_schema",
    ("numpy", "ndarray"): "numpy",
    ("sklearn.base", "BaseEstimator"): "sklearn",
    ("PIL.Image", "Image"): "image",
    ("torch", "Tensor"): "torch",
    ("torch.nn.modules.module", "Module"): "torch",
    ("wingbeat.types.pytorch_checkpoint", "PyTorchCheckpoint"): "torch",
    ("flytekit.extras.pytorch.checkpoint", "PyTorchCheckpoint"): "torch",
    # `tf.keras.Model`: of Keras 3, of TensorFlow 2.13 to 2.15, and of those before.
    ("keras.src.models.model", "Model"): "tensorflow",
    ("keras.src.engine.training", "Model"): "tensorflow",
    ("keras.engine.training", "Model"): "tensorflow",
    ("tensorflow.python.keras.engine.training", "Model"): "tensorflow",
}


def is_builtin(key: Any) -> bool:
    """Whether wingbeat converts this registry key by itself."""
    try:
        if key in _BUILTIN:
            return True
    except TypeError:
        return False
    return home(key) in _BUILTIN_HOMES or form(key) in ("Union", "Tuple", "NamedTuple")


def put(key: Any, transformer: TypeTransformer[Any]) -> None:
    """Bind a type to a transformer, whatever was there."""
    global epoch
    transformers[key] = transformer
    epoch += 1


def remove(key: Any) -> None:
    """Unbind a type; what wingbeat does by itself is back in force."""
    global epoch
    del transformers[key]
    epoch += 1


def find(hint: Any) -> TypeTransformer[Any] | None:
    """The transformer of a hint, or None if one of wingbeat's own nodes or the pickle applies (type-system spec 3.1).

    That is one that the user registered, or one that wingbeat brings along.
    """
    return _find(hint, _BROUGHT)


def find_registered(hint: Any) -> TypeTransformer[Any] | None:
    """As `find`, but only what the user registered."""
    return _find(hint, {})


def brought(key: Any) -> TypeTransformer[Any] | None:
    """The transformer that wingbeat brings along for exactly this class."""
    return _load(_BROUGHT.get(home(key)), key)


def _find(hint: Any, more: dict[tuple[str, str], str]) -> TypeTransformer[Any] | None:
    if is_annotated(hint):
        return _annotated(hint) or _find(hint.__origin__, more)
    if transformers:
        found = _direct(hint)
        if found is not None:
            return found
    cls = hint
    if is_alias(hint) or more.get(home(origin(hint))):
        # A subscripted builtin passes for its class, one of `typing` does not.
        cls = origin(hint)
    if not isinstance(cls, type) or _settled(cls):
        return None
    for base in cls.__mro__:
        found = (_direct(base) if transformers else None) or _load(more.get(home(base)), hint)
        if found is not None:
            if base is not cls and not cls.__module__.startswith("wingbeat."):
                leave_unknown_type(cls)
            return found
        if _settled(base):
            return None
    return None


def leave_unknown_type(hint: Any) -> None:
    """Raise NotCovered for a type that a plugin of flytekit's may know better, if user code has imported flytekit."""
    if "flytekit" in sys.modules:
        from wingbeat.types import left_to_flytekit

        left_to_flytekit.leave_unknown_type(hint)


def _load(module: str | None, hint: Any) -> TypeTransformer[Any] | None:
    if module is None:
        return None
    return __import__(f"wingbeat.types.transformers.{module}", fromlist=("make",)).make(hint)


def _annotated(hint: Any) -> TypeTransformer[Any] | None:
    """The transformer among the annotations. There can be none before its base class has been imported."""
    module = sys.modules.get("wingbeat.types.transformer")
    if module is None:
        return None
    for annotation in hint.__metadata__:
        if isinstance(annotation, module.TypeTransformer):
            return annotation
    return None


def _direct(hint: Any) -> TypeTransformer[Any] | None:
    """The transformer bound to exactly this hint, or to the class that it subscribes."""
    found = _get(hint)
    if found is not None or is_enum(hint) or is_literal(hint):
        return found
    if type(hint) is UnionType:
        return _get(UnionType)
    outer = origin(hint)
    return None if outer is None else _get(outer)


def _get(key: Any) -> TypeTransformer[Any] | None:
    try:
        return transformers.get(key)
    except TypeError:  # unhashable, so nobody can have registered it
        return None


def _settled(hint: Any) -> bool:
    """Whether wingbeat's own conversion is found here, before any base class is asked."""
    return is_enum(hint) or is_builtin(hint)
