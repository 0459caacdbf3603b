import sys
import typing
from typing import Dict, List, NamedTuple, Optional, Tuple

from flytekit import task
from flytekit.core.base_task import IgnoreOutputs
from flytekit.exceptions.base import FlyteException
from flytekit.exceptions.base import FlyteRecoverableException as BaseRecoverable
from flytekit.exceptions.system import FlyteAgentNotFound, FlyteSystemException
from flytekit.exceptions.user import (
    FlyteAssertion,
    FlyteEntityNotExistException,
    FlyteRecoverableException,
    FlyteTimeout,
    FlyteTypeException,
    FlyteUserException,
    FlyteUserRuntimeException,
    FlyteValidationException,
    FlyteValueException,
)


class Coded(Exception):
    error_code = "MINE:Code"


class Numbered(Exception):
    error_code = 42


class Patient(FlyteRecoverableException):
    _ERROR_CODE = "USER:Patient"


class Tangled(ValueError):
    def __init__(self, a, b):
        super().__init__(a, b)
        self.a = a


class Two(NamedTuple):
    a: int
    b: str


def helper(a: int) -> int:
    return 1 // a


@task
def value_error(a: int) -> int:
    raise ValueError(f"wrong: {a}")


@task
def no_text(a: int) -> int:
    raise RuntimeError


@task
def several_lines(a: int) -> int:
    raise ValueError("first line\nsecond line\n\nfourth line")


@task
def in_a_helper(a: int) -> int:
    return helper(a)


@task
def chained(a: int) -> int:
    try:
        return helper(0)
    except ZeroDivisionError as error:
        raise KeyError("missing") from error


@task
def while_handling(a: int) -> int:
    try:
        return helper(0)
    except ZeroDivisionError:
        return {}[a]


@task
def group(a: int) -> int:
    raise ExceptionGroup("several", [ValueError("one"), TypeError("two")])


@task
def with_note(a: int) -> int:
    error = ValueError("noted")
    error.add_note("the note")
    raise error


@task
def assertion(a: int) -> int:
    assert a == 2, f"a is {a}"
    return a


@task
def recoverable(a: int) -> int:
    raise FlyteRecoverableException("try again")


@task
def recoverable_subclass(a: int) -> int:
    raise Patient("try again, too")


@task
def recoverable_base(a: int) -> int:
    raise BaseRecoverable("base")


@task
def recoverable_cause(a: int) -> int:
    raise ValueError("because") from FlyteRecoverableException("try again")


@task
def recoverable_from_another(a: int) -> int:
    try:
        helper(0)
    except ZeroDivisionError as error:
        raise FlyteRecoverableException("try again") from error


@task
def coded(a: int) -> int:
    raise Coded("with a code")


@task
def numbered(a: int) -> int:
    raise Numbered("with a number")


@task
def with_arguments(a: int) -> int:
    raise Tangled("one", 2)


@task
def any_of_flytekits(which: str) -> int:
    classes = {
        "FlyteException": FlyteException,
        "FlyteUserException": FlyteUserException,
        "FlyteSystemException": FlyteSystemException,
        "FlyteAssertion": FlyteAssertion,
        "FlyteValidationException": FlyteValidationException,
        "FlyteEntityNotExistException": FlyteEntityNotExistException,
        "FlyteTimeout": FlyteTimeout,
        "FlyteAgentNotFound": FlyteAgentNotFound,
    }
    raise classes[which](f"{which} was raised")


@task
def type_exception(a: int) -> int:
    raise FlyteTypeException("text", int, additional_msg="in a task", received_value="x")


@task
def value_exception(a: int) -> int:
    raise FlyteValueException(a, "is not enough")


@task
def user_runtime(a: int) -> int:
    raise FlyteUserRuntimeException(ValueError("inside"))


@task
def ignored(a: int) -> int:
    raise IgnoreOutputs("nothing to see")


@task
def exits(status: int) -> int:
    sys.exit(status)


@task
def exits_with_text(a: int) -> int:
    sys.exit("good bye")


@task
def interrupted(a: int) -> int:
    raise KeyboardInterrupt


@task
def no_exception(a: int) -> int:
    raise BaseException("not an Exception")


@task
def generator_exit(a: int) -> int:
    raise GeneratorExit


@task
def out_of_memory(a: int) -> int:
    raise MemoryError("out of memory")


@task
def recursion(a: int) -> int:
    def again(n):
        return again(n + 1)

    return again(a)


@task
def stop_iteration(a: int) -> int:
    return next(iter([]))


@task
async def asynchronous(a: int) -> int:
    raise ValueError("from a coroutine")


@task
def imports_what_is_missing(a: int) -> int:
    import no_such_module_anywhere

    return no_such_module_anywhere.a


@task
def wrong_type(a: int) -> int:
    return "text"


@task
def wrong_element(a: int) -> List[int]:
    return [1, "two"]


@task
def wrong_value_in_dict(a: int) -> Dict[str, int]:
    return {"a": None}


@task
def none_of_int(a: int) -> int:
    return None


@task
def wrong_of_union(a: int) -> typing.Union[int, str]:
    return 2.5


@task
def tuple_for_one(a: int) -> int:
    return a, a


@task
def too_few(a: int) -> Tuple[int, str]:
    return (a,)


@task
def too_many(a: int) -> Tuple[int, str]:
    return a, "x", 3


@task
def none_of_two(a: int) -> Tuple[int, str]:
    return None


@task
def second_is_wrong(a: int) -> Two:
    return Two(a, a)


@task
def list_for_two(a: int) -> Tuple[int, str]:
    return [a, "x"]


@task
def returns_although_none(a: int):
    return a


@task
def maybe_wrong(a: Optional[int]) -> Optional[int]:
    return "text"


@task
def unpicklable(a: int) -> typing.Any:
    import threading

    return threading.Lock()


@task
def surrogate(a: int) -> str:
    return "\ud800"


@task
def prints_and_fails(a: int) -> int:
    print("to stdout")
    print("to stderr", file=sys.stderr)
    raise ValueError("after printing")


@task
def too_big(a: int) -> int:
    return 2**70
