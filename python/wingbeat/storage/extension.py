"""obstore's compiled half, without its Python half.

`import obstore` executes modules that load `typing` and more: ten times what the extension itself takes, on the
start-up path of every task whose inputs lie in an object store.
"""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NAME = "obstore._obstore"


def load() -> Any:
    """The module `obstore._obstore`, or None if it is not installed.

    It takes the place that `import obstore` would give it, so that both halves are one for whoever imports it later.
    """
    found = sys.modules.get(NAME)
    if found is not None:
        return found
    if sys.modules.get("obstore", sys) is None:  # as in `sys.modules["obstore"] = None`, which forbids an import
        return None
    package = PathFinder.find_spec("obstore")
    if package is None:
        return None
    spec = PathFinder.find_spec(NAME, package.submodule_search_locations)
    if spec is None or spec.loader is None:
        return None
    module = spec.loader.create_module(spec)
    assert module is not None
    module.__spec__ = spec
    spec.loader.exec_module(module)
    return sys.modules.setdefault(NAME, module)
