"""A pipeline as people write it: configuration in dataclasses, tables, scikit-learn, models as files, metrics."""

import os
import typing
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Annotated, Dict, List, NamedTuple, Optional, Tuple

import joblib
import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.preprocessing import StandardScaler

from flytekit import Deck, Resources, current_context, map_task, task, workflow
from flytekit.types.directory import FlyteDirectory
from flytekit.types.file import FlyteFile, JoblibSerializedFile, ONNXFile


@dataclass
class Split:
    test: float = 0.25
    seed: int = 0


@dataclass
class Config:
    features: List[str]
    target: str
    split: Split = field(default_factory=Split)
    penalties: List[float] = field(default_factory=lambda: [0.1, 1.0])
    notes: Optional[Dict[str, str]] = None


@dataclass
class Score:
    penalty: float
    accuracy: float
    coefficients: Dict[str, float] = field(default_factory=dict)


class Data(NamedTuple):
    train: pd.DataFrame
    test: pd.DataFrame


class Fitted(NamedTuple):
    model: JoblibSerializedFile
    score: Score


@task(requests=Resources(cpu="1", mem="500Mi"), retries=2, cache=True, cache_version="1.0")
def configure(features: List[str], penalties: List[float]) -> Config:
    return Config(features, "target", penalties=penalties, notes={"by": "hand"})


@task
def make_data(config: Config, n: int) -> pd.DataFrame:
    generator = np.random.default_rng(config.split.seed)
    frame = pd.DataFrame({name: generator.normal(size=n) for name in config.features})
    frame[config.target] = (frame.sum(axis=1) > 0).astype(int)
    return frame


@task
def split(config: Config, frame: pd.DataFrame) -> Data:
    cut = int(len(frame) * (1 - config.split.test))
    return Data(frame[:cut], frame[cut:].reset_index(drop=True))


@task(limits=Resources(cpu="2", mem="1Gi"))
def fit(config: Config, train: pd.DataFrame, test: pd.DataFrame, penalty: float) -> Fitted:
    model = LogisticRegression(C=penalty).fit(train[config.features], train[config.target])
    path = os.path.join(current_context().working_directory, "model.joblib")
    joblib.dump(model, path)
    coefficients = {name: round(float(value), 6) for name, value in zip(config.features, model.coef_[0])}
    accuracy = float(model.score(test[config.features], test[config.target]))
    return Fitted(JoblibSerializedFile(path), Score(penalty, accuracy, coefficients))


@task
def predict(config: Config, model: JoblibSerializedFile, frame: pd.DataFrame) -> List[int]:
    return [int(value) for value in joblib.load(model).predict(frame[config.features])]


@task
def best(scores: List[Score]) -> Score:
    return max(scores, key=lambda score: (score.accuracy, -score.penalty))


@task
def fit_estimator(frame: pd.DataFrame) -> LinearRegression:
    return LinearRegression().fit(frame[["a"]], frame["target"])


@task
def use_estimator(model: LinearRegression) -> float:
    return round(float(model.coef_[0]), 6)


@task
def scaler(values: List[List[float]]) -> StandardScaler:
    return StandardScaler().fit(np.array(values))


@task
def scaled(model: StandardScaler, values: List[List[float]]) -> np.ndarray:
    return model.transform(np.array(values))


@task
def any_estimator(model: BaseEstimator) -> str:
    return type(model).__name__


@task
def frame_for_estimator(n: int) -> pd.DataFrame:
    return pd.DataFrame({"a": np.arange(n, dtype=float), "target": np.arange(n) * 2.0})


@task(enable_deck=True)
def report(config: Config, score: Score) -> str:
    from flytekit.deck import MarkdownRenderer

    Deck("report", MarkdownRenderer().to_html(f"# Accuracy\n\n{score.accuracy:.2f}"))
    return "\n".join(f"{name}={value}" for name, value in asdict(score).items() if name != "coefficients")


@task
def score_of(penalty: float, config: Config, frame: pd.DataFrame) -> Score:
    model = LogisticRegression(C=penalty).fit(frame[config.features], frame[config.target])
    return Score(penalty, float(model.score(frame[config.features], frame[config.target])))


@workflow
def training(features: List[str] = ["a", "b"], penalties: List[float] = [0.1, 1.0], n: int = 40) -> Score:
    config = configure(features=features, penalties=penalties)
    frame = make_data(config=config, n=n)
    return best(scores=map_task(partial(score_of, config=config, frame=frame))(penalty=penalties))
