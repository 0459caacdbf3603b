"""Run by wingbeat's and by flytekit's interpreter: write tensors and models, read what the other has written, as JSON.

Argument: a folder with stand-ins for `torch`, `tensorflow` and `keras`, which are too large to install. Standard input:
`{name: hex of the other's literal}`.
"""
# mypy: ignore-errors

import json
import logging
import sys
import warnings
from dataclasses import dataclass
from typing import Dict, List, NamedTuple, Optional

warnings.simplefilter("ignore")
sys.path.insert(0, sys.argv[1])
import tensorflow as tf  # noqa: E402
import torch  # noqa: E402
from flyteidl.core import literals_pb2  # noqa: E402

try:
    from flytekit.core.context_manager import FlyteContextManager
    from flytekit.core.type_engine import TypeEngine
    from flytekit.extras.pytorch import PyTorchCheckpoint
    from flytekit.models.literals import Literal

    context = FlyteContextManager.current_context()
except ImportError:
    from wingbeat import TypeEngine
    from wingbeat.idl import Literal
    from wingbeat.types.context import current_context
    from wingbeat.types.pytorch_checkpoint import PyTorchCheckpoint

    context = current_context()

logging.disable(logging.CRITICAL)


class Net(torch.nn.Module):
    """A module of the user's."""


class Parameters(NamedTuple):
    rate: float


@dataclass
class Settings:
    rate: float
    layers: List[int]


class Keras(tf.keras.Model):
    """A model of the user's."""


tensor, net = torch.Tensor([1.0, 2.0]), Net([3.0])
CASES = {
    "tensor": (torch.Tensor, tensor),
    "parameter": (torch.nn.Parameter, torch.nn.Parameter([4.0])),
    "module": (torch.nn.Module, net),
    "module of one's own": (Net, net),
    "tensors": (List[torch.Tensor], [tensor, tensor]),
    "named tensors": (Dict[str, torch.Tensor], {"a": tensor}),
    "optional tensor": (Optional[torch.Tensor], tensor),
    "no tensor": (Optional[torch.Tensor], None),
    "checkpoint of a module": (PyTorchCheckpoint, PyTorchCheckpoint(module=net)),
    "checkpoint with a dict": (PyTorchCheckpoint, PyTorchCheckpoint(net, {"rate": 0.5}, torch.optim.Optimizer([1.0]))),
    "checkpoint with a tuple": (PyTorchCheckpoint, PyTorchCheckpoint(hyperparameters=Parameters(0.5))),
    "checkpoint with a dataclass": (PyTorchCheckpoint, PyTorchCheckpoint(net, Settings(0.5, [1, 2]))),
    "keras model": (tf.keras.Model, tf.keras.Model([5.0])),
    "keras model of one's own": (Keras, Keras([6.0])),
    "optional keras model": (Optional[tf.keras.Model], tf.keras.Model([7.0])),
}
REFUSED = {
    "list for a tensor": (torch.Tensor, [1.0]),
    "tensor for a module": (torch.nn.Module, tensor),
    "dict for a checkpoint": (PyTorchCheckpoint, {"rate": 0.5}),
    "no model": (tf.keras.Model, tensor),
}


def canonical(value):
    if isinstance(value, list):
        return [canonical(item) for item in value]
    if isinstance(value, dict):
        return {key: canonical(item) for key, item in value.items()}
    return [type(value).__name__, vars(value)] if hasattr(value, "__dict__") else value


def attempt(convert):
    try:
        return {"ok": convert()}
    except Exception as error:  # noqa: BLE001  # its classes are the answer
        return {"error": [cls.__name__ for cls in type(error).__mro__], "message": str(error)}


def write(hint, value):
    literal = TypeEngine.to_literal(context, value, hint, TypeEngine.to_literal_type(hint))
    return literal.to_flyte_idl().SerializeToString(deterministic=True).hex()


def read(hint, data):
    message = literals_pb2.Literal.FromString(bytes.fromhex(data))
    return canonical(TypeEngine.to_python_value(context, Literal.from_flyte_idl(message), hint))


theirs = json.loads(sys.stdin.read() or "{}")
answers = {"type": {}, "literal": {}, "value": {}, "own": {}}
for name, (hint, given) in {**CASES, **REFUSED}.items():
    answers["type"][name] = TypeEngine.to_literal_type(hint).to_flyte_idl().SerializeToString(deterministic=True).hex()
    made = answers["literal"][name] = attempt(lambda: write(hint, given))  # noqa: B023  # called at once
    if "ok" in made:
        answers["own"][name] = attempt(lambda: read(hint, made["ok"]))  # noqa: B023
    if name in theirs:
        answers["value"][name] = attempt(lambda: read(hint, theirs[name]))  # noqa: B023
print(json.dumps(answers))
