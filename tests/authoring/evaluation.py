"""What expressions come to, in words that two libraries can be compared by. Imports neither of them.

An expression that raises comes to the exception's class and text. Everything a value is shown as leaves out where it
lives: modules, and the addresses of objects.
"""

import json
import re
import sys
from typing import Any


def evaluate(cases: list[str], names: dict[str, Any]) -> list[list[str]]:
    """What each comes to. A case is a line of statements, the last of them an expression, separated by `;;`."""
    return [outcome(case, {**names, "raised": raised, "__name__": "cases"}) for case in cases]


def raised(function: Any, *arguments: Any) -> str:
    """The class of what a call raises, for exceptions whose text is not to be compared."""
    try:
        return shown(function(*arguments))
    except Exception as error:  # noqa: BLE001 whatever it is, it is what is compared
        return type(error).__name__


def outcome(case: str, space: dict[str, Any]) -> list[str]:
    *statements, expression = case.split(";;")
    try:
        for statement in statements:
            exec(statement.strip(), space)
        return ["value", shown(eval(expression.strip(), space))]
    except BaseException as error:  # noqa: BLE001 whatever it is, it is what is compared
        return [type(error).__name__, re.sub(r"0x[0-9a-f]+", "0x", str(error))]


def shown(value: Any) -> str:
    return re.sub(r"0x[0-9a-f]+", "0x", repr(value))


def answer(names: dict[str, Any]) -> None:
    """Read the cases from stdin, print what they come to."""
    print(json.dumps(evaluate(json.load(sys.stdin), names)))
