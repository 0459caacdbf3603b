"""Write inputs.pb as Flyte would: by flytekit, not by wingbeat.

Run in the venv of `make peers`:  .peers/flytekit/bin/python demo/make_inputs.py
"""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import Optional

from flytekit.core.context_manager import FlyteContextManager
from flytekit.core.type_engine import TypeEngine

from catalogue import Line, Order

HINTS = {
    "orders": list[Order],
    "prices": dict[str, float],
    "day": datetime,
    "discount": Optional[float],
    "surcharge": float,
}
VALUES = {
    "orders": [
        Order(1001, "Ada", [Line("kettle", 1), Line("tea", 3)], express=True),
        Order(1002, "Grace", [Line("cup", 6)], note="gift wrap"),
        Order(1003, "Ada", [Line("tea", 2), Line("honey", 1)]),
        Order(1004, "Zoë", [Line("kettle", 2), Line("cup", 12), Line("honey", 4)], express=True, note="ring twice"),
    ],
    "prices": {"kettle": 39.9, "tea": 6.25, "cup": 4.8, "honey": 9.5},
    "day": datetime(2026, 11, 21, 18, 30, tzinfo=timezone.utc),
    "discount": 0.1,
    "surcharge": 4.5,
}

literals = TypeEngine.dict_to_literal_map(FlyteContextManager.current_context(), VALUES, HINTS)
Path(__file__).with_name("inputs.pb").write_bytes(literals.to_flyte_idl().SerializeToString(deterministic=True))
