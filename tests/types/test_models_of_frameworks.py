"""PyTorch and TensorFlow, through stand-ins with the same qualified names: neither the real one nor a GPU is here.

Both sides use the stand-ins, so what is compared is what flytekit and wingbeat do with a framework, not the framework.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flyteidl.core import literals_pb2, types_pb2

from tests.types.oracle import interpreter

SCRIPT = Path(__file__).with_name("exchange_frameworks.py")
TORCH = '''
import pickle

class Tensor:
    def __init__(self, data):
        self.data = data
Tensor.__module__ = "torch"

class device:
    def __init__(self, name):
        self.name = name

def save(value, path):
    with open(path, "wb") as file:
        pickle.dump(value, file)

def load(path, map_location=None, weights_only=True):
    """As PyTorch 2.6 and later: classes of the user's are loaded only when that is asked for."""
    assert map_location.name == "cpu"
    with open(path, "rb") as file:
        value = pickle.load(file)
    if weights_only and not isinstance(value, (Tensor, dict)):
        raise pickle.UnpicklingError("Weights only load failed.")
    return value

from . import cuda, nn, optim
'''
STANDINS = {
    "torch/__init__.py": TORCH,
    "torch/cuda.py": "def is_available():\n    return False\n",
    "torch/nn/__init__.py": (
        "from .modules.module import Module\nfrom torch import Tensor\nclass Parameter(Tensor):\n    pass\n"
    ),
    "torch/nn/modules/__init__.py": "",
    "torch/nn/modules/module.py": """
class Module:
    def __init__(self, weights):
        self.weights = weights

    def state_dict(self):
        return {"weights": self.weights}
""",
    "torch/optim.py": "from torch.nn import Module\nclass Optimizer(Module):\n    pass\n",
    "tensorflow/__init__.py": "import keras\n",
    "tensorflow/python/__init__.py": "",
    "tensorflow/python/data/__init__.py": "",
    "tensorflow/python/data/ops/__init__.py": "",
    "tensorflow/python/data/ops/readers.py": "class TFRecordDatasetV2:\n    pass\n",
    "keras/__init__.py": "from . import models\nfrom .src.models.model import Model\n",
    "keras/models.py": """
import pickle

def save_model(model, path):
    assert path.endswith(".keras")
    with open(path, "wb") as file:
        pickle.dump(model, file)

def load_model(path):
    assert path.endswith(".keras")
    with open(path, "rb") as file:
        return pickle.load(file)
""",
    "keras/src/__init__.py": "",
    "keras/src/models/__init__.py": "",
    "keras/src/models/model.py": """
class Model:
    def __init__(self, weights):
        self.weights = weights
""",
}
WRITTEN = [
    "tensor",
    "parameter",
    "module",
    "module of one's own",
    "tensors",
    "named tensors",
    "optional tensor",
    "no tensor",
    "checkpoint of a module",
    "checkpoint with a dict",
    "checkpoint with a tuple",
    "checkpoint with a dataclass",
    "keras model",
    "keras model of one's own",
    "optional keras model",
]
MODULES = ["module", "module of one's own"]
REFUSED = ["list for a tensor", "tensor for a module", "dict for a checkpoint", "no model"]


@pytest.fixture(scope="module")
def standins(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("standins")
    for name, source in STANDINS.items():
        folder.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
        folder.joinpath(name).write_text(source, "utf-8")
    return folder


@cache
def run(python: Path, folder: Path, question: str = "", **environment: str) -> Any:
    """What the script answers. Caches: each side is asked twice, once for its literals, once with the other's."""
    done = subprocess.run(
        [python, SCRIPT, folder],
        input=question,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
        env={**os.environ, **environment},
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout)


def written(answers: Any) -> str:
    """The literals that a side has written, as the question to the other one."""
    return json.dumps({name: found["ok"] for name, found in answers["literal"].items() if "ok" in found})


@pytest.fixture(scope="module")
def ours(standins: Path) -> Any:
    return run(Path(sys.executable), standins, written(run(interpreter(), standins, PYTHONPATH="")))


@pytest.fixture(scope="module")
def theirs(standins: Path, ours: Any) -> Any:
    return run(interpreter(), standins, written(ours), PYTHONPATH="")


def masked(data: str) -> str:
    text = str(literals_pb2.Literal.FromString(bytes.fromhex(data)))
    return re.sub(r'uri: ".*?/[0-9a-f]{32}/[0-9a-f]{32}', 'uri: "*', text)


@pytest.mark.parametrize("name", WRITTEN)
def test_types_and_literals(name: str, ours: Any, theirs: Any) -> None:
    mine, expected = (types_pb2.LiteralType.FromString(bytes.fromhex(side["type"][name])) for side in (ours, theirs))
    assert mine == expected
    assert masked(ours["literal"][name]["ok"]) == masked(theirs["literal"][name]["ok"])


@pytest.mark.parametrize("name", [name for name in WRITTEN if name not in MODULES])
def test_each_reads_the_other(name: str, ours: Any, theirs: Any) -> None:
    assert ours["value"][name] == ours["own"][name] == theirs["value"][name] == theirs["own"][name]
    assert "ok" in ours["value"][name]


@pytest.mark.parametrize("name", MODULES)
def test_modules_are_read_although_they_are_pickles(name: str, ours: Any, theirs: Any) -> None:
    assert theirs["own"][name]["error"][0] == "UnpicklingError"
    assert ours["value"][name] == ours["own"][name] == {"ok": ["Net", {"weights": [3.0]}]}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_as_flytekit_does(name: str, ours: Any, theirs: Any) -> None:
    assert ours["literal"][name]["error"][0] == theirs["literal"][name]["error"][0] == "TypeTransformerFailedError"


def test_checkpoints_are_read_as_what_was_saved(ours: Any) -> None:
    assert ours["own"]["checkpoint with a dict"] == {
        "ok": {"module_state_dict": {"weights": [3.0]}, "rate": 0.5, "optimizer_state_dict": {"weights": [1.0]}}
    }


def test_what_may_run_code_is_denied_with_pickles(standins: Path, ours: Any) -> None:
    denied = run(Path(sys.executable), standins, written(ours), WINGBEAT_PICKLE="deny")
    for name in ("module", "checkpoint with a dict"):
        assert "would be written as a pickle, which WINGBEAT_PICKLE=deny forbids" in denied["literal"][name]["message"]
        assert "would be read as a pickle" in denied["value"][name]["message"]
    assert denied["value"]["tensor"] == ours["own"]["tensor"]


@pytest.mark.parametrize("hyperparameters", [None, {}, 3, dict])
def test_a_checkpoint_holds_something(hyperparameters: Any) -> None:
    from wingbeat import TypeTransformerFailedError
    from wingbeat.types.pytorch_checkpoint import PyTorchCheckpoint

    with pytest.raises(TypeTransformerFailedError, match="Must have at least one of|hyperparameters must be a dict"):
        PyTorchCheckpoint(hyperparameters=hyperparameters)


def test_keras_without_tensorflow_is_what_flytekit_does_not_know(standins: Path) -> None:
    program = (
        f"import sys; sys.path.insert(0, {str(standins)!r}); import keras, wingbeat;"
        "print(wingbeat.TypeEngine.get_transformer(keras.Model).name)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stdout == "FlytePickle\n", done.stderr


@pytest.mark.parametrize(
    ("transformer", "package"),
    [
        ("numpy.NumpyArrayTransformer", "numpy"),
        ("sklearn.SklearnEstimatorTransformer", "scikit-learn"),
        ("image.PILImageTransformer", "pillow"),
        ("torch.PyTorchTensorTransformer", "torch"),
        ("torch.PyTorchModuleTransformer", "torch"),
        ("tensorflow.TensorFlowModelTransformer", "tensorflow"),
    ],
)
def test_a_missing_library_is_named(transformer: str, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib import import_module

    from wingbeat import TypeTransformerFailedError

    for module in ("numpy", "sklearn", "sklearn.base", "PIL", "PIL.Image", "torch", "tensorflow"):
        monkeypatch.setitem(sys.modules, module, None)
    module, _, name = transformer.partition(".")
    message = rf"the package '{package}' is needed .*, and is not installed; .*\(pip install {package}\)"
    with pytest.raises(TypeTransformerFailedError, match=message):
        getattr(import_module(f"wingbeat.types.transformers.{module}"), name)()
