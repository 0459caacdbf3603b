"""Tasks that resolvers find."""

from wingbeat import task
from wingbeat.runtime.resolvers import ClassStorageTaskResolver

storage = ClassStorageTaskResolver()


@task
def default(a: int) -> int:
    return a


@task(task_resolver=storage)
def stored(a: int) -> int:
    return a


storage.add(stored)
