"""Arrays, models and images, exchanged with flytekit in both directions.

Imported here and by flytekit's interpreter, which has its own classes for what wingbeat calls by the same names.
"""
# mypy: ignore-errors

from typing import Annotated, Any, Dict, List, Optional, Union

import numpy as np
import onnx
import PIL.Image
from numpy.typing import NDArray
from onnx import helper
from sklearn.base import BaseEstimator
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

try:
    from flytekit import HashMethod, kwtypes
    from flytekit.core.annotation import FlyteAnnotation
except ImportError:
    from wingbeat import FlyteAnnotation, HashMethod, kwtypes


class Scaled(LinearRegression):
    """An estimator of the user's."""


def table() -> Any:
    return np.arange(6, dtype="float64").reshape(2, 3)


def fitted(cls: Any = LinearRegression) -> Any:
    return cls().fit([[0.0], [1.0], [2.0]], [1.0, 3.0, 5.0])


def image(mode: str = "RGB") -> Any:
    return PIL.Image.frombytes("RGB", (2, 2), bytes(range(12))).convert(mode)


def network() -> Any:
    graph = helper.make_graph(
        [helper.make_node("Relu", ["x"], ["y"])],
        "graph",
        [helper.make_tensor_value_info("x", onnx.TensorProto.FLOAT, [1])],
        [helper.make_tensor_value_info("y", onnx.TensorProto.FLOAT, [1])],
    )
    return helper.make_model(graph)


#: Name -> declared type and a value.
CASES: dict[str, tuple[Any, Any]] = {
    "array": (np.ndarray, table()),
    "array of a type": (NDArray[np.float64], table()),
    "array of a shape": (np.ndarray[tuple[int, int], np.dtype[np.float64]], table()),
    "integers": (np.ndarray, np.array([1, -2], "int16")),
    "big-endian": (np.ndarray, np.array([1.5], ">f4")),
    "booleans": (np.ndarray, np.array([True])),
    "texts": (np.ndarray, np.array(["a", "bc"])),
    "moments": (np.ndarray, np.array(["2020-01-02"], "datetime64[s]")),
    "records": (np.ndarray, np.array([(1, 2.5)], [("a", "i4"), ("b", "f8")])),
    "no dimension": (np.ndarray, np.array(3.5)),
    "empty": (np.ndarray, np.zeros((0, 3))),
    "not contiguous": (np.ndarray, table()[:, ::2]),
    "column order": (np.ndarray, np.asfortranarray(table())),
    "subclass": (np.recarray, np.rec.array([(1, 2.5)], dtype=[("a", "i4"), ("b", "f8")])),
    "mapped": (Annotated[np.ndarray, kwtypes(mmap_mode="r")], table()),
    "mapped to change": (Annotated[np.ndarray, kwtypes(mmap_mode="r+")], table()),
    "objects": (Annotated[np.ndarray, kwtypes(allow_pickle=True)], np.array([{"a": 1}, None], "object")),
    "list for an array": (Annotated[np.ndarray, kwtypes(allow_pickle=False)], [1, 2]),
    "unknown option": (Annotated[np.ndarray, kwtypes(color=str)], table()),
    "hashed": (Annotated[np.ndarray, HashMethod(lambda value: str(value.sum()))], table()),
    "hashed and mapped": (Annotated[np.ndarray, HashMethod(lambda value: "h"), kwtypes(mmap_mode="c")], table()),
    "list of arrays": (List[np.ndarray], [table(), np.array([1])]),
    "dict of arrays": (Dict[str, np.ndarray], {"a": table()}),
    "dict of lists of arrays": (Dict[str, List[np.ndarray]], {"a": [table()], "b": []}),
    "optional array": (Optional[np.ndarray], table()),
    "no array": (Optional[np.ndarray], None),
    "array or integer": (Union[np.ndarray, int], table()),
    "array or list": (Union[np.ndarray, List[float]], table()),
    "estimator": (LinearRegression, fitted()),
    "any estimator": (BaseEstimator, fitted()),
    "pipeline": (Pipeline, fitted(lambda: Pipeline([("scale", StandardScaler()), ("fit", LinearRegression())]))),
    "estimator of one's own": (Scaled, fitted(Scaled)),
    "list of estimators": (List[BaseEstimator], [fitted(), StandardScaler()]),
    "optional estimator": (Optional[LinearRegression], fitted()),
    "image": (PIL.Image.Image, image()),
    "gray image": (PIL.Image.Image, image("L")),
    "transparent image": (PIL.Image.Image, image("RGBA")),
    "optional image": (Optional[PIL.Image.Image], image()),
    "onnx model": (onnx.ModelProto, network()),
}

#: Name -> declared type and a value that neither writes.
REFUSED: dict[str, tuple[Any, Any]] = {
    "objects without pickle": (np.ndarray, np.array([{"a": 1}], "object")),
    "list": (np.ndarray, [1.0]),
    "number": (np.ndarray, np.float64(1)),
    "none": (np.ndarray, None),
    "masked": (np.ndarray, np.ma.array([1, 2], mask=[True, False])),
    "text among the annotations": (Annotated[np.ndarray, "x"], table()),
    "annotation": (Annotated[np.ndarray, FlyteAnnotation({"a": 1})], table()),
    "two sets of options": (Annotated[np.ndarray, kwtypes(a=1), kwtypes(b=1)], table()),
    "not mappable": (Annotated[np.ndarray, kwtypes(mmap_mode="?")], table()),
    "no estimator": (BaseEstimator, 3),
    "estimator class": (BaseEstimator, LinearRegression),
    "unpicklable": (BaseEstimator, Pipeline([("f", lambda: 1)])),
    "no image": (PIL.Image.Image, b"x"),
    "image that is no png": (PIL.Image.Image, image("CMYK")),
    "array in a dict": (dict, {"a": table()}),
}

#: Name -> declared type and a value that flytekit calls ambiguous: its transformer of arrays takes anything.
AMBIGUOUS: dict[str, tuple[Any, Any]] = {
    "integer or array": (Union[np.ndarray, int], 5),
    "list or array": (Union[np.ndarray, List[float]], [1.5]),
}


def canonical(value: Any) -> Any:
    """A value as JSON that tells it from others."""
    if isinstance(value, np.ndarray):
        kind = "memmap" if isinstance(value, np.memmap) else type(value).__name__
        return [kind, value.dtype.str, list(value.shape), str(value.flags.writeable), repr(value.tolist())]
    if isinstance(value, PIL.Image.Image):
        return [type(value).__name__, value.mode, value.size, value.tobytes().hex()]
    if isinstance(value, BaseEstimator):
        state = {key: canonical(item) for key, item in vars(value).items() if key.endswith("_")}
        return [type(value).__qualname__, repr(value), state]
    if isinstance(value, onnx.ModelProto):
        return value.SerializeToString(deterministic=True).hex()
    if isinstance(value, list):
        return [canonical(item) for item in value]
    if isinstance(value, dict):
        return {key: canonical(item) for key, item in value.items()}
    return repr(value)
