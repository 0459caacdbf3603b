"""scikit-learn's estimators, as joblib writes them (type-system spec 2.1)."""

from __future__ import annotations

from typing import Any

from wingbeat.types.pickle_policy import require_allowed
from wingbeat.types.third_party import load
from wingbeat.types.transformers.stored_file import StoredFileTransformer

__all__ = ["SklearnEstimatorTransformer", "make"]


class SklearnEstimatorTransformer(StoredFileTransformer[Any]):
    """Estimators of any class. Their files are pickles, so `WINGBEAT_PICKLE` decides whether they are used."""

    FORMAT = SKLEARN_FORMAT = "SklearnEstimator"
    SUFFIX = ".joblib"
    WHAT = "an estimator"

    def __init__(self) -> None:
        super().__init__("Sklearn Estimator", load("sklearn.base", "to convert estimators").BaseEstimator)

    def write(self, value: Any, path: str, t: Any) -> None:
        """`joblib.dump`. Raises `TypeTransformerFailedError` if pickles are denied."""
        require_allowed(t, reading=False)
        load("joblib", "to write estimators").dump(value, path)

    def read(self, path: str, t: Any) -> Any:
        """`joblib.load`. Raises `TypeTransformerFailedError` if pickles are denied."""
        require_allowed(t, reading=True)
        return load("joblib", "to read estimators").load(path)


def make(hint: Any) -> SklearnEstimatorTransformer:  # noqa: ARG001  # the signature of all `make`
    """The transformer of `sklearn.base.BaseEstimator` and its subclasses."""
    return SklearnEstimatorTransformer()
