"""`Echo`: a task whose outputs are its inputs (authoring spec 1.3)."""

from __future__ import annotations

from wingbeat.authoring.base_task import PythonTask
from wingbeat.authoring.interface import Interface

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class Echo(PythonTask["Any"]):
    """Returns its inputs. The engine does that by itself, without a container; a call does it here.

    Args:
        name: The name under which it is registered.
        inputs: Name -> type; the outputs are `o0`, `o1`, ….
        kwargs: For `PythonTask`.
    """

    _TASK_TYPE = "echo"

    def __init__(self, name: str, inputs: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        outputs = {f"o{position}": hint for position, hint in enumerate((inputs or {}).values())}
        super().__init__(task_type=self._TASK_TYPE, name=name, interface=Interface(inputs, outputs), **kwargs)

    def execute(self, **kwargs: Any) -> Any:
        """The input; of several, a tuple."""
        values = tuple(kwargs.values())
        return values[0] if len(values) == 1 else values
