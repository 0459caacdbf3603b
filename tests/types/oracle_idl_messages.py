"""Run by flytekit's interpreter: read messages with flytekit's model classes and write them again."""
# mypy: ignore-errors

import importlib
import inspect
import json
import logging
import sys

logging.disable(logging.CRITICAL)


def found(home, path):
    """What a module has at a path of names."""
    thing = importlib.import_module(home)
    for name in path.split("."):
        thing = getattr(thing, name)
    return thing


def again(cls, message):
    """The message after reading and writing, or why not."""
    try:
        written = cls.from_flyte_idl(message).to_flyte_idl()
    except (AttributeError, TypeError, ValueError) as error:  # what a broken class raises is its answer
        return type(error).__name__
    return None if written is None else written.SerializeToString(deterministic=True).hex()


def answers(questions):
    """Class -> what becomes of the messages, and its parameters with their defaults."""
    result = {}
    for name, (home, path, messages) in questions.items():
        cls = found(*name.split(":"))
        message = found(home, path)
        parameters = list(inspect.signature(cls.__init__).parameters.values())[1:]
        result[name] = {
            "messages": [again(cls, message.FromString(bytes.fromhex(one))) for one in messages],
            "parameters": [[one.name, "-" if one.default is one.empty else repr(one.default)] for one in parameters],
        }
    return result


print(json.dumps(answers(json.loads(sys.stdin.read()))))
