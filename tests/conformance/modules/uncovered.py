"""What wingbeat leaves to flytekit: each task, when it runs, or the module that it is in."""

import typing
from typing import List

import flytekit
from flytekit import FlyteContextManager, dynamic, eager, task, workflow
from flytekit.remote import FlyteRemote


@task
def double(a: int) -> int:
    return a * 2


@dynamic
def fans_out(n: int) -> List[int]:
    return [double(a=index) for index in range(n)]


@dynamic
def fans_out_nothing(n: int) -> int:
    return n + 1


@task
def makes_a_remote(a: int) -> str:
    from flytekit.configuration import Config

    print("before")
    remote = FlyteRemote(Config.for_endpoint("localhost:1"), default_project="p", default_domain="d")
    return remote.default_project


@task
def asks_for_a_remote(a: int) -> bool:
    return issubclass(FlyteRemote, object)


@task
def compiles(a: int) -> str:
    context = FlyteContextManager.current_context()
    with FlyteContextManager.with_context(context.with_new_compilation_state()) as inner:
        compiling = inner.compilation_state is not None
    return f"{compiling} {FlyteContextManager.current_context() is context}"


@task
def swallows(a: int) -> str:
    try:
        from flytekit.tools.translator import get_serializable

        return get_serializable.no_such_attribute
    except Exception as error:
        return f"another way: {error}"


@task
def swallows_everything(a: int) -> str:
    try:
        from flytekit.clis.sdk_in_container.run import RunCommand

        return str(issubclass(RunCommand, object))
    except:
        return "another way"


@task
def fails_after(a: int) -> int:
    from flytekit.tools.script_mode import compress_scripts

    return compress_scripts()


@task
def scoped(a: int) -> int:
    import sys

    from flytekit.exceptions.scopes import FlyteScopedUserException

    try:
        return 1 // 0
    except ZeroDivisionError as error:
        raise FlyteScopedUserException(*sys.exc_info()) from error
