from dataclasses import dataclass
from typing import Annotated, Dict, List, Optional

import numpy as np
import PIL.Image

from flytekit import HashMethod, kwtypes, task


@task
def array(n: int) -> np.ndarray:
    return np.arange(n, dtype=np.float32).reshape(-1, 2)


@task
def total(a: np.ndarray) -> float:
    return float(a.sum())


@task
def transposed(a: np.ndarray) -> np.ndarray:
    return a.T


@task
def pickled_objects(n: int) -> Annotated[np.ndarray, kwtypes(allow_pickle=True)]:
    return np.array([{"a": n}, None], dtype=object)


@task
def mapped(a: Annotated[np.ndarray, kwtypes(mmap_mode="r")]) -> str:
    return f"{type(a).__name__} {a.dtype}"


@task
def kinds(n: int) -> Dict[str, np.ndarray]:
    return {
        "bool": np.array([True, False]),
        "complex": np.array([1 + 2j]),
        "text": np.array(["a", "ü"]),
        "scalar": np.array(n),
        "when": np.array(["2024-01-01"], dtype="datetime64[s]"),
    }


@task
def described(arrays: Dict[str, np.ndarray]) -> List[str]:
    return [f"{name} {value.dtype} {value.tolist()}" for name, value in sorted(arrays.items())]


@task
def hashed(n: int) -> Annotated[np.ndarray, HashMethod(lambda value: str(value.shape))]:
    return np.zeros((n, 1))


@task
def maybe(a: Optional[np.ndarray] = None) -> bool:
    return a is None


@task
def numpy_number(n: int) -> int:
    return np.int64(n)


@task
def numpy_float(n: int) -> float:
    return np.float64(n)


@task
def numpy_in_a_list(n: int) -> List[float]:
    return [float(value) for value in np.linspace(0, 1, n)]


@task
def picture(size: int) -> PIL.Image.Image:
    return PIL.Image.new("RGB", (size, size), (255, 0, 0))


@task
def pixel(image: PIL.Image.Image) -> str:
    return f"{image.size} {image.convert('RGB').getpixel((0, 0))}"


@task
def not_an_array(n: int) -> np.ndarray:
    return [1, 2]
